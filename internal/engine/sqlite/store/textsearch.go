package store

import "github.com/basement-project/basement/internal/catalog"

const kindSearchConfig = "text_search"

func searchConfigOID(x *catalog.SearchConfig) catalog.OID { return x.OID }

// PutSearchConfig makes or replaces a text search configuration or dictionary.
func (e *Edit) PutSearchConfig(x *catalog.SearchConfig) {
	put(e, kindSearchConfig, &e.objs.SearchConfigs, searchConfigOID, x)
}

// DropSearchConfig removes a text search configuration or dictionary.
func (e *Edit) DropSearchConfig(oid catalog.OID) {
	drop(e, kindSearchConfig, &e.objs.SearchConfigs, searchConfigOID, oid)
}
