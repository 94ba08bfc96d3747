package available

import (
	"sync"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/spi"
	"github.com/basement-project/basement/internal/sql/types"
)

type registry struct {
	list     []*extension.Extension
	byName   map[string]*extension.Extension
	natives  map[string]*types.Native
	settings map[string]extension.Setting
}

// registered is made at its first use; nobody changes it.
var registered = sync.OnceValue(func() *registry {
	r := &registry{byName: map[string]*extension.Extension{}, natives: map[string]*types.Native{}, settings: map[string]extension.Setting{}}
	r.list = append(append(append(made(), spi.Extensions()...), empty()...), refused()...)
	for _, x := range r.list {
		r.byName[x.Name] = x
		for _, n := range x.Types {
			r.natives[n.Key] = n
		}
		for _, s := range x.Settings {
			r.settings[s.Name] = s
		}
	}
	return r
})

// List gives all extensions, those that are refused too.
func List() []*extension.Extension { return registered().list }

// Find gives an extension by name, nil when there is none.
func Find(name string) *extension.Extension { return registered().byName[name] }

// Native gives the meaning of a type by the key the catalog keeps, nil when there is none.
func Native(key string) *types.Native {
	if key == "" {
		return nil
	}
	return registered().natives[key]
}

// Setting gives an extension's configuration parameter.
func Setting(name string) (extension.Setting, bool) {
	s, ok := registered().settings[name]
	return s, ok
}

// Default is the default of an extension's configuration parameter, "" when there is none.
func Default(name string) string { return registered().settings[name].Default }
