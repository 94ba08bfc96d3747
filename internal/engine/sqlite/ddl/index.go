package ddl

import (
	"errors"
	"strings"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/layout"
	"github.com/basement-project/basement/internal/engine/sqlite/sysview"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/query"
	"github.com/basement-project/basement/internal/sql/types"
)

// indexMethods are PostgreSQL's access methods; those that are true have an index in the file. Of the others some are kept as
// a table of terms (terms.go), the rest in the catalog alone: they make nothing faster here and change no answer.
var indexMethods = map[string]bool{"btree": true, "hash": true, "gin": false, "gist": false, "brin": false, "spgist": false,
	"hnsw": false, "ivfflat": false}

func (r *run) createIndex(s *ast.IndexStmt) error {
	rel, err := r.relation(s.Relation)
	if err != nil {
		return err
	}
	switch rel.Kind {
	case catalog.Table, catalog.PartitionedTable, catalog.MaterializedView:
	default:
		return errs.New("42809", "cannot create index on relation \"%s\"", rel.Name).
			WithDetail("This operation is not supported for %ss.", relWord(rel.Kind))
	}
	if err := r.mustOwn(rel.Owner, relWord(rel.Kind), rel.Name); err != nil {
		return err
	}
	method := s.AccessMethod
	if method == "" {
		method = "btree"
	}
	if _, known := indexMethods[method]; !known || (method == "hnsw" || method == "ivfflat") && r.extensionNamed("vector") == nil {
		return errs.New("42704", "access method \"%s\" does not exist", method)
	}
	if s.Unique && method != "btree" {
		return errs.New("0A000", "access method \"%s\" does not support unique indexes", method)
	}
	x := &catalog.Index{OID: r.edit.NewOID(), Name: s.Name, Unique: s.Unique, Method: method, NullsNotDistinct: s.NullsNotDistinct}
	var names []string
	expressions := 0
	for _, p := range s.Params {
		k := catalog.IndexKey{Desc: p.Dir == ast.SortDesc}
		switch p.Nulls {
		case ast.NullsDefault:
			k.NullsFirst = k.Desc
		case ast.NullsFirst:
			k.NullsFirst = true
		}
		if len(p.OpClass) > 0 {
			k.Opclass = p.OpClass[len(p.OpClass)-1]
		}
		if len(p.Collation) > 0 {
			k.Collation = p.Collation[len(p.Collation)-1]
		}
		var t *types.Type
		e := p.Expr
		if c, ok := e.(*ast.ColumnRef); ok && p.Name == "" && len(c.Fields) == 1 && !c.Star {
			p = &ast.IndexElem{Pos: p.Pos, Name: c.Fields[0]}
		}
		if p.Name != "" {
			col := rel.Column(p.Name)
			if col == nil {
				return errs.New("42703", "column \"%s\" does not exist", p.Name)
			}
			k.Column = col.Num
			t = r.snap().TypeByOID(col.Type)
			names = append(names, indexPart(col.Name, names))
		} else {
			a, err := r.analyzed(e, "index expression", rel, nil, -1)
			if err != nil {
				return err
			}
			if r.mutable(e, a, rel, true) {
				return errs.New("42P17", "functions in index expression must be marked IMMUTABLE")
			}
			k.Expr = r.stored(e)
			t = a.Type()
			expressions++
			names = append(names, indexPart(expressionName(e), names))
		}
		if err := r.keyClass(t, method, k.Opclass); err != nil {
			return err
		}
		x.Keys = append(x.Keys, k)
	}
	for _, p := range s.Including {
		col := rel.Column(p.Name)
		if col == nil {
			return errs.New("42703", "column \"%s\" does not exist", p.Name)
		}
		x.Include = append(x.Include, col.Num)
		names = append(names, indexPart(col.Name, names))
	}
	if s.Where != nil {
		w, err := r.condition(s.Where, "index predicate", rel)
		if err != nil {
			return err
		}
		if r.mutable(s.Where, w, rel, true) {
			return errs.New("42P17", "functions in index predicate must be marked IMMUTABLE")
		}
		x.Where = r.stored(s.Where)
	}
	if x.Unique {
		var nums []int32
		for _, k := range x.Keys {
			nums = append(nums, k.Column)
		}
		if err := keyHasPartition(rel, "UNIQUE", nums); err != nil {
			return err
		}
	}
	if s.Name != "" && classIn(r.snap(), rel.Schema, s.Name).found() {
		if s.IfNotExists {
			return r.skipped("relation \"%s\" already exists", s.Name)
		}
		return errs.New("42P07", "relation \"%s\" already exists", s.Name)
	}
	if x.Name == "" {
		x.Name = r.relationName(rel.Schema, rel.Name, columnsPart(names), "idx", false)
	}
	rel = cloneRelation(rel)
	rel.Indexes = append(rel.Indexes, x)
	r.edit.PutRelation(rel)
	return r.buildIndex(rel, x)
}

