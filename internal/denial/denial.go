package denial

import (
	"bytes"
	"context"
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/plan"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/sql/print"
)

// The commands of policies, as pg_policy.polcmd writes them.
const (
	Select = "r"
	Insert = "a"
	Update = "w"
	Delete = "d"
)

var commandNames = map[string]string{Select: "SELECT", Insert: "INSERT", Update: "UPDATE", Delete: "DELETE"}

// Judge evaluates policies as a role.
type Judge struct {
	Model *plan.Model
	Guard *guard.Guard
	Run   func(context.Context, *engine.Request) ([]*engine.Result, error)
	// Role is the role that was refused, Settings and SearchPath those of its request.
	Role       string
	Settings   []engine.Setting
	SearchPath []string
}

// Report is what is told of one relation. Without RowSecurity or with Bypasses policies decide nothing.
type Report struct {
	Role        string    `json:"role"`
	Relation    string    `json:"relation"`
	Command     string    `json:"command"`
	RowSecurity bool      `json:"row_security"`
	Bypasses    bool      `json:"bypasses,omitempty"`
	Missing     []string  `json:"missing_rights,omitempty"`
	Held        []string  `json:"held_rights,omitempty"`
	Rows        []Verdict `json:"rows,omitempty"`
	Summary     string    `json:"summary"`
}

// Verdict is how the policies judge one row.
type Verdict struct {
	Row      json.RawMessage `json:"row"`
	Passes   bool            `json:"passes"`
	Policies []Policy        `json:"policies"`
}

// Policy is one policy's judgement of one row. Value is true, false or null.
type Policy struct {
	Name       string `json:"policy"`
	Command    string `json:"command"`
	Permissive bool   `json:"permissive"`
	Clause     string `json:"clause"`
	Value      *bool  `json:"value"`
	Parts      []Part `json:"parts,omitempty"`
	Error      string `json:"error,omitempty"`
}

// Part is one of the conditions that a policy joins by AND.
type Part struct {
	Condition string `json:"condition"`
	Value     *bool  `json:"value"`
}

// clause is what a row must pass: the policies of a command, by the rows they show or by the rows they let be written.
type clause struct {
	command string
	check   bool
}

// Rows judges rows by the policies for a command. written says that the rows are new, so that their WITH CHECK decides;
// reads that the rows must be readable as well.
func (j *Judge) Rows(ctx context.Context, r *catalog.Relation, command string, written, reads bool, rows []json.RawMessage) Report {
	out := Report{Role: j.Role, Relation: r.Schema + "." + r.Name, Command: commandNames[command], RowSecurity: r.RowSecurity,
		Bypasses: j.Model.Snapshot.BypassesRLS(j.Role)}
	if !out.RowSecurity || out.Bypasses {
		out.Summary = "Row security does not apply."
		return out
	}
	clauses := []clause{{command, written}}
	if reads && command != Select {
		clauses = append(clauses, clause{Select, false})
	}
	for _, row := range rows {
		v := Verdict{Row: row, Passes: true, Policies: []Policy{}}
		for _, c := range clauses {
			passes, list := j.judge(ctx, r, c, row)
			v.Passes = v.Passes && passes
			v.Policies = append(v.Policies, list...)
		}
		out.Rows = append(out.Rows, v)
	}
	out.Summary = j.summary(r, clauses, &out)
	return out
}

// matching lists the policies of a relation for a command that apply to the role.
func (j *Judge) matching(r *catalog.Relation, command string) []*catalog.Policy {
	var out []*catalog.Policy
	for _, p := range r.Policies {
		if p.Command != "*" && p.Command != command {
			continue
		}
		applies := len(p.Roles) == 0 || slices.ContainsFunc(p.Roles, func(role string) bool {
			return role == catalog.Public || role == "public" || j.Model.Snapshot.Inherits(j.Role, role)
		})
		if applies {
			out = append(out, p)
		}
	}
	slices.SortFunc(out, func(a, b *catalog.Policy) int { return strings.Compare(a.Name, b.Name) })
	return out
}

