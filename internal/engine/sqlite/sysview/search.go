package sysview

import (
	"sort"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

func pgEventTrigger(m *maker) {
	for _, t := range m.snap.EventTriggers {
		v := row{"oid": t.OID, "evtname": t.Name, "evtevent": t.Event, "evtowner": m.roleOID(t.Owner), "evtfoid": t.Function, "evtenabled": t.Enabled}
		if len(t.Tags) > 0 {
			v["evttags"] = t.Tags
		}
		m.put(v)
	}
}

// defaultParser is the only text search parser.
const defaultParser = 3722

func pgTSConfig(m *maker) {
	for _, c := range m.snap.SearchConfigs {
		if c.Base == 0 {
			m.put(row{"oid": c.OID, "cfgname": c.Name, "cfgnamespace": m.schemaOID(c.Schema), "cfgowner": m.roleOID(c.Owner), "cfgparser": defaultParser})
		}
	}
}

func pgTSConfigMap(m *maker) {
	for _, c := range m.snap.SearchConfigs {
		var kinds []int
		for k := range c.Maps {
			kinds = append(kinds, k)
		}
		sort.Ints(kinds)
		for _, k := range kinds {
			for i, dict := range c.Maps[k] {
				m.put(row{"mapcfg": c.OID, "maptokentype": k, "mapseqno": i + 1, "mapdict": dict})
			}
		}
	}
}

func pgTSDict(m *maker) {
	for _, c := range m.snap.SearchConfigs {
		if c.Base == 0 {
			continue
		}
		v := row{"oid": c.OID, "dictname": c.Name, "dictnamespace": m.schemaOID(c.Schema), "dictowner": m.roleOID(c.Owner), "dicttemplate": 0}
		for _, f := range factsOf(m.rel).lookup(0, types.Int(int64(c.Base))) {
			v["dicttemplate"], v["dictinitoption"] = f[4], f[5]
		}
		m.put(v)
	}
	for _, e := range m.snap.Extensions {
		if e.Name == "unaccent" {
			m.put(row{"oid": catalog.UnaccentDictionary, "dictname": "unaccent", "dictnamespace": m.schemaOID(e.Schema), "dictowner": 10, "dicttemplate": 0,
				"dictinitoption": "rules = 'unaccent'"})
		}
	}
}
