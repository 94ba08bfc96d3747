package migrate

import (
	"context"
	"strings"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
)

// copyBatch is how many rows of a COPY are inserted by one statement.
const copyBatch = 500

// copyIn runs COPY ... FROM STDIN with the lines that follow it in the script, as inserts.
func copyIn(ctx context.Context, tx engine.AdminTx, st project.Statement) error {
	tree, err := parse.Statement(st.Text)
	if err != nil {
		return err
	}
	c, ok := tree.(*ast.CopyStmt)
	if !ok || !c.From || c.File != "" || c.Program || c.Relation == nil || c.Where != nil {
		return errs.New("0A000", "this form of COPY cannot be run from a script")
	}
	format, err := copyFormatOf(c)
	if err != nil {
		return err
	}
	rows, err := format.rows(st.Data)
	if err != nil {
		return err
	}
	var columns []*ast.ResTarget
	for _, name := range c.Columns {
		columns = append(columns, ast.Target(name))
	}
	for len(rows) > 0 {
		n := min(copyBatch, len(rows))
		values := make([][]ast.Expr, n)
		for i, row := range rows[:n] {
			if len(columns) > 0 && len(row) > len(columns) {
				return errs.New("22P04", "extra data after last expected column")
			}
			if len(row) < len(columns) {
				return errs.New("22P04", "missing data for column \"%s\"", columns[len(row)].Name)
			}
			for _, v := range row {
				if v == nil {
					values[i] = append(values[i], ast.Null())
				} else {
					values[i] = append(values[i], ast.Str(*v))
				}
			}
		}
		ins := &ast.InsertStmt{Pos: -1, Relation: c.Relation, Columns: columns, Override: ast.OverridingSystemValue, Select: ast.Values(values...)}
		if _, err := tx.Exec(ctx, print.Statement(ins), ins); err != nil {
			return err
		}
		rows = rows[n:]
	}
	return nil
}

// copyFormat is how COPY's lines are written.
type copyFormat struct {
	csv, header   bool
	delimiter     byte
	null          string
	quote, escape byte
}

func copyFormatOf(c *ast.CopyStmt) (copyFormat, error) {
	f := copyFormat{delimiter: '\t', null: `\N`, quote: '"', escape: '"'}
	text := func(d *ast.DefElem) string {
		switch a := d.Arg.(type) {
		case *ast.AConst:
			if a.Kind == ast.ConstBoolean {
				if a.Bool {
					return "true"
				}
				return "false"
			}
			return a.Text
		case *ast.TypeName:
			return a.Names[len(a.Names)-1]
		}
		return ""
	}
	var delimiter, null *string
	one := func(d *ast.DefElem, at *byte) error {
		s := text(d)
		if len(s) != 1 {
			return errs.New("0A000", "COPY %s must be a single one-byte character", d.Name)
		}
		*at = s[0]
		return nil
	}
	for _, d := range c.Options {
		s := text(d)
		switch d.Name {
		case "format":
			if s != "csv" && s != "text" {
				return f, errs.New("22023", "COPY format \"%s\" not recognized", s)
			}
			f.csv = s == "csv"
		case "delimiter":
			if len(s) != 1 {
				return f, errs.New("0A000", "COPY delimiter must be a single one-byte character")
			}
			delimiter = &s
		case "null":
			null = &s
		case "header":
			f.header = s == "" || s == "true" || s == "on" || s == "1" || s == "match"
		case "quote":
			if err := one(d, &f.quote); err != nil {
				return f, err
			}
			f.escape = f.quote
		case "escape":
			if err := one(d, &f.escape); err != nil {
				return f, err
			}
		case "encoding", "freeze":
		default:
			return f, errs.New("0A000", "the option %s of COPY cannot be used in a script", d.Name)
		}
	}
	if f.csv {
		f.delimiter, f.null = ',', ""
	}
	if delimiter != nil {
		f.delimiter = (*delimiter)[0]
	}
	if null != nil {
		f.null = *null
	}
	return f, nil
}

func (f *copyFormat) rows(data string) ([][]*string, error) {
	var out [][]*string
	for len(data) > 0 {
		var row []*string
		var err error
		if f.csv {
			row, data, err = f.csvRow(data)
		} else {
			row, data = f.textRow(data)
		}
		if err != nil {
			return nil, err
		}
		out = append(out, row)
	}
	if f.header && len(out) > 0 {
		out = out[1:]
	}
	return out, nil
}

func (f *copyFormat) value(s string) *string {
	if s == f.null {
		return nil
	}
	return &s
}

func (f *copyFormat) csvRow(data string) (row []*string, rest string, err error) {
	var b strings.Builder
	wasQuoted := false
	finish := func() {
		if s := b.String(); wasQuoted {
			row = append(row, &s)
		} else {
			row = append(row, f.value(s))
		}
		b.Reset()
		wasQuoted = false
	}
	for i := 0; i < len(data); i++ {
		switch c := data[i]; {
		case c == f.quote:
			wasQuoted = true
			for i++; ; i++ {
				if i >= len(data) {
					return nil, "", errs.New("22P04", "unterminated CSV quoted field")
				}
				if data[i] == f.escape && i+1 < len(data) && (data[i+1] == f.quote || data[i+1] == f.escape) {
					i++
				} else if data[i] == f.quote {
					break
				}
				b.WriteByte(data[i])
			}
		case c == f.delimiter:
			finish()
		case c == '\n':
			finish()
			return row, data[i+1:], nil
		case c == '\r' && i+1 < len(data) && data[i+1] == '\n':
		default:
			b.WriteByte(c)
		}
	}
	finish()
	return row, "", nil
}

func (f *copyFormat) textRow(data string) (row []*string, rest string) {
	line, rest, _ := strings.Cut(data, "\n")
	line = strings.TrimSuffix(line, "\r")
	start := 0
	for i := 0; i <= len(line); i++ {
		if i < len(line) && line[i] == '\\' {
			i++
			continue
		}
		if i >= len(line) || line[i] == f.delimiter {
			field := line[start:min(i, len(line))]
			start = i + 1
			if field == f.null {
				row = append(row, nil)
				continue
			}
			s := unescapeCopy(field)
			row = append(row, &s)
		}
	}
	return row, rest
}

// unescapeCopy resolves the backslash sequences of COPY's text format.
func unescapeCopy(s string) string {
	if strings.IndexByte(s, '\\') < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' || i+1 >= len(s) {
			b.WriteByte(s[i])
			continue
		}
		i++
		switch c := s[i]; {
		case c == 'b':
			b.WriteByte('\b')
		case c == 'f':
			b.WriteByte('\f')
		case c == 'n':
			b.WriteByte('\n')
		case c == 'r':
			b.WriteByte('\r')
		case c == 't':
			b.WriteByte('\t')
		case c == 'v':
			b.WriteByte('\v')
		case c >= '0' && c <= '7':
			n := 0
			for j := 0; j < 3 && i < len(s) && s[i] >= '0' && s[i] <= '7'; j++ {
				n = n*8 + int(s[i]-'0')
				i++
			}
			i--
			b.WriteByte(byte(n))
		case c == 'x' && i+1 < len(s) && hexDigit(s[i+1]) >= 0:
			n := 0
			for j := 0; j < 2 && i+1 < len(s) && hexDigit(s[i+1]) >= 0; j++ {
				i++
				n = n*16 + hexDigit(s[i])
			}
			b.WriteByte(byte(n))
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

func hexDigit(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c - '0')
	case c >= 'a' && c <= 'f':
		return int(c-'a') + 10
	case c >= 'A' && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
