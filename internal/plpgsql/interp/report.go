package interp

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/plpgsql"
	"github.com/basement-project/basement/internal/sql/types"
)

// text computes an expression as text; ok is false for NULL.
func (f *frame) text(s *plpgsql.SQL) (text string, ok bool, err error) {
	d, t, err := f.eval(s)
	if err != nil || d.IsNull() {
		return "", false, err
	}
	return types.Out(t, d, f.h.Env()), true, nil
}

func (f *frame) raise(s *plpgsql.Raise) error {
	if s.Again {
		if len(f.errs) == 0 {
			return errs.New("0Z002", "RAISE without parameters cannot be used outside an exception handler")
		}
		again := *f.errs[len(f.errs)-1]
		return &again // its context is complete
	}
	e := &errs.Error{Code: s.State}
	message := ""
	if s.HasFormat {
		var b strings.Builder
		k := 0
		for i := 0; i < len(s.Format); i++ {
			if s.Format[i] != '%' {
				b.WriteByte(s.Format[i])
				continue
			}
			if i+1 < len(s.Format) && s.Format[i+1] == '%' {
				b.WriteByte('%')
				i++
				continue
			}
			text, ok, err := f.text(s.Args[k])
			if err != nil {
				return err
			}
			if !ok {
				text = "<NULL>"
			}
			b.WriteString(text)
			k++
		}
		message = b.String()
	}
	hasMessage := s.HasFormat
	seen := map[string]bool{}
	if s.State != "" {
		seen["errcode"] = true
	}
	if s.HasFormat {
		seen["message"] = true
	}
	name := s.Condition
	for _, o := range s.Options {
		text, ok, err := f.text(o.Value)
		if err != nil {
			return err
		}
		if !ok {
			return errs.New("22004", "RAISE statement option cannot be null")
		}
		if seen[o.Name] {
			return errs.New("42601", "RAISE option already specified: %s", strings.ToUpper(o.Name))
		}
		seen[o.Name] = true
		switch o.Name {
		case "errcode":
			if len(text) == 5 && strings.Trim(text, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == "" {
				e.Code = text
				break
			}
			states := plpgsql.States(text)
			if states == nil {
				return errs.New("42704", "unrecognized exception condition \"%s\"", text)
			}
			e.Code, name = states[0], text
		case "message":
			message, hasMessage = text, true
		case "detail":
			e.Detail = text
		case "hint":
			e.Hint = text
		case "column":
			e.Column = text
		case "constraint":
			e.Constraint = text
		case "datatype":
			e.DataType = text
		case "table":
			e.Table = text
		case "schema":
			e.Schema = text
		}
	}
	if e.Code == "" && s.Level == "exception" {
		e.Code = "P0001"
	}
	if !hasMessage {
		message = name
		if message == "" {
			message = e.Code
		}
	}
	e.Message = message
	if s.Level != "exception" {
		f.h.Notice(s.Level, e)
		return nil
	}
	return e
}

func (f *frame) assert(s *plpgsql.Assert) error {
	yes, err := f.condition(s.Cond)
	if err != nil || yes {
		return err
	}
	message := "assertion failed"
	if s.Message != nil {
		text, ok, err := f.text(s.Message)
		if err != nil {
			return err
		}
		if ok {
			message = text
		}
	}
	return errs.New("P0004", "%s", message)
}

func (f *frame) diagnostics(s *plpgsql.GetDiagnostics) error {
	var e *errs.Error
	if s.Stacked {
		if len(f.errs) == 0 {
			return errs.New("0Z002", "GET STACKED DIAGNOSTICS cannot be used outside an exception handler")
		}
		e = f.errs[len(f.errs)-1]
	}
	text := types.ByOID(types.TextOID)
	for _, it := range s.Items {
		var d types.Datum
		t := text
		switch it.Item {
		case "row_count":
			d, t = types.Int(f.rows), types.ByOID(types.Int8OID)
		case "pg_routine_oid":
			t = types.ByOID(types.OidOID)
			if f.call.Fn != nil {
				d = types.Int(int64(f.call.Fn.OID))
			} else {
				d = types.Int(0)
			}
		case "pg_context":
			d = types.Text(joinLines(f.context(), f.h.State().Callers()))
		case "pg_exception_context":
			d = types.Text(e.Where)
		case "pg_exception_detail":
			d = types.Text(e.Detail)
		case "pg_exception_hint":
			d = types.Text(e.Hint)
		case "returned_sqlstate":
			d = types.Text(e.Code)
		case "column_name":
			d = types.Text(e.Column)
		case "constraint_name":
			d = types.Text(e.Constraint)
		case "pg_datatype_name":
			d = types.Text(e.DataType)
		case "message_text":
			d = types.Text(e.Message)
		case "table_name":
			d = types.Text(e.Table)
		case "schema_name":
			d = types.Text(e.Schema)
		}
		if err := f.assign(it.Target, d, t); err != nil {
			return err
		}
	}
	return nil
}
