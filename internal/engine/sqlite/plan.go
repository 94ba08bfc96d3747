package sqlite

import (
	"container/list"
	"strings"
	"sync"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/function"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// plan is a guarded tree made ready to run: SQLite's text for a query, or the program of a statement that writes.
type plan struct {
	text  *printer.Text
	write *modify.Plan
	// direct is a call of a function that is all the statement does; text gives its arguments, nil without any.
	direct    *query.Func
	functions *function.Runner
	compiler  *modify.Compiler
	tag       string
	columns   []printer.Column
	described []engine.Column
	keys      [][]byte // what stands before each value in a row's JSON
}

func (p *plan) run(tx *session.Tx, args []types.Datum, out *sink) error {
	if p.write != nil {
		n, err := p.write.Run(p.compiler, tx, args, out.row)
		out.count = n
		return err
	}
	if p.direct != nil {
		d, err := p.functions.Direct(tx, p.direct, p.text, args)
		if err != nil {
			return err
		}
		return out.row([]types.Datum{d})
	}
	st, err := tx.Conn.Prepare(p.text.SQL)
	if err != nil {
		return err
	}
	defer st.Close()
	for i := range min(len(args), p.text.Params) {
		if err := st.BindAt(i+1, args[i]); err != nil {
			return err
		}
	}
	for {
		more, err := st.Step()
		if err != nil || !more {
			return err
		}
		out.stepped(st)
	}
}

// plan compiles a tree, or gives what is kept of it.
func (e *Engine) plan(snap *catalog.Snapshot, q *query.Query, params int, keep bool) (*plan, error) {
	if keep {
		if p := e.plans.get(q).plan; p != nil {
			return p, nil
		}
	}
	p := &plan{}
	if modify.Writes(q) {
		w, err := e.compiler.Compile(snap, q, params)
		if err != nil {
			return nil, err
		}
		p.write, p.compiler, p.tag, p.columns = w, e.compiler, w.Verb, w.Columns
	} else if f := function.Alone(q); f != nil {
		p.direct, p.functions, p.tag = f, e.functions, "SELECT"
		p.columns = []printer.Column{{Name: q.Targets[0].Name, Type: f.Typ, Typmod: f.Mod}}
		if len(f.Args) > 0 {
			text, err := printer.Row(snap, q, f.Args, printer.Options{})
			if err != nil {
				return nil, err
			}
			p.text = text
		}
	} else {
		text, err := printer.Query(snap, q, printer.Options{})
		if err != nil {
			return nil, err
		}
		p.text, p.tag, p.columns = text, "SELECT", text.Columns
	}
	p.describe()
	if keep {
		e.plans.put(q, p)
	}
	return p, nil
}

// describe works out what is said of the columns.
func (p *plan) describe() {
	p.described = make([]engine.Column, len(p.columns))
	p.keys = make([][]byte, len(p.columns))
	for i, c := range p.columns {
		p.described[i] = engine.Column{Name: c.Name, Type: c.Type.Underlying().OID}
		before := byte(',')
		if i == 0 {
			before = '{'
		}
		p.keys[i] = append(types.AppendJSONString([]byte{before}, c.Name), ':')
	}
}

// planCache keeps plans by the identity of the guarded tree: whoever keeps a Guarded for a request's shape finds its plan
// again. The least recently used go first.
type planCache struct {
	mu    sync.Mutex
	limit int
	all   map[*query.Query]*list.Element
	order *list.List
}

type planEntry struct {
	query *query.Query
	// writes is the command's name when the statement writes.
	writes string
	// calls says that it calls a function that may write.
	calls bool
	plan  *plan
}

func newPlanCache(limit int) *planCache {
	return &planCache{limit: limit, all: map[*query.Query]*list.Element{}, order: list.New()}
}

// get gives what is kept of a tree; what it writes is always known.
func (c *planCache) get(q *query.Query) planEntry {
	c.mu.Lock()
	if el := c.all[q]; el != nil {
		c.order.MoveToBack(el)
		entry := *el.Value.(*planEntry)
		c.mu.Unlock()
		return entry
	}
	c.mu.Unlock()
	entry := &planEntry{query: q, writes: writes(q), calls: calls(q)}
	c.mu.Lock()
	defer c.mu.Unlock()
	if el := c.all[q]; el != nil {
		return *el.Value.(*planEntry)
	}
	c.all[q] = c.order.PushBack(entry)
	for c.order.Len() > c.limit {
		oldest := c.order.Front()
		delete(c.all, oldest.Value.(*planEntry).query)
		c.order.Remove(oldest)
	}
	return *entry
}

func (c *planCache) put(q *query.Query, p *plan) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if el := c.all[q]; el != nil {
		el.Value.(*planEntry).plan = p
	}
}

// calls says whether a tree calls a function whose body is run and may write: such a statement runs on the writer, unless
// its transaction is read only.
func calls(q *query.Query) bool {
	found := false
	query.Visit(q, func(*query.Query) bool { return !found }, func(x query.Expr) bool {
		f, ok := x.(*query.Func)
		found = found || ok && f.Fn != nil && f.Fn.Volatility == 'v' && function.Runs(f.Fn)
		return !found
	})
	return found
}

// writes gives the command's name, as 25006 names it, when a tree needs the writer: it changes rows, locks them, or calls
// a function that changes something.
func writes(q *query.Query) string {
	switch q.Command {
	case query.Insert:
		return "INSERT"
	case query.Update:
		return "UPDATE"
	case query.Delete:
		return "DELETE"
	case query.Merge:
		return "MERGE"
	}
	for _, c := range q.CTEs {
		if w := writes(c.Query); w != "" {
			return w
		}
	}
	found := ""
	query.Visit(q, func(sub *query.Query) bool {
		if len(sub.Locks) > 0 && found == "" {
			found = "SELECT FOR " + strings.ToUpper(sub.Locks[0].Strength)
		}
		return found == ""
	}, func(x query.Expr) bool {
		if f, ok := x.(*query.Func); ok && f.Fn != nil && f.Fn.Schema == "pg_catalog" {
			switch f.Fn.Name {
			case "nextval", "setval":
				found = f.Fn.Name + "()"
			}
		}
		return found == ""
	})
	return found
}
