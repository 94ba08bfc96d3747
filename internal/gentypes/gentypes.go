package gentypes

import (
	"fmt"
	"slices"

	"github.com/basement-project/basement/internal/catalog"
)

// Languages are the languages there is a generator for.
func Languages() []string { return []string{"typescript", "go", "python"} }

// Options say what to generate.
type Options struct {
	// Language is one of Languages.
	Language string
	// Schemas are the schemas to describe, in any order; all must exist.
	Schemas []string
}

// Generate gives the text of the file that declares the schemas' relations, functions and types.
func Generate(snap *catalog.Snapshot, o Options) ([]byte, error) {
	if len(o.Schemas) == 0 {
		return nil, fmt.Errorf("no schema to describe")
	}
	for _, name := range o.Schemas {
		if snap.Schema(name) == nil {
			return nil, fmt.Errorf("schema %q does not exist", name)
		}
	}
	p := describe(snap, o.Schemas)
	switch o.Language {
	case "typescript":
		return typescript(p), nil
	case "go":
		return golang(p)
	case "python":
		return python(p), nil
	}
	return nil, fmt.Errorf("no types for %q: the languages are %v", o.Language, Languages())
}

// in says whether the schema is among those described.
func (p *project) in(schema string) bool {
	return slices.ContainsFunc(p.schemas, func(s *namespace) bool { return s.name == schema })
}