// indexPart makes a key's part of the index's automatic name unique among the others.
func indexPart(name string, others []string) string {
	out := name
	for n := 1; ; n++ {
		taken := false
		for _, o := range others {
			taken = taken || o == out
		}
		if !taken {
			return out
		}
		suffix := itoa(n)
		out = clip(name, maxName-len(suffix)) + suffix
	}
}

// expressionName is what PostgreSQL calls an expression in an index's automatic name.
func expressionName(e ast.Expr) string {
	switch x := e.(type) {
	case *ast.FuncCall:
		return x.Name[len(x.Name)-1]
	case *ast.ColumnRef:
		return x.Fields[len(x.Fields)-1]
	case *ast.TypeCast:
		if n := expressionName(x.Arg); n != "expr" {
			return n
		}
		return x.Type.Names[len(x.Type.Names)-1]
	case *ast.CollateClause:
		return expressionName(x.Arg)
	case *ast.CoalesceExpr:
		return "coalesce"
	case *ast.CaseExpr:
		if x.Default != nil {
			if n := expressionName(x.Default); n != "expr" {
				return n
			}
		}
		return "case"
	}
	return "expr"
}

// operatorClass checks that a type has a default operator class for an access method.
func operatorClass(t *types.Type, method string) error {
	u := t.Underlying()
	ok := true
	switch method {
	case "btree", "hash", "brin":
		ok = u.OID != types.JSONOID && u.OID != types.XMLOID && u.OID != types.PointOID
	case "gin":
		ok = u.Kind == types.ArrayType || u.OID == types.JSONBOID || u.OID == types.TSVectorOID
	case "gist", "spgist":
		ok = u.Kind == types.RangeType || u.Kind == types.MultirangeType || u.Category == 'G' || u.OID == types.TSVectorOID ||
			u.OID == types.TSQueryOID || u.OID == types.InetOID || u.OID == types.CIDROID
		if method == "spgist" {
			ok = ok || u.Category == 'S'
		}
	case "hnsw", "ivfflat":
		ok = false
	}
	if ok {
		return nil
	}
	return errs.New("42704", "data type %s has no default operator class for access method \"%s\"", t, method).
		WithHint("You must specify an operator class for the index or define a default operator class for the data type.")
}

// buildIndex makes an index in the file. Existing rows that are not unique are reported as PostgreSQL does.
func (r *run) buildIndex(rel *catalog.Relation, x *catalog.Index) error {
	if !indexMethods[x.Method] {
		return r.buildTerms(rel, x)
	}
	enforced := layout.EnforcedBySQLite(rel, x)
	if x.Unique && !enforced {
		if err := r.checkUnique(rel, x); err != nil {
			return err
		}
	}
	sql, exprs, err := r.indexSQL(rel, x)
	if err != nil {
		return err
	}
	err = r.tx.Conn.ExecScript(sql)
	if err == nil {
		return nil
	}
	if errors.Is(err, sqlite3.CONSTRAINT) {
		return r.duplicates(rel, x)
	}
	if errors.Is(err, sqlite3.ERROR) && (exprs || x.Where != "") && errs.Of(err).Code == "XX000" {
		// SQLite takes fewer expressions in an index than PostgreSQL. Without a file index nothing but speed is lost,
		// unless it is the index that keeps rows unique.
		if enforced {
			e := errs.Unsupported("a unique index on this expression", "")
			e.Err = err
			return e
		}
		return nil
	}
	return err
}

