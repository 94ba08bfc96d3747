package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/analyze"
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/print"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// condition analyses a boolean expression over a relation.
func (r *run) condition(e ast.Expr, what string, over *catalog.Relation) (query.Expr, error) {
	return r.analyzed(e, what, over, types.ByOID(types.BoolOID), -1)
}

func (r *run) analyzed(e ast.Expr, what string, over *catalog.Relation, target *types.Type, typmod int32) (query.Expr, error) {
	opt := r.analyzeOptions()
	opt.Role = ""
	out, err := analyze.Expr(r.snap(), e, analyze.ExprOptions{Options: opt, Over: over, What: what, Target: target, Typmod: typmod})
	if err != nil {
		return nil, err
	}
	return out.Expr, nil
}

// defaultFor analyses a column's default, naming the column in a type error.
func (r *run) defaultFor(e ast.Expr, what, column string, over *catalog.Relation, t *types.Type, typmod int32) (query.Expr, error) {
	x, err := r.analyzed(e, what, over, t, typmod)
	if er := errs.Of(err); er != nil && er.Code == "42804" && strings.HasPrefix(er.Message, "column is of type") {
		er.Message = "column \"" + column + "\"" + strings.TrimPrefix(er.Message, "column")
	}
	return x, err
}

// mutable says whether an expression's value can change, by what its functions are declared to be: the body of one that is
// said to be immutable is not looked at. planned also lets a function pass whose body is less volatile than said.
func (r *run) mutable(e ast.Expr, x query.Expr, over *catalog.Relation, planned bool) bool {
	if planned && volatility(x) == 'i' {
		return false
	}
	opt := r.analyzeOptions()
	opt.Role, opt.Written = "", true
	out, err := analyze.Expr(r.snap(), e, analyze.ExprOptions{Options: opt, Over: over, Target: x.Type(), Typmod: -1})
	if err != nil {
		return volatility(x) != 'i'
	}
	return volatility(out.Expr) != 'i'
}

// stored gives an expression's text with every name of a project's object qualified, so that its meaning does not
// depend on a search path.
func (r *run) stored(e ast.Expr) string {
	return print.Expr(r.qualify(e).(ast.Expr))
}

