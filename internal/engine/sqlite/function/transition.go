package function

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/sql/types"
)

// transitions are the transition tables of the trigger a function runs for.
type transitions struct {
	list  []analyze.Transition
	names []string      // as modify and the printer know them
	rows  []types.Datum // a JSON array of rows each
	key   string        // tells plans for other tables apart
}

func transitionsOf(rel *catalog.Relation, list []modify.Transition, rows []types.Datum) transitions {
	if len(list) == 0 {
		return transitions{}
	}
	t := transitions{rows: rows}
	var key strings.Builder
	for _, x := range list {
		a := analyze.Transition{Name: x.Name, Relation: rel}
		t.list = append(t.list, a)
		t.names = append(t.names, a.GivenName())
		key.WriteString("\x00" + x.Name)
	}
	t.key = key.String()
	return t
}

// given are the parameters of the rows in a statement with n of its own.
func (t transitions) given(n int) map[string]int {
	if len(t.names) == 0 {
		return nil
	}
	out := make(map[string]int, len(t.names))
	for i, name := range t.names {
		out[name] = n + i + 1
	}
	return out
}

// after puts the rows behind a statement's n arguments.
func (t transitions) after(args []types.Datum, n int) []types.Datum {
	if len(t.rows) == 0 {
		return args
	}
	out := make([]types.Datum, n, n+len(t.rows))
	copy(out, args)
	return append(out, t.rows...)
}