// judge evaluates the policies of one clause over one row: one permissive policy must pass, and every restrictive one.
func (j *Judge) judge(ctx context.Context, r *catalog.Relation, c clause, row json.RawMessage) (bool, []Policy) {
	permitted, forbidden := false, false
	var out []Policy
	for _, p := range j.matching(r, c.command) {
		one := Policy{Name: p.Name, Command: commandNames[c.command], Permissive: p.Permissive, Clause: "USING"}
		text := p.Using
		if c.check {
			one.Clause = "WITH CHECK"
			if p.WithCheck != "" {
				text = p.WithCheck
			}
		}
		if text == "" {
			continue
		}
		j.evaluate(ctx, r, p, text, row, &one)
		passes := one.Value != nil && *one.Value
		if p.Permissive {
			permitted = permitted || passes
		} else {
			forbidden = forbidden || !passes
		}
		out = append(out, one)
	}
	return permitted && !forbidden, out
}

func (j *Judge) evaluate(ctx context.Context, r *catalog.Relation, p *catalog.Policy, text string, row json.RawMessage, out *Policy) {
	e, err := parse.Expr(text)
	if err != nil {
		out.Error = err.Error()
		return
	}
	parts := []ast.Expr{e}
	if and, ok := e.(*ast.BoolExpr); ok && and.Op == ast.AndExpr {
		parts = append(parts, and.Args...)
	}
	path := p.SearchPath
	if len(path) == 0 {
		path = j.SearchPath
	}
	statement, err := j.Guard.Apply(j.Model.Snapshot, j.Role, j.Model.OverRow(r, parts), guard.Options{SearchPath: path})
	if err != nil {
		out.Error = message(err)
		return
	}
	given := string(row)
	results, err := j.Run(ctx, &engine.Request{Role: j.Role, SearchPath: path, Settings: j.Settings, ReadOnly: true,
		Steps: []engine.Step{{Statement: statement, Args: []*string{&given}, Format: engine.Text}}})
	if err != nil {
		out.Error = message(err)
		return
	}
	if len(results) != 1 || len(results[0].Rows) != 1 {
		return
	}
	values := results[0].Rows[0]
	out.Value = truth(values[0])
	for i := 1; i < len(parts); i++ {
		out.Parts = append(out.Parts, Part{Condition: condition(parts[i]), Value: truth(values[i])})
	}
	if len(parts) == 1 {
		out.Parts = []Part{{Condition: condition(e), Value: out.Value}}
	}
}

// literalCast is the cast that PostgreSQL writes behind literals that need none.
var literalCast = regexp.MustCompile(`('(?:[^']|'')*')::text`)

func condition(e ast.Expr) string { return literalCast.ReplaceAllString(print.Expr(e), "$1") }

// JSON is the report as one line.
func (r *Report) JSON() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(r)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

func truth(text *string) *bool {
	if text == nil {
		return nil
	}
	v := *text == "t" || *text == "true"
	return &v
}

func message(err error) string {
	if e := errs.Of(err); e != nil {
		return e.Message
	}
	return "the policy could not be evaluated"
}

// summary says the outcome in a sentence.
func (j *Judge) summary(r *catalog.Relation, clauses []clause, out *Report) string {
	for _, c := range clauses {
		if !slices.ContainsFunc(j.matching(r, c.command), func(p *catalog.Policy) bool { return p.Permissive }) {
			return "No permissive policy of " + out.Relation + " is for " + commandNames[c.command] + " by " + j.Role + ", so no row passes."
		}
	}
	for _, v := range out.Rows {
		if v.Passes {
			continue
		}
		var failed []string
		for _, p := range v.Policies {
			if p.Value == nil || !*p.Value {
				if text := p.sentence(); !slices.Contains(failed, text) {
					failed = append(failed, text)
				}
			}
		}
		return "Refused by " + strings.Join(failed, "; ") + "."
	}
	if len(out.Rows) == 0 {
		return "There is no such row."
	}
	return "The policies let these rows pass."
}

func (p *Policy) sentence() string {
	text := "policy \"" + p.Name + "\" (" + p.Clause + ")"
	if p.Error != "" {
		return text + ": " + p.Error
	}
	for _, part := range p.Parts {
		if part.Value == nil || !*part.Value {
			value := "false"
			if part.Value == nil {
				value = "null"
			}
			return text + ": " + part.Condition + " is " + value
		}
	}
	return text
}