// storedValue is stored for a default: a constant is stored as the value of its type, as pg_get_expr prints it, so that
// 'now' or a date without a zone mean what they meant when the default was made.
func (r *run) storedValue(e ast.Expr, x query.Expr) string {
	switch c := e.(type) {
	case *ast.AConst:
		if c.Kind != ast.ConstString && c.Kind != ast.ConstInteger && c.Kind != ast.ConstFloat {
			return r.stored(e)
		}
	case *ast.TypeCast:
		if k, ok := c.Arg.(*ast.AConst); !ok || k.Kind != ast.ConstString {
			return r.stored(e)
		}
	case *ast.AExpr:
		k, ok := c.Right.(*ast.AConst)
		if !ok || c.Left != nil || len(c.Name) != 1 || c.Name[0] != "-" || k.Kind != ast.ConstInteger && k.Kind != ast.ConstFloat {
			return r.stored(e)
		}
	default:
		return r.stored(e)
	}
	for {
		c, ok := x.(*query.Cast)
		if !ok {
			break
		}
		x = c.Arg
	}
	k, ok := x.(*query.Const)
	if !ok || k.Value.IsNull() || k.Typ.OID == types.UnknownOID || types.IsReg(k.Typ.OID) {
		return r.stored(e)
	}
	t := k.Typ.Underlying()
	text := types.Out(t, k.Value, r.tx.Env())
	switch t.OID {
	case types.Int4OID:
		if k.Value.I >= 0 {
			return text
		}
	case types.NumericOID:
		if strings.Contains(text, ".") && !strings.HasPrefix(text, "-") {
			return text
		}
	case types.BoolOID:
		if k.Value.Bool() {
			return "true"
		}
		return "false"
	}
	name := types.FormatType(t, -1)
	// Without a length, these names would mean the length 1.
	switch name {
	case "character", "character[]":
		name = "bpchar" + name[len("character"):]
	case "bit", "bit[]":
		name = `"bit"` + name[len("bit"):]
	}
	if elem := t; t.Schema != "pg_catalog" {
		suffix := ""
		if t.Kind == types.ArrayType {
			elem, suffix = t.Elem, "[]"
		}
		name = quote(elem.Schema) + "." + quote(elem.Name) + suffix
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'::" + name
}

// qualify gives a copy of a tree in which names the search path finds outside of pg_catalog are qualified.
func (r *run) qualify(n ast.Node) ast.Node {
	snap := r.snap()
	path := r.path()
	ctes := map[string]bool{}
	ast.Walk(n, func(n ast.Node) bool {
		if c, ok := n.(*ast.CommonTableExpr); ok {
			ctes[c.Name] = true
		}
		return true
	})
	return ast.Map(n, func(n ast.Node) ast.Node {
		switch x := n.(type) {
		case *ast.FuncCall:
			if len(x.Name) != 1 {
				break
			}
			for _, s := range path {
				if len(snap.FunctionsNamed(s, x.Name[0])) > 0 {
					if s != "pg_catalog" {
						x.Name = []string{s, x.Name[0]}
					}
					break
				}
			}
		case *ast.TypeName:
			if len(x.Names) != 1 || x.PctType {
				break
			}
			for _, s := range path {
				if snap.Type(s, x.Names[0]) != nil {
					if s != "pg_catalog" {
						x.Names = []string{s, x.Names[0]}
					}
					break
				}
			}
		case *ast.RangeVar:
			if x.Schema != "" || ctes[x.Name] {
				break
			}
			for _, s := range path {
				if snap.Relation(s, x.Name) != nil {
					if x.Alias == nil {
						x.Alias = &ast.Alias{Pos: -1, Name: x.Name}
					}
					x.Schema = s
					break
				}
			}
		case *ast.TypeCast:
			// 'name'::regclass keeps meaning the object it meant.
			c, ok := x.Arg.(*ast.AConst)
			if !ok || c.Kind != ast.ConstString || x.Type == nil || len(x.Type.ArrayBounds) > 0 {
				break
			}
			if x.Type.Names[len(x.Type.Names)-1] == "regclass" {
				c.Text = r.qualifyClass(c.Text)
			}
		}
		return n
	})
}

// qualifyClass qualifies the text of a regclass constant.
func (r *run) qualifyClass(text string) string {
	oid, err := r.tx.Env().Names.RegIn(types.RegClassOID, text)
	if err != nil {
		return text
	}
	for _, rel := range r.snap().Relations {
		if rel.OID == oid {
			return quote(rel.Schema) + "." + quote(rel.Name)
		}
	}
	if s := r.snap().SequenceByOID(oid); s != nil {
		return quote(s.Schema) + "." + quote(s.Name)
	}
	return text
}

// columnsOf lists the columns of entry 1 an expression uses, each once, in order; whole is a use of the whole row.
func columnsOf(e query.Expr, rel *catalog.Relation) (nums []int32, whole bool) {
	seen := map[int32]bool{}
	depth := 0
	var visit func(e query.Expr)
	use := func(v *query.Var) {
		if v.RT != 1 || v.Levels != depth {
			return
		}
		if v.Col == query.WholeRow {
			whole = true
			return
		}
		if v.Col >= 0 && v.Col < len(rel.Columns) {
			if n := rel.Columns[v.Col].Num; !seen[n] {
				seen[n] = true
				nums = append(nums, n)
			}
		}
	}
	visit = func(e query.Expr) {
		query.VisitExpr(e, func(*query.Query) bool { return false }, func(x query.Expr) bool {
			if v, ok := x.(*query.Var); ok {
				use(v)
			}
			return true
		})
	}
	visit(e)
	// Subqueries: their Vars that reach out to the relation. Levels grow by one with each query.
	query.VisitExpr(e, nil, func(x query.Expr) bool {
		if v, ok := x.(*query.Var); ok && v.Levels > 0 && v.RT == 1 && v.Col >= 0 && v.Col < len(rel.Columns) && rel.Columns[v.Col].Name == v.Name {
			if n := rel.Columns[v.Col].Num; !seen[n] {
				seen[n] = true
				nums = append(nums, n)
			}
		}
		return true
	})
	return nums, whole
}

// volatility is that of the most volatile thing in an expression: 'i', 's' or 'v'.
func volatility(e query.Expr) byte {
	worst := byte('i')
	note := func(v byte) {
		if v == 'v' || v == 's' && worst == 'i' {
			worst = v
		}
	}
	fn := func(f *catalog.Function) {
		if f != nil {
			note(f.Volatility)
		}
	}
	query.VisitExpr(e, nil, func(x query.Expr) bool {
		switch x := x.(type) {
		case *query.Func:
			fn(x.Fn)
		case *query.Op:
			if x.Fn != nil && (x.Fn.Name == "anytextcat" || x.Fn.Name == "textanycat") && x.Fn.Schema == "pg_catalog" {
				// It is as stable as the conversion to text of what is not one.
				for _, a := range x.Args {
					if stableCast(a.Type(), types.ByOID(types.TextOID)) {
						note('s')
					}
				}
				break
			}
			fn(x.Fn)
		case *query.AnyAll:
			fn(x.Fn)
		case *query.SQLValue:
			note('s')
		case *query.Cast:
			fn(x.Fn)
			if stableCast(x.Arg.Type(), x.Typ) {
				note('s')
			}
		}
		return true
	})
	return worst
}

// stableCast says whether a cast depends on the session (its time zone or styles).
func stableCast(from, to *types.Type) bool {
	from, to = from.Underlying(), to.Underlying()
	if from.OID == to.OID {
		return false
	}
	sessionBound := func(t *types.Type) bool {
		switch t.OID {
		case types.TimestamptzOID, types.TimetzOID:
			return true
		}
		return types.IsReg(t.OID)
	}
	dated := func(t *types.Type) bool {
		switch t.OID {
		case types.DateOID, types.TimestampOID, types.TimeOID, types.IntervalOID:
			return true
		}
		return false
	}
	made := func(t *types.Type) bool {
		switch t.Kind {
		case types.EnumType, types.ArrayType, types.CompositeType, types.RangeType, types.MultirangeType:
			return true
		}
		return t.OID == types.MoneyOID
	}
	switch {
	case made(from) && to.Category == 'S' || made(to) && from.Category == 'S':
		return from.OID != types.UnknownOID
	case sessionBound(from) || sessionBound(to):
		return true
	case dated(from) && to.Category == 'S' || dated(to) && from.Category == 'S':
		return from.OID != types.UnknownOID
	}
	return false
}

// fileExprs prints expressions over a relation's columns for CREATE INDEX and scans of the file: the columns stand there by
// their names alone.
func (r *run) fileExprs(rel *catalog.Relation, exprs ...query.Expr) ([]string, error) {
	q := &query.Query{RTable: []*query.RTE{relationRTE(r.snap(), rel)}, From: []query.FromItem{&query.TableRef{RT: 1}}, Pos: -1}
	out := make([]string, len(exprs))
	for i, e := range exprs {
		text, err := printer.Row(r.snap(), q, []query.Expr{e}, printer.Options{ParamBase: len(rel.Columns), Rows: map[int]int{1: 1}})
		if err != nil {
			return nil, err
		}
		out[i] = columnNamed(strings.TrimSuffix(strings.TrimPrefix(text.SQL, "SELECT "), " AS c1"), rel)
	}
	return out, nil
}

func relationRTE(snap *catalog.Snapshot, rel *catalog.Relation) *query.RTE {
	rte := &query.RTE{Kind: query.RelationRTE, Alias: rel.Name, Relation: rel, Pos: -1}
	for _, c := range rel.Columns {
		rte.Columns = append(rte.Columns, query.RTEColumn{Name: c.Name, Type: snap.TypeByOID(c.Type), Typmod: c.Typmod, Num: c.Num, NotNull: c.NotNull})
	}
	return rte
}

// columnNamed puts the columns' names where a printed row expression has parameters ?1, ?2, ...
func columnNamed(sql string, rel *catalog.Relation) string {
	var b strings.Builder
	for i := 0; i < len(sql); {
		switch c := sql[i]; c {
		case '\'', '"':
			j := i + 1
			for j < len(sql) {
				if sql[j] == c {
					if j+1 < len(sql) && sql[j+1] == c {
						j += 2
						continue
					}
					break
				}
				j++
			}
			j = min(j+1, len(sql))
			b.WriteString(sql[i:j])
			i = j
		case '?':
			j, n := i+1, 0
			for j < len(sql) && sql[j] >= '0' && sql[j] <= '9' {
				n = n*10 + int(sql[j]-'0')
				j++
			}
			if n >= 1 && n <= len(rel.Columns) {
				b.WriteString(layout.QuotedColumn(rel.Columns[n-1].Name))
			} else {
				b.WriteString(sql[i:j])
			}
			i = j
		default:
			b.WriteByte(c)
			i++
		}
	}
	return b.String()
}

// analyzeDomainCheck analyses a domain's check.
func (r *run) analyzeDomainCheck(t *types.Type, e ast.Expr) error {
	opt := r.analyzeOptions()
	opt.Role = ""
	_, err := analyze.Expr(r.snap(), e, analyze.ExprOptions{Options: opt, Domain: t.Base, What: "check constraint",
		Target: types.ByOID(types.BoolOID), Typmod: -1})
	return err
}
