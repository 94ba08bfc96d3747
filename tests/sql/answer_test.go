package sql

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// answer writes what a statement gave, one thing a line, no line empty: "-> TAG", ":: name type, ...", "| value | value",
// or "!! CODE: message" with detail, hint and position. NULL is ∅, a line's end in a value ␤.
func answer(r *engine.Result, err error, typeName func(engine.OID) string) string {
	if err != nil {
		e := errs.Of(err)
		if e == nil {
			return "!! " + escape(err.Error())
		}
		out := "!! " + e.Code + ": " + escape(e.Message)
		if e.Detail != "" {
			out += "\n   DETAIL: " + escape(e.Detail)
		}
		if e.Hint != "" {
			out += "\n   HINT: " + escape(e.Hint)
		}
		if e.Code == "XX000" && e.Err != nil {
			out += "\n   CAUSE: " + escape(e.Err.Error())
		}
		if e.Position != 0 {
			out += fmt.Sprintf("\n   at %d", e.Position)
		}
		return out
	}
	out := "-> " + r.Tag
	if len(r.Columns) > 0 {
		var columns []string
		for _, c := range r.Columns {
			columns = append(columns, escape(c.Name)+" "+typeName(c.Type))
		}
		out += "\n:: " + strings.Join(columns, ", ")
	}
	for _, row := range r.Rows {
		out += "\n"
		if len(row) == 0 {
			out += "|" // an empty line ends an answer
		}
		for i, v := range row {
			if i > 0 {
				out += " "
			}
			if v == nil {
				out += "| ∅"
			} else {
				out += "| " + escape(*v)
			}
		}
	}
	return out
}

var escapes = strings.NewReplacer("\n", "␤", "\r", "␍")

func escape(s string) string { return escapes.Replace(s) }

var position = regexp.MustCompile(`\n   at \d+$`)

// same compares two answers; the position counts only when both have one.
func same(a, b string) bool {
	if a == b {
		return true
	}
	x, y := position.FindString(a), position.FindString(b)
	return (x == "" || y == "") && strings.TrimSuffix(a, x) == strings.TrimSuffix(b, y)
}

const notCompared = "-- not compared"

// record writes an .out file.
func record(list []*statement, answers []string) string {
	var b strings.Builder
	for i, s := range list {
		a := answers[i]
		if s.differs != "" {
			a = notCompared
		}
		b.WriteString(s.text + ";\n" + a + "\n\n")
	}
	return b.String()
}

// recorded reads the answers from an .out file; false when it is not about these statements.
func recorded(list []*statement, text string) ([]string, bool) {
	var out []string
	for _, s := range list {
		rest, ok := strings.CutPrefix(text, s.text+";\n")
		if !ok {
			return nil, false
		}
		a, rest, ok := strings.Cut(rest, "\n\n")
		if !ok {
			return nil, false
		}
		out, text = append(out, a), rest
	}
	return out, text == ""
}
