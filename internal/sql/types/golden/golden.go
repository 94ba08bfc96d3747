package golden

import (
	"bufio"
	"context"
	"flag"
	"fmt"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5/pgconn"

	"github.com/basement-project/basement/internal/errs"
)

var update = flag.Bool("update", false, "ask PostgreSQL for the expected answers and rewrite the golden files")

// Op is one operation under test.
type Op struct {
	// Name stands at the head of the operation's lines.
	Name string
	// SQL gives one text column; its parameters are $1::text and so on.
	SQL string
	// Go computes the same; null is reported by ok = false.
	Go func(args []string) (text string, ok bool, err error)
}

// Case is one line: an operation and its arguments.
type Case struct {
	Op   string
	Args []string
}

// Cross makes the cases of an operation over every combination of its arguments' values.
func Cross(op string, lists ...[]string) []Case {
	out := []Case{{Op: op}}
	for _, list := range lists {
		var next []Case
		for _, c := range out {
			for _, v := range list {
				next = append(next, Case{op, append(append([]string(nil), c.Args...), v)})
			}
		}
		out = next
	}
	return out
}

// Run checks every case against the file.
func Run(t *testing.T, file string, setup string, ops []Op, cases []Case) {
	t.Helper()
	byName := map[string]Op{}
	for _, op := range ops {
		byName[op.Name] = op
	}
	if *update {
		rewrite(t, file, setup, byName, cases)
	}
	want := read(t, file)
	if len(want) != len(cases) {
		t.Fatalf("%s has %d lines for %d cases: run with -update", file, len(want), len(cases))
	}
	failed := 0
	for i, c := range cases {
		key := keyOf(c)
		gotKey, answer, _ := strings.Cut(want[i], "\t=>\t")
		if gotKey != key {
			t.Fatalf("%s line %d is %q, the case is %q: run with -update", file, i+1, gotKey, key)
		}
		text, ok, err := byName[c.Op].Go(c.Args)
		if got := answerOf(text, ok, err); got != answer {
			failed++
			if failed <= 40 {
				t.Errorf("%s:%d: %s\n got %s\nwant %s", file, i+1, key, got, answer)
			}
		}
	}
	if failed > 40 {
		t.Errorf("%s: %d of %d cases differ", file, failed, len(cases))
	}
}

func keyOf(c Case) string {
	parts := []string{c.Op}
	for _, a := range c.Args {
		parts = append(parts, strconv.Quote(a))
	}
	return strings.Join(parts, " ")
}

func answerOf(text string, ok bool, err error) string {
	if err != nil {
		e := errs.Of(err)
		if e == nil {
			return "! " + err.Error()
		}
		out := "! " + e.Code + " " + strconv.Quote(e.Message)
		if e.Detail != "" {
			out += " detail " + strconv.Quote(e.Detail)
		}
		if e.Hint != "" {
			out += " hint " + strconv.Quote(e.Hint)
		}
		if e.Where != "" {
			out += " where " + strconv.Quote(e.Where)
		}
		return out
	}
	if !ok {
		return "null"
	}
	return strconv.Quote(text)
}

func read(t *testing.T, file string) []string {
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var lines []string
	s := bufio.NewScanner(f)
	s.Buffer(nil, 64<<20)
	for s.Scan() {
		lines = append(lines, s.Text())
	}
	if err := s.Err(); err != nil {
		t.Fatal(err)
	}
	return lines
}

func rewrite(t *testing.T, file, setup string, ops map[string]Op, cases []Case) {
	url := os.Getenv("BASEMENT_TEST_DATABASE_URL")
	if url == "" {
		t.Fatal("-update needs BASEMENT_TEST_DATABASE_URL")
	}
	ctx := context.Background()
	conn, err := pgconn.Connect(ctx, url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if setup != "" {
		if _, err := conn.Exec(ctx, setup).ReadAll(); err != nil {
			t.Fatal(err)
		}
	}
	var out strings.Builder
	for _, c := range cases {
		args := make([][]byte, len(c.Args))
		for i, a := range c.Args {
			args[i] = []byte(a)
		}
		op, ok := ops[c.Op]
		if !ok {
			t.Fatalf("no operation %q", c.Op)
		}
		res := conn.ExecParams(ctx, op.SQL, args, nil, nil, nil).Read()
		var answer string
		switch {
		case res.Err != nil:
			pgErr, ok := res.Err.(*pgconn.PgError)
			if !ok {
				t.Fatalf("%s: %v", keyOf(c), res.Err)
			}
			answer = answerOf("", false, &errs.Error{Code: pgErr.Code, Message: pgErr.Message, Detail: pgErr.Detail, Hint: pgErr.Hint, Where: where(pgErr.Where)})
		case len(res.Rows) == 0 || res.Rows[0][0] == nil:
			answer = "null"
		default:
			answer = strconv.Quote(string(res.Rows[0][0]))
		}
		fmt.Fprintf(&out, "%s\t=>\t%s\n", keyOf(c), answer)
	}
	if err := os.MkdirAll("testdata", 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(out.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

// where keeps the context lines that belong to the value and drops those of the statement it was tried in.
func where(s string) string {
	var keep []string
	for _, line := range strings.Split(s, "\n") {
		if strings.HasPrefix(line, "JSON data") {
			keep = append(keep, line)
		}
	}
	return strings.Join(keep, "\n")
}
