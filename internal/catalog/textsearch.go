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
