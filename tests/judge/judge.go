package judge

import (
	"fmt"
	"math/big"
	"reflect"
	"strings"

	pgquery "github.com/wasilibs/go-pgquery"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
)

// Verdict is what became of one statement.
type Verdict int

// The verdicts. Refused means that both refuse.
const (
	Same Verdict = iota
	Refused
	WeRefuse
	WeAccept
	OtherWords    // both refuse, with another message
	OtherPlace    // both refuse, with the same message at another place
	PrintRefused  // PostgreSQL refuses what we print
	OtherTree     // what we print means something else
	NotReparsed   // we refuse what we print
	NotStable     // printing what was printed gives another text
	Panicked      // our parser or printer panicked
	verdictsCount // keep last
)

var verdictNames = [verdictsCount]string{
	"same", "refused by both", "we refuse", "we accept", "other words", "other place", "print refused", "other tree",
	"print not parsed", "print not stable", "panic",
}

func (v Verdict) String() string { return verdictNames[v] }

// Good says whether the verdict is no difference.
func (v Verdict) Good() bool { return v == Same || v == Refused }

// Finding is the verdict on one statement, with what is needed to understand it.
type Finding struct {
	Verdict Verdict
	Text    string
	Printed string
	Detail  string
}

func (f Finding) String() string {
	return fmt.Sprintf("%s\n  text:    %s\n  printed: %s\n  %s", f.Verdict, f.Text, f.Printed, f.Detail)
}

// atExecution are errors of ours that PostgreSQL finds in the tree, when it runs the statement.
var atExecution = map[string]bool{
	"conflicting or redundant options": true,
	"no inline code specified":         true,
}

// Compare judges one statement (or script).
func Compare(text string) (f Finding) {
	f.Text = text
	defer func() {
		if r := recover(); r != nil {
			f.Verdict, f.Detail = Panicked, fmt.Sprint(r)
		}
	}()
	want, theirs := pgquery.ParseToJSON(text)
	script, ours := parse.Script(text)
	switch {
	case theirs != nil && ours != nil:
		return compareErrors(f, text, theirs, ours)
	case theirs != nil:
		f.Verdict, f.Detail = WeAccept, "PostgreSQL: "+theirs.Error()
		return f
	case ours != nil:
		if e := errs.Of(ours); e != nil && atExecution[e.Message] {
			f.Verdict, f.Detail = Refused, e.Message
			return f
		}
		f.Verdict, f.Detail = WeRefuse, "ours: "+ours.Error()
		return f
	}
	printed := make([]string, len(script.Statements))
	for i, s := range script.Statements {
		printed[i] = print.Statement(s.Stmt)
	}
	f.Printed = strings.Join(printed, ";\n")
	got, err := pgquery.ParseToJSON(f.Printed)
	if err != nil {
		f.Verdict, f.Detail = PrintRefused, "PostgreSQL: "+err.Error()
		return f
	}
	want, got = stripLocations(want), stripLocations(got)
	if want != got {
		f.Verdict, f.Detail = OtherTree, firstDifference(want, got)
		return f
	}
	again, err := parse.Script(f.Printed)
	if err != nil {
		f.Verdict, f.Detail = NotReparsed, err.Error()
		return f
	}
	for i, s := range again.Statements {
		if i >= len(printed) || print.Statement(s.Stmt) != printed[i] {
			f.Verdict, f.Detail = NotStable, print.Statement(s.Stmt)
			return f
		}
	}
	f.Verdict = Same
	return f
}

func compareErrors(f Finding, text string, theirs, ours error) Finding {
	f.Verdict = Refused
	message, place := theirs.Error(), 0
	// The judge's error type is internal to it; its fields are not.
	if v := reflect.Indirect(reflect.ValueOf(theirs)); v.Kind() == reflect.Struct {
		if c := v.FieldByName("Cursorpos"); c.IsValid() && c.CanInt() {
			place = int(c.Int())
		}
	}
	f.Detail = message
	e := errs.Of(ours)
	if e != nil && atExecution[e.Message] {
		return f
	}
	if e == nil {
		f.Verdict, f.Detail = OtherWords, "no code: "+ours.Error()
		return f
	}
	if e.Message != message {
		f.Verdict, f.Detail = OtherWords, fmt.Sprintf("PostgreSQL: %s\n  ours:       %s", message, e.Message)
		return f
	}
	if place > 0 && place != e.Position {
		f.Verdict, f.Detail = OtherPlace, fmt.Sprintf("%s: PostgreSQL at %d, ours at %d", message, place, e.Position)
	}
	return f
}

// stripLocations takes the places in the text out of the judge's JSON: fields named location, or ending in _location,
// and the statement's length.
func stripLocations(s string) string {
	var b strings.Builder
	b.Grow(len(s))
	for i := 0; i < len(s); {
		if s[i] != '"' {
			b.WriteByte(s[i])
			i++
			continue
		}
		end := i + 1
		for end < len(s) && s[end] != '"' {
			if s[end] == '\\' {
				end++
			}
			end++
		}
		end++
		name := s[i+1 : min(end, len(s))-1]
		if end < len(s) && s[end] == ':' && (name == "location" || name == "stmt_len" || strings.HasSuffix(name, "_location")) {
			next := end + 1
			for next < len(s) && (s[next] == '-' || s[next] >= '0' && s[next] <= '9') {
				next++
			}
			if next > end+1 {
				i = next
				if i < len(s) && s[i] == ',' {
					i++
				}
				continue
			}
		}
		if strings.HasSuffix(b.String()[max(0, b.Len()-8):], `"fval":`) {
			fmt.Fprintf(&b, "%q", number(name))
		} else {
			b.WriteString(s[i:min(end, len(s))])
		}
		i = end
	}
	s = strings.ReplaceAll(b.String(), ",}", "}")
	// The options of COPY's old syntax; the new one has the word, which means the same.
	for _, name := range []string{"freeze", "header"} {
		s = strings.ReplaceAll(s, `"defname":"`+name+`","arg":{"Boolean":{"boolval":true}}`, `"defname":"`+name+`","arg":{"String":{"sval":"true"}}`)
	}
	return s
}

// number writes a number as our tree does: decimal and without underscores, where PostgreSQL's keeps what was written.
func number(s string) string {
	digits, negative := strings.CutPrefix(strings.ReplaceAll(s, "_", ""), "-")
	if len(digits) > 2 && digits[0] == '0' && strings.ContainsRune("xXoObB", rune(digits[1])) {
		if n, ok := new(big.Int).SetString(digits, 0); ok {
			digits = n.String()
		}
	}
	if negative {
		return "-" + digits
	}
	return digits
}

func firstDifference(want, got string) string {
	i := 0
	for i < len(want) && i < len(got) && want[i] == got[i] {
		i++
	}
	cut := func(s string) string { return s[max(0, i-160):min(len(s), i+160)] }
	return fmt.Sprintf("PostgreSQL: ...%s...\n  ours:       ...%s...", cut(want), cut(got))
}
