package catalog

import "github.com/basement-project/basement/internal/sql/types/textsearch"

// TextSearchConfig gives the identifier of a built-in text search configuration (a regconfig value).
func TextSearchConfig(name string) (OID, bool) {
	oid, ok := textsearch.ConfigNames[name]
	return OID(oid), ok
}

// TextSearchConfigName gives a configuration's name by its identifier, "" when there is none.
func TextSearchConfigName(oid OID) string { return named(textsearch.ConfigNames, oid) }

// TextSearchDictionary gives the identifier of a built-in text search dictionary (a regdictionary value).
func TextSearchDictionary(name string) (OID, bool) {
	oid, ok := textsearch.DictionaryOIDs[name]
	return OID(oid), ok
}

// TextSearchDictionaryName gives a dictionary's name by its identifier, "" when there is none.
func TextSearchDictionaryName(oid OID) string { return named(textsearch.DictionaryOIDs, oid) }

func named(list map[string]uint32, oid OID) string {
	for name, x := range list {
		if OID(x) == oid {
			return name
		}
	}
	return ""
}

// UnaccentDictionary is the identifier of the dictionary that the extension unaccent brings.
const UnaccentDictionary OID = 13998

// SearchConfig is a text search configuration or dictionary of the project.
type SearchConfig struct {
	OID     OID    `json:"oid"`
	Schema  string `json:"schema"`
	Name    string `json:"name"`
	Owner   string `json:"owner"`
	Comment string `json:"comment,omitempty"`
	// Maps are the dictionaries of a configuration by kind of token.
	Maps map[int][]OID `json:"maps,omitempty"`
	// Base is, of a dictionary, the built-in one whose rules it has; 0 for a configuration. NoStop says that it keeps the
	// words Base leaves out.
	Base   OID  `json:"base,omitempty"`
	NoStop bool `json:"no_stop,omitempty"`
}

// SearchConfigNamed finds a configuration (or, when dictionary is true, a dictionary) of the project.
func (s *Snapshot) SearchConfigNamed(schema, name string, dictionary bool) *SearchConfig {
	for _, c := range s.SearchConfigs {
		if c.Schema == schema && c.Name == name && (c.Base != 0) == dictionary {
			return c
		}
	}
	return nil
}

// SearchConfigByOID finds a configuration or dictionary of the project by its identifier.
func (s *Snapshot) SearchConfigByOID(oid OID) *SearchConfig {
	for _, c := range s.SearchConfigs {
		if c.OID == oid {
			return c
		}
	}
	return nil
}

// FindSearchConfig finds a configuration by its name's parts along a path; 0 when there is none.
func (s *Snapshot) FindSearchConfig(name []string, path []string) OID {
	return s.findSearch(name, path, false)
}

// FindSearchDictionary finds a dictionary by its name's parts along a path; 0 when there is none.
func (s *Snapshot) FindSearchDictionary(name []string, path []string) OID {
	return s.findSearch(name, path, true)
}

func (s *Snapshot) findSearch(name, path []string, dictionary bool) OID {
	last := name[len(name)-1]
	if len(name) > 1 {
		path = name[len(name)-2 : len(name)-1]
	}
	if len(name) == 1 || path[0] == "pg_catalog" {
		oid, ok := TextSearchConfig(last)
		if dictionary {
			oid, ok = TextSearchDictionary(last)
		}
		if ok {
			return oid
		}
	}
	for _, schema := range path {
		if c := s.SearchConfigNamed(schema, last, dictionary); c != nil {
			return c.OID
		}
		if dictionary && last == "unaccent" {
			for _, x := range s.Extensions {
				if x.Name == "unaccent" && x.Schema == schema {
					return UnaccentDictionary
				}
			}
		}
	}
	return 0
}
