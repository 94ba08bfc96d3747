package sysview

import (
	"embed"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed facts/*.tsv
var factFiles embed.FS

// rowset is a list of rows that can be looked up by the value of a column.
type rowset struct {
	rows  [][]types.Datum
	mu    sync.Mutex
	index map[int]map[types.Datum][][]types.Datum
}

// lookup gives the rows whose column has a value.
func (s *rowset) lookup(col int, d types.Datum) [][]types.Datum {
	if s == nil || len(s.rows) == 0 {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	x := s.index[col]
	if x == nil {
		x = make(map[types.Datum][][]types.Datum, len(s.rows))
		for _, r := range s.rows {
			x[r[col]] = append(x[r[col]], r)
		}
		if s.index == nil {
			s.index = map[int]map[types.Datum][][]types.Datum{}
		}
		s.index[col] = x
	}
	return x[d]
}

// facts holds the rows every database has, read when they are first asked for.
type facts struct {
	once sync.Once
	set  *rowset
}

var factTables = sync.OnceValue(func() map[string]*facts {
	out := map[string]*facts{}
	list, err := factFiles.ReadDir("facts")
	if err != nil {
		return out
	}
	for _, f := range list {
		out[strings.TrimSuffix(f.Name(), ".tsv")] = &facts{}
	}
	return out
})

// factsOf gives the constant rows of a relation of pg_catalog; nil when it has none.
func factsOf(r *catalog.Relation) *rowset {
	f := factTables()[r.Name]
	if f == nil || r.Schema != catalogSchema {
		return nil
	}
	f.once.Do(func() { f.set = readFacts(r) })
	return f.set
}

func readFacts(r *catalog.Relation) *rowset {
	data, err := factFiles.ReadFile("facts/" + r.Name + ".tsv")
	if err != nil {
		return nil
	}
	text := string(data)
	set := &rowset{rows: make([][]types.Datum, 0, strings.Count(text, "\n"))}
	n := len(r.Columns)
	kinds := make([]*types.Type, n)
	for i, c := range r.Columns {
		kinds[i] = types.ByOID(c.Type)
	}
	eachLine(text, n, func(v []string) {
		row := make([]types.Datum, n)
		for i, s := range v {
			if s == `\N` {
				continue
			}
			if strings.IndexByte(s, '\\') >= 0 {
				s = unescape.Replace(s)
			}
			row[i] = factValue(kinds[i], s)
		}
		set.rows = append(set.rows, row)
	})
	return set
}

var unescape = strings.NewReplacer(`\\`, `\`, `\t`, "\t", `\n`, "\n", `\r`, "\r")

func factValue(t *types.Type, s string) types.Datum {
	switch {
	case types.IsReg(t.OID):
		return types.Int(int64(number(s)))
	case t.OID == 194:
		return types.Text(s)
	}
	d, err := types.In(t, -1, s, nil)
	if err != nil {
		return types.Text(s)
	}
	return d
}
