package walkgen

import (
	"bytes"
	"fmt"
	"go/ast"
	"go/format"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
)

// Source gives the text of walk.go, or with ddl of walk_ddl.go, for the package in dir.
func Source(dir string, ddl bool) ([]byte, error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	// The interfaces whose fields are children, and every struct with Pos.
	nodes := map[string]bool{"Node": true, "Expr": true, "Statement": true, "TableRef": true, "Indirection": true, "TableElement": true}
	type decl struct {
		name string
		st   *ast.StructType
	}
	var decls []decl
	fset := token.NewFileSet()
	for _, f := range files {
		if strings.HasSuffix(f, "_test.go") || strings.HasPrefix(filepath.Base(f), "walk") {
			continue
		}
		src, err := parser.ParseFile(fset, f, nil, 0)
		if err != nil {
			return nil, err
		}
		for _, d := range src.Decls {
			gd, ok := d.(*ast.GenDecl)
			if !ok || gd.Tok != token.TYPE {
				continue
			}
			for _, s := range gd.Specs {
				ts := s.(*ast.TypeSpec)
				st, ok := ts.Type.(*ast.StructType)
				if !ok || len(st.Fields.List) == 0 || len(st.Fields.List[0].Names) == 0 || st.Fields.List[0].Names[0].Name != "Pos" {
					continue
				}
				nodes[ts.Name.Name] = true
				if strings.HasPrefix(filepath.Base(f), "ddl") == ddl {
					decls = append(decls, decl{ts.Name.Name, st})
				}
			}
		}
	}
	isNode := func(e ast.Expr) bool {
		if s, ok := e.(*ast.StarExpr); ok {
			e = s.X
		}
		id, ok := e.(*ast.Ident)
		return ok && nodes[id.Name]
	}
	var b bytes.Buffer
	b.WriteString("package ast\n\n// Written by walkgen/run.go from the structs.\n")
	for _, d := range decls {
		fmt.Fprintf(&b, "\n// Position is the node's byte offset.\nfunc (n *%s) Position() int { return n.Pos }\n", d.name)
		var body strings.Builder
		for _, f := range d.st.Fields.List {
			helper := ""
			if isNode(f.Type) {
				helper = "slot"
			} else if l, ok := f.Type.(*ast.ArrayType); ok {
				if isNode(l.Elt) {
					helper = "slotList"
				} else if ll, ok := l.Elt.(*ast.ArrayType); ok && isNode(ll.Elt) {
					helper = "slotRows"
				}
			}
			if helper == "" {
				continue
			}
			for _, name := range f.Names {
				fmt.Fprintf(&body, "\t%s(v, &n.%s)\n", helper, name.Name)
			}
		}
		if body.Len() == 0 {
			fmt.Fprintf(&b, "func (n *%s) slots(*visitor) {}\n", d.name)
		} else {
			fmt.Fprintf(&b, "func (n *%s) slots(v *visitor) {\n%s}\n", d.name, body.String())
		}
	}
	return format.Source(b.Bytes())
}