// indexSQL is the CREATE INDEX of the file; exprs says whether a key is an expression.
func (r *run) indexSQL(rel *catalog.Relation, x *catalog.Index) (sql string, exprs bool, err error) {
	var keys []string
	for _, k := range x.Keys {
		var key string
		if k.Column != 0 {
			key = layout.QuotedColumn(rel.ColumnByNum(k.Column).Name)
			if c := types.Collation(types.Collated(types.ByOID(types.TextOID), k.Collation)); c != "" {
				key += " COLLATE " + layout.Quote(c)
			}
		} else {
			exprs = true
			e, err := r.storedExpr(rel, k.Expr, "index expression", nil)
			if err != nil {
				return "", false, err
			}
			printed, err := r.fileExprs(rel, e)
			if err != nil {
				return "", false, err
			}
			key = "(" + printed[0] + ")"
			if c := types.Collation(e.Type()); c != "" {
				key += " COLLATE " + layout.Quote(c)
			}
		}
		if k.Desc {
			key += " DESC"
		}
		keys = append(keys, key)
	}
	sql = "CREATE "
	if layout.EnforcedBySQLite(rel, x) {
		sql += "UNIQUE "
	}
	sql += "INDEX " + layout.Quote(layout.Index(rel, x)) + " ON " + layout.QuotedTable(rel) + " (" + strings.Join(keys, ", ") + ")"
	within := layout.Within(rel)
	if x.Where != "" {
		w, err := r.storedExpr(rel, x.Where, "index predicate", types.ByOID(types.BoolOID))
		if err != nil {
			return "", false, err
		}
		printed, err := r.fileExprs(rel, w)
		if err != nil {
			return "", false, err
		}
		if within != "" {
			within += " AND "
		}
		within += "(" + printed[0] + ")"
	}
	if within != "" {
		sql += " WHERE " + within
	}
	return sql, exprs, nil
}

// storedExpr analyses a stored text over a relation.
func (r *run) storedExpr(rel *catalog.Relation, text, what string, target *types.Type) (query.Expr, error) {
	e, err := r.x.tools.Cache.Expr(text)
	if err != nil {
		return nil, err
	}
	before := r.text
	r.text = ""
	defer func() { r.text = before }()
	return r.analyzed(e, what, r.snap().RelationByOID(rel.OID), target, -1)
}

// checkUnique looks for equal keys where SQLite's own index will not.
func (r *run) checkUnique(rel *catalog.Relation, x *catalog.Index) error {
	keys, where, err := r.keyColumns(rel, x)
	if err != nil {
		return err
	}
	row, err := r.tx.Conn.QueryRow("SELECT " + strings.Join(keys, ", ") + " FROM " + layout.Rows(rel) + where(x.NullsNotDistinct) +
		" GROUP BY " + strings.Join(keys, ", ") + " HAVING count(*) > 1 ORDER BY " + strings.Join(keys, " NULLS LAST, ") + " NULLS LAST LIMIT 1")
	if err != nil {
		return err
	}
	if row != nil {
		return r.duplicateError(rel, x, row)
	}
	return nil
}

// duplicates finds the key SQLite found twice.
func (r *run) duplicates(rel *catalog.Relation, x *catalog.Index) error {
	keys, where, err := r.keyColumns(rel, x)
	if err != nil {
		return err
	}
	row, err := r.tx.Conn.QueryRow("SELECT " + strings.Join(keys, ", ") + " FROM " + layout.Rows(rel) + where(false) +
		" GROUP BY " + strings.Join(keys, ", ") + " HAVING count(*) > 1 ORDER BY " + strings.Join(keys, " NULLS LAST, ") + " NULLS LAST LIMIT 1")
	if err != nil {
		return err
	}
	return r.duplicateError(rel, x, row)
}

