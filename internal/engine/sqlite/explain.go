package sqlite

import (
	"encoding/json"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite/modify"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// EXPLAIN answers in PostgreSQL's form what SQLite says about its plan. SQLite estimates no costs and no numbers of rows,
// so none are shown; the kinds of nodes are SQLite's own (Scan, Search).

// explainOptions are EXPLAIN's options.
type explainOptions struct {
	analyze, verbose, summary, json bool
}

func readExplain(s *ast.ExplainStmt) (explainOptions, error) {
	var o explainOptions
	needAnalyze, summary := "", (*bool)(nil)
	at := func(d *ast.DefElem, e *errs.Error) error {
		if d.Pos >= 0 {
			e.Position = d.Pos + 1
		}
		return e
	}
	for _, d := range s.Options {
		word := ""
		if c, ok := d.Arg.(*ast.AConst); ok {
			if word = c.Text; c.Kind == ast.ConstInteger {
				word = strconv.Itoa(int(c.Int))
			}
		} else if n, ok := d.Arg.(*ast.TypeName); ok && len(n.Names) > 0 {
			word = n.Names[len(n.Names)-1]
		}
		if d.Name == "format" {
			switch word {
			case "text":
			case "json":
				o.json = true
			case "xml", "yaml":
				return o, at(d, errs.Unsupported("EXPLAIN in format "+word, "Use the format text or json."))
			default:
				return o, at(d, errs.New("22023", "unrecognized value for EXPLAIN option \"format\": \"%s\"", word))
			}
			continue
		}
		on := true
		switch strings.ToLower(word) {
		case "", "true", "on", "1":
		case "false", "off", "0":
			on = false
		default:
			return o, errs.New("42601", "%s requires a Boolean value", d.Name)
		}
		switch d.Name {
		case "analyze":
			o.analyze = on
		case "verbose":
			o.verbose = on
		case "costs", "buffers", "settings":
		case "summary":
			summary = &on
		case "wal", "timing":
			if on {
				needAnalyze = strings.ToUpper(d.Name)
			}
		default:
			return o, at(d, errs.New("42601", "unrecognized EXPLAIN option \"%s\"", d.Name))
		}
	}
	if needAnalyze != "" && !o.analyze {
		return o, errs.New("22023", "EXPLAIN option %s requires ANALYZE", needAnalyze)
	}
	if o.summary = o.analyze; summary != nil {
		o.summary = *summary
	}
	return o, nil
}

// planNode is a node of a plan, with PostgreSQL's names for what SQLite has as well.
type planNode struct {
	NodeType  string      `json:"Node Type"`
	Operation string      `json:"Operation,omitempty"`
	Relation  string      `json:"Relation Name,omitempty"`
	Alias     string      `json:"Alias,omitempty"`
	Index     string      `json:"Index Name,omitempty"`
	Condition string      `json:"Index Cond,omitempty"`
	Rows      *int64      `json:"Actual Rows,omitempty"`
	Statement string      `json:"SQLite Statement,omitempty"`
	Plans     []*planNode `json:"Plans,omitempty"`
}

// explain runs EXPLAIN of a guarded statement.
func (e *Engine) explain(tx *session.Tx, g guard.Guarded, s *ast.ExplainStmt, args []*string, format engine.Format) (*engine.Result, error) {
	opt, err := readExplain(s)
	if err != nil {
		return nil, err
	}
	start := e.opt.Now()
	q := g.Query()
	p, err := e.plan(tx.Snapshot, q, len(g.Params()), false)
	if err != nil {
		return nil, err
	}
	bound, err := bind(tx, g.Params(), args)
	if err != nil {
		return nil, err
	}
	root := &planNode{NodeType: "SQLite Query"}
	switch {
	case p.write != nil:
		root = written(q)
		for _, cte := range q.CTEs {
			if cte.Query == nil || cte.Query.Command == query.Select {
				continue
			}
			n := written(cte.Query)
			root.Plans = append(root.Plans, n)
			if text, err := printer.Query(tx.Snapshot, source(cte.Query), printer.Options{}); err == nil {
				if err := plans(tx, n, text, opt.verbose); err != nil {
					return nil, err
				}
			}
		}
		if modify.Writes(q) && q.Command == query.Select {
			break // its rows come from the changes
		}
		if text, err := printer.Query(tx.Snapshot, source(q), printer.Options{}); err == nil {
			if err := plans(tx, root, text, opt.verbose); err != nil {
				return nil, err
			}
		}
	case p.direct != nil:
		root.Plans = []*planNode{{NodeType: "Function Call", Alias: p.direct.Fn.Name}}
	default:
		if err := plans(tx, root, p.text, opt.verbose); err != nil {
			return nil, err
		}
	}
	planning := e.opt.Now().Sub(start)
	var execution time.Duration
	if opt.analyze {
		start = e.opt.Now()
		out := newSink(p, engine.Discard, tx.Env())
		if err := p.run(tx, bound, out); err != nil {
			return nil, err
		}
		execution = e.opt.Now().Sub(start)
		root.Rows = &out.count
	}
	shown := &plan{tag: "EXPLAIN", columns: []printer.Column{{Name: "QUERY PLAN", Type: types.ByOID(types.TextOID), Typmod: -1}}}
	lines := []string{}
	if opt.json {
		shown.columns[0].Type = types.ByOID(types.JSONOID)
		lines = append(lines, root.json(opt, planning, execution))
	} else {
		lines = root.text(lines, 0)
		if opt.summary {
			lines = append(lines, "Planning Time: "+millis(planning)+" ms")
		}
		if opt.summary && opt.analyze {
			lines = append(lines, "Execution Time: "+millis(execution)+" ms")
		}
	}
	shown.describe()
	out := newSink(shown, format, tx.Env())
	for _, l := range lines {
		if err := out.row([]types.Datum{types.Text(l)}); err != nil {
			return nil, err
		}
	}
	r := out.finish()
	r.Tag = "EXPLAIN"
	return r, nil
}

func millis(d time.Duration) string { return strconv.FormatFloat(d.Seconds()*1000, 'f', 3, 64) }

// written is the node of a statement that changes rows.
func written(q *query.Query) *planNode {
	n := &planNode{NodeType: "ModifyTable", Operation: map[query.Command]string{query.Insert: "Insert", query.Update: "Update",
		query.Delete: "Delete", query.Merge: "Merge"}[q.Command]}
	if n.Operation == "" {
		n.NodeType = "SQLite Query"
	}
	if q.Result > 0 {
		r := q.RTable[q.Result-1]
		n.Alias = r.Alias
		if r.Relation != nil {
			n.Relation = r.Relation.Name
		}
	}
	return n
}

// source is what a statement that changes rows reads, as a query.
func source(q *query.Query) *query.Query {
	if q.Source != nil {
		return q.Source
	}
	c := q.Clone()
	c.Command, c.Result, c.Assign, c.Returning, c.OnConflict = query.Select, 0, nil, nil, nil
	c.Targets = []*query.Target{{Expr: &query.Const{T: query.T{Typ: types.ByOID(types.Int4OID), Mod: -1, Pos: -1}, Value: types.Int(1)}}}
	if modify.Writes(c) {
		c.CTEs = nil
	}
	c.GroupBy, c.Having, c.Distinct, c.DistinctOn, c.OrderBy, c.Limit, c.Offset = nil, nil, false, nil, nil, nil, nil
	return c
}

// plans asks SQLite for its plan of a text and puts the nodes below root.
func plans(tx *session.Tx, root *planNode, t *printer.Text, verbose bool) error {
	nodes := map[int64]*planNode{0: root}
	err := tx.Conn.Query("EXPLAIN QUERY PLAN "+t.SQL, func(row []types.Datum) error {
		n := readNode(row[3].S, t.Entries)
		nodes[row[0].I] = n
		up := nodes[row[1].I]
		if up == nil {
			up = root
		}
		up.Plans = append(up.Plans, n)
		return nil
	})
	if verbose {
		root.Statement = t.SQL
	}
	return err
}

var planDetail = regexp.MustCompile(`^(SCAN|SEARCH) (\S+)(?: VIRTUAL TABLE INDEX .*)?(?: USING (?:AUTOMATIC )?(?:PARTIAL )?(COVERING INDEX|INDEX|INTEGER PRIMARY KEY|PRIMARY KEY)(?: (\S+))?)?(?: \((.*)\))?( LEFT-JOIN)?$`)

// readNode reads a line of SQLite's plan. entries tell what stands behind the aliases.
func readNode(detail string, entries map[string]printer.Entry) *planNode {
	m := planDetail.FindStringSubmatch(detail)
	if m == nil {
		return &planNode{NodeType: detail}
	}
	n := &planNode{NodeType: strings.ToUpper(m[1][:1]) + strings.ToLower(m[1][1:]), Alias: m[2], Index: m[4], Condition: m[5]}
	if e, ok := entries[m[2]]; ok {
		n.Relation, n.Alias = e.Relation, e.Alias
	}
	switch {
	case m[3] == "COVERING INDEX":
		n.NodeType += " Using Covering Index"
	case m[3] == "INDEX":
		n.NodeType += " Using Index"
	case m[3] != "":
		n.NodeType += " Using Row Number"
	}
	if m[6] != "" {
		n.NodeType += " Left Join"
	}
	return n
}

func (n *planNode) text(lines []string, depth int) []string {
	s := n.NodeType
	if n.Operation != "" {
		s = n.Operation
	}
	switch {
	case n.Relation != "":
		s += " on " + n.Relation
		if n.Alias != "" && n.Alias != n.Relation {
			s += " " + n.Alias
		}
	case n.Alias != "":
		s += " on " + n.Alias
	}
	if n.Rows != nil {
		s += " (actual rows=" + strconv.FormatInt(*n.Rows, 10) + ")"
	}
	indent := ""
	if depth > 0 {
		indent = strings.Repeat(" ", 6*(depth-1)+2)
		s = "->  " + s
	}
	lines = append(lines, indent+s)
	more := strings.Repeat(" ", 6*depth+2)
	if n.Index != "" {
		lines = append(lines, more+"Index: "+n.Index)
	}
	if n.Condition != "" {
		lines = append(lines, more+"Index Cond: ("+n.Condition+")")
	}
	if n.Statement != "" {
		lines = append(lines, more+"SQLite Statement: "+n.Statement)
	}
	for _, c := range n.Plans {
		lines = c.text(lines, depth+1)
	}
	return lines
}

func (n *planNode) json(opt explainOptions, planning, execution time.Duration) string {
	number := func(d time.Duration) json.RawMessage { return json.RawMessage(millis(d)) }
	doc := struct {
		Plan      *planNode       `json:"Plan"`
		Planning  json.RawMessage `json:"Planning Time,omitempty"`
		Execution json.RawMessage `json:"Execution Time,omitempty"`
	}{Plan: n}
	if opt.summary {
		doc.Planning = number(planning)
		if opt.analyze {
			doc.Execution = number(execution)
		}
	}
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	if err := enc.Encode([]any{doc}); err != nil {
		return "[]"
	}
	return strings.TrimSuffix(b.String(), "\n")
}
