package engine

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
)

// RoleSettings are the values ALTER ROLE ... SET gave a role, by name, as far as they hold for a request: statement_timeout
// and its like. The REST API's own settings and the search path are not among them.
func RoleSettings(snap *catalog.Snapshot, role string) []Setting {
	r := snap.Role(role)
	if r == nil || len(r.Settings) == 0 {
		return nil
	}
	var out []Setting
	for name, value := range r.Settings {
		if name != "search_path" && !strings.HasPrefix(name, "pgrst.") {
			out = append(out, Setting{Name: name, Value: value})
		}
	}
	sort.Slice(out, func(i, j int) bool { return out[i].Name < out[j].Name })
	return out
}
