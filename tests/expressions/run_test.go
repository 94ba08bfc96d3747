package expressions

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/testkit"
)

const (
	perRun   = 8000 // expressions of an ordinary test run
	perBatch = 400
)

var prepare = []string{
	"create type mood as enum ('sad', 'ok', 'happy')",
	"create type pair as (a int, b text)",
}

const attempt = `create function attempt(e text) returns text language plpgsql as $$
declare r text; s text; m text; d text;
begin
  execute 'select row(x)::text || '' '' || pg_typeof(x) from (select ' || e || ' as x offset 0) s' into r;
  return r;
exception when others then
  get stacked diagnostics s = returned_sqlstate, m = message_text, d = pg_exception_detail;
  return 'ERROR ' || s || ': ' || m || case when d <> '' then E'\nDETAIL: ' || d else '' end;
end $$`

func TestExpressions(t *testing.T) {
	count, seed := setting(t, "BASEMENT_EXPRESSIONS", perRun), setting(t, "BASEMENT_SEED", 1)
	ctx := context.Background()
	server, err := pgx.Connect(ctx, testkit.PostgreSQL(t))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close(ctx) })
	embedded, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = embedded.Close(ctx) })
	tx, err := embedded.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range prepare {
		if _, err := tx.Exec(ctx, s, nil); err != nil {
			t.Fatal(err)
		}
	}
	for _, s := range append(prepare, attempt, "set statement_timeout = '120s'") {
		if _, err := server.Exec(ctx, s); err != nil {
			t.Fatal(err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	if tx, err = embedded.Admin(ctx, engine.AdminOptions{}); err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	names := map[engine.OID]string{}
	var oid uint32
	var name string
	rows, err := server.Query(ctx, "select oid, format_type(oid, null) from pg_type where oid < 16384")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := pgx.ForEachRow(rows, []any{&oid, &name}, func() error { names[engine.OID(oid)] = name; return nil }); err != nil {
		t.Fatal(err)
	}
	for _, ut := range embedded.Snapshot().Types {
		if ut.Type.Schema == "public" {
			names[ut.Type.OID] = ut.Type.Name
			if ut.Type.Elem != nil {
				names[ut.Type.OID] = ut.Type.Elem.Name + "[]"
			}
		}
	}
	var casts [][2]string
	rows, err = server.Query(ctx, "select s.typname::text, t.typname::text from pg_cast join pg_type s on s.oid = castsource join pg_type t on t.oid = casttarget where castsource <> casttarget order by 1, 2")
	if err != nil {
		t.Fatal(err)
	}
	var from, to string
	if _, err := pgx.ForEachRow(rows, []any{&from, &to}, func() error { casts = append(casts, [2]string{from, to}); return nil }); err != nil {
		t.Fatal(err)
	}
	g := &generator{Rand: rand.New(rand.NewPCG(uint64(seed), 3)), g: rules(casts)}
	r := &report{t: t, refused: map[string]int{}, shown: map[string]int{}}
	r.embedded = func(sql string) string { return evaluate(ctx, t, tx, sql, names) }
	r.server = func(sql string) string {
		var out string
		if err := server.QueryRow(ctx, "select attempt($1)", sql).Scan(&out); err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		return out
	}
	for at := 0; at < count; at += perBatch {
		var batch []expression
		var texts []string
		for i := at; i < min(at+perBatch, count); i++ {
			e := g.next(i)
			batch = append(batch, e)
			texts = append(texts, e.sql)
		}
		rows, err := server.Query(ctx, "select attempt(e) from unnest($1::text[]) with ordinality as l(e, n) order by n", texts)
		if err != nil {
			t.Fatal(err)
		}
		want, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			t.Fatalf("%v in a batch from %d", err, at)
		}
		for i, e := range batch {
			got := evaluate(ctx, t, tx, e.sql, names)
			r.compare(e, got, want[i])
		}
	}
	r.summary(count, len(g.g.all))
}

func setting(t *testing.T, name string, otherwise int) int {
	v := os.Getenv(name)
	if v == "" {
		return otherwise
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// evaluate gives an expression's value as row(value)::text and its type, or its error.
func evaluate(ctx context.Context, t *testing.T, tx engine.AdminTx, sql string, names map[engine.OID]string) string {
	ctx, cancel := context.WithTimeout(ctx, 20*time.Second)
	defer cancel()
	if err := tx.Savepoint(ctx); err != nil {
		t.Fatal(sql, err)
	}
	r, err := tx.Exec(ctx, "select "+sql+" as x", nil)
	if err != nil {
		if err := tx.RollbackTo(ctx); err != nil {
			t.Fatal(sql, err)
		}
	}
	if err := tx.Release(ctx); err != nil {
		t.Fatal(sql, err)
	}
	if err != nil {
		e := errs.Of(err)
		if e == nil {
			return err.Error()
		}
		out := "ERROR " + e.Code + ": " + e.Message
		if e.Detail != "" {
			out += "\nDETAIL: " + e.Detail
		}
		if e.Code == "XX000" && e.Err != nil {
			out += "\nCAUSE: " + e.Err.Error()
		}
		return out
	}
	return "(" + inRow(r.Rows[0][0]) + ") " + names[r.Columns[0].Type]
}

func inRow(v *string) string {
	if v == nil {
		return ""
	}
	if *v != "" && !strings.ContainsAny(*v, "\"\\(), \t\n\r\v\f") {
		return *v
	}
	return `"` + strings.NewReplacer(`"`, `""`, `\`, `\\`).Replace(*v) + `"`
}

type report struct {
	t *testing.T
	// server and embedded evaluate one expression.
	server, embedded func(sql string) string
	refused          map[string]int
	shown            map[string]int
	different        int
	failed           int
}

func (r *report) compare(e expression, got, want string) {
	if strings.HasPrefix(want, "ERROR") {
		r.failed++
	}
	if strings.HasPrefix(got, "ERROR 0A000") && strings.Contains(got, "on the embedded engine") {
		r.refused[got]++
		return
	}
	if sign := e.rules[0].sign(); sign != nil {
		// Only the sign is promised.
		got, want = sign(got), sign(want)
	}
	if got == want || len(e.rules) > 1 && strings.HasPrefix(got, "ERROR") && strings.HasPrefix(want, "ERROR") && !strings.HasPrefix(got, "ERROR XX") {
		// Which of several errors comes first is for the planner to decide.
		return
	}
	if len(e.rules) > 1 && (strings.HasPrefix(e.rules[0].name, "hashfloat") || strings.HasPrefix(e.rules[0].name, "float") && strings.HasSuffix(e.rules[0].name, "send")) {
		return // of a number whose last digit is the platform's
	}
	if len(e.rules) > 1 && r.skipped(e, got, want) {
		return
	}
	if strings.HasPrefix(want, "ERROR 42601") && strings.HasPrefix(got, "ERROR 42601") && strings.HasSuffix(want, "of jsonpath input") {
		// Where a scanner of C stumbles is its own.
		return
	}
	if strings.HasPrefix(want, "ERROR 2200") && strings.HasPrefix(got, firstLine(want)) {
		// What is wrong with an XML text, its parser says in words of its own.
		return
	}
	if e.inexact() && near(got, want, e.tolerance()) {
		return
	}
	r.different++
	name := e.rules[0].String()
	if r.shown[name]++; r.shown[name] <= 2 {
		r.t.Errorf("select %s\n--- PostgreSQL\n%s\n--- embedded\n%s\n(%s)", e.sql, want, got, name)
	}
}

func firstLine(s string) string {
	line, _, _ := strings.Cut(s, "\n")
	return line
}

var float = regexp.MustCompile(`-?\d+(\.\d+)?(e[+-]?\d+)?`)

var number = regexp.MustCompile(`^\((-?)\d+\)`)

// sign gives how a comparison's result is looked at.
func (r *rule) sign() func(string) string {
	if !strings.HasSuffix(r.name, "cmp") && !strings.Contains(r.name, "_cmp_") {
		return nil
	}
	return func(s string) string {
		return number.ReplaceAllString(strings.Replace(s, "(0)", "zero", 1), "(${1}1)")
	}
}

// skipped says whether the difference is a part of the expression that fails on both engines alike and that only one of
// them looked at: beside NULL in a strict function, or in a branch not taken, which the planner decides.
func (r *report) skipped(e expression, got, want string) bool {
	failed, on := got, r.server
	if strings.HasPrefix(want, "ERROR") {
		failed, on = want, r.embedded
	}
	if !strings.HasPrefix(failed, "ERROR") || strings.HasPrefix(got, "ERROR XX") {
		return false
	}
	for _, part := range e.parts {
		if firstLine(on(part)) == firstLine(failed) {
			return true
		}
	}
	return false
}

// inexact says whether floating-point functions have a part in an expression.
func (e expression) inexact() bool {
	for _, r := range e.rules {
		for _, t := range append(r.args, r.result) {
			switch strings.TrimPrefix(t, "_") {
			case "float4", "float8", "point", "lseg", "box", "path", "polygon", "circle", "line":
				return true
			}
		}
	}
	return false
}

var periodic = regexp.MustCompile(`^d?(sin|cos|tan|cot)d?h?$`)

// tolerance is how far apart numbers may be: functions of functions multiply the difference of a last digit, without bound
// where a great number is an angle.
func (e expression) tolerance() float64 {
	if len(e.rules) == 1 {
		return 1e-13
	}
	for _, r := range e.rules {
		if periodic.MatchString(r.name) {
			return math.Inf(1)
		}
	}
	return 1e-9
}

// near says that two texts are the same but for the last digits of floating-point numbers, which the platform's
// mathematical library decides.
func near(a, b string, tolerance float64) bool {
	if float.ReplaceAllString(a, "#") != float.ReplaceAllString(b, "#") {
		return false
	}
	x, y := float.FindAllString(a, -1), float.FindAllString(b, -1)
	for i := range x {
		f, _ := strconv.ParseFloat(x[i], 64)
		g, _ := strconv.ParseFloat(y[i], 64)
		if math.Abs(f-g) > tolerance*max(math.Abs(f), math.Abs(g)) && math.Abs(f-g) > 1e-15 {
			return false
		}
	}
	return true
}

func (r *report) summary(count, rules int) {
	var list []string
	n := 0
	for text, k := range r.refused {
		list = append(list, fmt.Sprintf("%5d %s", k, text))
		n += k
	}
	sort.Strings(list)
	fmt.Printf("%d expressions over %d rules: %d values, %d errors of PostgreSQL; %d refused by the embedded engine, %d different\n",
		count, rules, count-r.failed, r.failed, n, r.different)
	if os.Getenv("BASEMENT_REFUSED") != "" {
		fmt.Println(strings.Join(list, "\n"))
	}
}
