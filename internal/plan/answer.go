package plan

import (
	"encoding/json"
	"strconv"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
)

// rows is the number of rows of the answer.
func (p *Plan) rows(results []*engine.Result) int64 {
	main := results[p.main]
	if p.single {
		return 1
	}
	switch p.Form {
	case rest.FormCount:
		return number(main, 0)
	case rest.FormCounted:
		return number(main, 1)
	}
	return main.Count
}

func number(r *engine.Result, column int) int64 {
	if len(r.Rows) == 0 || column >= len(r.Rows[0]) || r.Rows[0][column] == nil {
		return 0
	}
	n, _ := strconv.ParseInt(*r.Rows[0][column], 10, 64)
	return n
}

// Verify gives the check that the results must pass before they are committed, nil when there is nothing to check.
func (p *Plan) Verify(r *rest.Request) func([]*engine.Result) error {
	singular := p.Media.Kind == rest.MediaObject && p.Form != rest.FormPlan && r.Action != rest.Upsert
	limited := r.Prefer.Strict() && r.Prefer.HasMaxAffected && p.Form != rest.FormPlan &&
		(r.Action == rest.Update || r.Action == rest.Delete || r.Action == rest.Call)
	put := r.Action == rest.Upsert && p.Form != rest.FormPlan
	if !singular && !limited && !put {
		return nil
	}
	return func(results []*engine.Result) error {
		n := p.rows(results)
		switch {
		case put && n != 1:
			return rest.KeyMismatch()
		case singular && n != 1:
			return rest.NotSingular(n)
		case limited && n > r.Prefer.MaxAffected:
			return rest.TooManyAffected(n)
		}
		return nil
	}
}

// Answer gathers what the answer is made of.
func (p *Plan) Answer(r *rest.Request, results []*engine.Result) (*rest.Answer, error) {
	if len(results) != len(p.Steps) {
		return nil, errs.New("XX000", "a statement was left without a result")
	}
	main := results[p.main]
	a := &rest.Answer{Form: p.Form, Media: p.Media, JSON: main.JSON, Rows: main.Rows, Count: p.rows(results), Total: -1, Renamings: p.Warnings}
	for _, c := range main.Columns {
		a.Columns = append(a.Columns, c.Name)
	}
	if p.Table != nil {
		a.Name, a.HasKey = p.Table.Name, len(p.Table.Key) > 0
	}
	if p.Function != nil {
		a.Void = p.Form == rest.FormNone
	}
	if r.Prefer.WantsCount() || p.total != none {
		switch {
		case p.Form == rest.FormCounted:
			a.Total = number(main, 2)
		case p.total != none:
			a.Total = number(results[p.total], 0)
		case p.pageIsTotal || r.Action.Writes():
			a.Total = a.Count
		}
	} else if r.Prefer.Count == "planned" && p.estimate == none && p.pageIsTotal && r.Action == rest.ReadRelation {
		a.Total = a.Count
	}
	if p.estimate != none {
		guess := estimatedRows(results[p.estimate])
		switch {
		case r.Prefer.Count == "planned":
			a.Total = guess
		case p.maxRows < 0 || a.Total > p.maxRows:
			a.Total = max(a.Total, guess)
		}
	}
	if p.last != none {
		if rows := results[p.last].Rows; len(rows) == 1 && a.Count > 0 {
			a.Next = rest.NewCursor(p.pageOrder, rows[0])
		}
	}
	if p.settings != none {
		if rows := results[p.settings].Rows; len(rows) == 1 {
			a.Headers, a.Status = rows[0][0], rows[0][1]
			if p.upserts {
				a.Upserted = true
				a.Inserted = a.Count - number(results[p.settings], 2)
			}
		}
	}
	return a, nil
}

// estimatedRows reads the planner's guess from a plan in JSON, -1 without one.
func estimatedRows(r *engine.Result) int64 {
	if len(r.Rows) == 0 || r.Rows[0][0] == nil {
		return -1
	}
	var plans []struct {
		Plan struct {
			Rows *float64 `json:"Plan Rows"`
		}
	}
	text := ""
	for _, row := range r.Rows {
		if row[0] != nil {
			text += *row[0] + "\n"
		}
	}
	if json.Unmarshal([]byte(text), &plans) != nil || len(plans) == 0 || plans[0].Plan.Rows == nil {
		return -1
	}
	return int64(*plans[0].Plan.Rows)
}