func (r *run) keyColumns(rel *catalog.Relation, x *catalog.Index) (keys []string, where func(nulls bool) string, err error) {
	for _, k := range x.Keys {
		if k.Column != 0 {
			keys = append(keys, layout.QuotedColumn(rel.ColumnByNum(k.Column).Name))
			continue
		}
		e, err := r.storedExpr(rel, k.Expr, "index expression", nil)
		if err != nil {
			return nil, nil, err
		}
		printed, err := r.fileExprs(rel, e)
		if err != nil {
			return nil, nil, err
		}
		keys = append(keys, "("+printed[0]+")")
	}
	var conds []string
	if x.Where != "" {
		w, err := r.storedExpr(rel, x.Where, "index predicate", types.ByOID(types.BoolOID))
		if err != nil {
			return nil, nil, err
		}
		printed, err := r.fileExprs(rel, w)
		if err != nil {
			return nil, nil, err
		}
		conds = append(conds, "("+printed[0]+")")
	}
	return keys, func(nulls bool) string {
		all := append([]string(nil), conds...)
		if !nulls {
			for _, k := range keys {
				all = append(all, k+" IS NOT NULL")
			}
		}
		if len(all) == 0 {
			return ""
		}
		return " WHERE " + strings.Join(all, " AND ")
	}, nil
}

func (r *run) duplicateError(rel *catalog.Relation, x *catalog.Index, row []types.Datum) error {
	e := errs.New("23505", "could not create unique index \"%s\"", x.Name)
	e.Schema, e.Table, e.Constraint = rel.Schema, rel.Name, x.Name
	if row == nil {
		return e
	}
	var names, values []string
	for i, k := range x.Keys {
		t := types.ByOID(types.TextOID)
		if k.Column != 0 {
			col := rel.ColumnByNum(k.Column)
			names = append(names, quote(col.Name))
			t = r.snap().TypeByOID(col.Type)
		} else {
			if ex, err := r.storedExpr(rel, k.Expr, "index expression", nil); err == nil {
				t = ex.Type()
			}
			names = append(names, sysview.Define(r.tx).KeyExpr(rel, k.Expr))
		}
		value := "null"
		if !row[i].IsNull() {
			value = types.Out(t, row[i], r.tx.Env())
		}
		values = append(values, value)
	}
	return e.WithDetail("Key (%s)=(%s) is duplicated.", strings.Join(names, ", "), strings.Join(values, ", "))
}

func (r *run) dropIndexFile(rel *catalog.Relation, x *catalog.Index) error {
	if x.Parent != 0 {
		return nil
	}
	if x.Terms != nil {
		return r.dropTerms(x)
	}
	return r.tx.Conn.ExecScript("DROP INDEX IF EXISTS " + layout.Quote(layout.Index(rel, x)))
}

// renameIndexFile gives an index of the file another name: SQLite can only make it again.
func (r *run) renameIndexFile(rel *catalog.Relation, x *catalog.Index, name string) error {
	if x.Terms != nil || rel.Schema == catalog.TempSchema {
		return nil // it goes by the identifier
	}
	if err := r.dropIndexFile(rel, x); err != nil {
		return err
	}
	y := *x
	y.Name = name
	return r.rebuildIndex(rel, &y)
}

// rebuildIndex makes a dropped index again over the relation as the catalog has it.
func (r *run) rebuildIndex(rel *catalog.Relation, x *catalog.Index) error {
	if !indexMethods[x.Method] {
		return r.buildTerms(rel, x)
	}
	sql, _, err := r.indexSQL(rel, x)
	if err != nil {
		return err
	}
	err = r.tx.Conn.ExecScript(sql)
	if errors.Is(err, sqlite3.CONSTRAINT) {
		return r.duplicates(rel, x)
	}
	if err != nil && errors.Is(err, sqlite3.ERROR) && !layout.EnforcedBySQLite(rel, x) && errs.Of(err).Code == "XX000" {
		return nil
	}
	return err
}
