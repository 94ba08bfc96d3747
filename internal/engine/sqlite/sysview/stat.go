package sysview

import (
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

func pgStatActivity(m *maker) {
	start := timestamp(m.tx.Start)
	v := row{"datid": 5, "datname": "postgres", "pid": 1, "usesysid": m.roleOID(m.tx.SessionRole), "usename": m.tx.SessionRole, "backend_start": start, "xact_start": start,
		"query_start": timestamp(m.tx.StatementStart), "state_change": timestamp(m.tx.StatementStart), "state": "active", "backend_type": "client backend", "query": ""}
	v["application_name"], _ = m.tx.Setting("application_name")
	m.put(v)
}

// pgStatTables serves the statistics views of tables: nothing is counted here.
func pgStatTables(m *maker) {
	all, user := strings.Contains(m.rel.Name, "_all_"), strings.Contains(m.rel.Name, "_user_")
	for _, r := range m.relations() {
		system := r.Schema == catalogSchema || r.Schema == infoSchema
		if r.Kind != catalog.Table && r.Kind != catalog.MaterializedView && r.Kind != catalog.PartitionedTable || !all && system == user {
			continue
		}
		v := row{"relid": r.OID, "schemaname": r.Schema, "relname": r.Name}
		m.zeros(v)
		m.put(v)
	}
}

func pgStatIndexes(m *maker) {
	if strings.Contains(m.rel.Name, "_sys_") {
		return
	}
	for _, r := range m.snap.Relations {
		for _, x := range r.Indexes {
			v := row{"relid": r.OID, "indexrelid": x.OID, "schemaname": r.Schema, "relname": r.Name, "indexrelname": x.Name}
			m.zeros(v)
			m.put(v)
		}
	}
}

func pgStatSequences(m *maker) {
	if strings.Contains(m.rel.Name, "_sys_") {
		return
	}
	for _, s := range m.snap.Sequences {
		v := row{"relid": s.OID, "schemaname": s.Schema, "relname": s.Name}
		m.zeros(v)
		m.put(v)
	}
}

// zeros sets every counter.
func (m *maker) zeros(v row) {
	for _, c := range m.rel.Columns {
		if c.Type == types.Int8OID || c.Type == types.Int4OID {
			v[c.Name] = 0
		}
	}
}

func pgStatDatabase(m *maker) {
	v := row{}
	m.zeros(v)
	v["datid"], v["datname"], v["numbackends"] = 5, "postgres", 1
	delete(v, "checksum_failures")
	m.put(v)
}
