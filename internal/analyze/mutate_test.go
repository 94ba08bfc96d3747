package analyze_test

import (
	"math/rand/v2"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

var token = regexp.MustCompile(`'[^']*'|"[^"]*"|[a-zA-Z_][a-zA-Z_0-9]*|[0-9.]+|::|[-+*/<>=~!@#%^&|?]+|\S`)

// TestMutations changes words of the statements in testdata at random and compares the answers again. BASEMENT_MUTATIONS says how
// many, BASEMENT_MUTATION_SEED where to start.
func TestMutations(t *testing.T) {
	o := openOracle(t)
	n, _ := strconv.Atoi(os.Getenv("BASEMENT_MUTATIONS"))
	if n == 0 {
		n = 1500
	}
	seed, _ := strconv.ParseUint(os.Getenv("BASEMENT_MUTATION_SEED"), 10, 64)
	var statements [][]string
	pool := strings.Fields(`posts comments profiles published id title author text likes score mood email age tags meta created_at rank posted span loc p c
		1 2.5 'a' '1' null true $1 $2 + - * / = <> < > || -> ->> @> like and or not in is any all distinct lower upper count sum max
		coalesce nullif array row ::text ::int ::numeric ::jsonb ::date ::uuid now() app nosuch excluded group order limit having where`)
	for _, file := range []string{"testdata/statements.sql", "testdata/more.sql"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, line := range strings.Split(string(text), "\n") {
			if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "--") {
				toks := token.FindAllString(line, -1)
				statements = append(statements, toks)
				pool = append(pool, toks...)
			}
		}
	}
	r := rand.New(rand.NewPCG(seed, 7))
	compared, bad, refused := 0, 0, 0
	for compared < n && bad < 25 {
		toks := append([]string(nil), statements[r.IntN(len(statements))]...)
		for range 1 + r.IntN(2) {
			i := r.IntN(len(toks))
			switch r.IntN(4) {
			case 0:
				toks = append(toks[:i], toks[i+1:]...)
			case 1:
				toks = append(toks[:i], append([]string{pool[r.IntN(len(pool))]}, toks[i:]...)...)
			default:
				toks[i] = pool[r.IntN(len(pool))]
			}
			if len(toks) == 0 {
				break
			}
		}
		sql := strings.Join(toks, " ")
		got := o.ours(sql)
		if strings.HasPrefix(got, "42601 ") || strings.Contains(got, "not supported on the embedded engine") || len(toks) == 0 {
			refused++
			continue
		}
		want := o.postgres(sql)
		if strings.HasPrefix(want, "42601 syntax") || strings.HasPrefix(want, "0A000 ") && !strings.HasPrefix(got, "0A000") {
			continue
		}
		if strings.Contains(got, "malformed record literal") || strings.HasPrefix(want, "22023 unit") || strings.HasPrefix(want, "2202E ") {
			// Which fault of a value is told first, and what only running tells.
			continue
		}
		compared++
		if want != got {
			bad++
			t.Errorf("%s\n postgres: %s\n     ours: %s", sql, want, got)
		}
	}
	t.Logf("%d compared, %d differ, %d refused", compared, bad, refused)
}
