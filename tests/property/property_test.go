package property

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/testkit"
)

// perWorld is how many statements are run in one world.
const perWorld = 200

func setting(t *testing.T, name string, fallback int) int {
	v := os.Getenv(name)
	if v == "" {
		return fallback
	}
	n, err := strconv.Atoi(v)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return n
}

// pair are the two engines; one PostgreSQL database serves many worlds, an embedded one lives for one.
type pair struct {
	t       *testing.T
	url     string
	pg      *database
	version int
}

func newPair(t *testing.T) *pair {
	url := testkit.PostgreSQL(t)
	p := &pair{t: t, url: url, pg: openPostgreSQL(t, url)}
	conn, err := pgx.Connect(context.Background(), url)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(context.Background())
	if err := conn.QueryRow(context.Background(), "select current_setting('server_version_num')::int / 10000").Scan(&p.version); err != nil {
		t.Fatal(err)
	}
	return p
}

// clean makes the PostgreSQL database empty again.
func (p *pair) clean(s *script) error {
	ctx := context.Background()
	conn, err := pgx.Connect(ctx, p.url)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	for _, sql := range s.clean {
		if _, err := conn.Exec(ctx, sql); err != nil {
			return fmt.Errorf("%s: %w", sql, err)
		}
	}
	return nil
}

// result is what a world's run showed.
type result struct {
	statements, failed int
	codes              map[string]int
	difference         string // "" when there is none
	batch, step        int    // where; batch -1 is the setup
	err                error
}

const onlyPostgreSQL = "BASEMENT_PROPERTY_ONLY_POSTGRESQL"

// compare runs a script on both engines.
func (p *pair) compare(s *script) (r result) {
	r.codes = map[string]int{}
	type ran struct {
		setup, rest []outcome
		err         error
	}
	var pg, lite ran
	var wait sync.WaitGroup
	wait.Add(2)
	go func() {
		defer wait.Done()
		pg.setup, pg.rest, pg.err = p.pg.run(s)
	}()
	go func() {
		defer wait.Done()
		if os.Getenv(onlyPostgreSQL) != "" {
			return
		}
		dir, err := os.MkdirTemp("", "property")
		if err != nil {
			lite.err = err
			return
		}
		defer os.RemoveAll(dir)
		db, err := openEmbedded(p.t, dir)
		if err != nil {
			lite.err = err
			return
		}
		defer db.Close(context.Background())
		lite.setup, lite.rest, lite.err = db.run(s)
	}()
	wait.Wait()
	if err := p.clean(s); err != nil {
		r.err = err
		return r
	}
	if pg.err != nil {
		r.err = fmt.Errorf("postgres: %w", pg.err)
		return r
	}
	if os.Getenv(onlyPostgreSQL) != "" {
		lite = pg
	}
	for i := range pg.setup {
		if e := pg.setup[i].err; e != nil {
			r.err = fmt.Errorf("the setup is wrong: %s\n%s", pg.setup[i].sql, describe(e))
			return r
		}
		if i < len(lite.setup) && lite.setup[i].err != nil {
			r.batch, r.difference = -1, fmt.Sprintf("%s\n--- postgres\nok\n--- embedded\n%s", pg.setup[i].sql, describe(lite.setup[i].err))
			return r
		}
	}
	k := 0
	for bi, b := range s.batches {
		for si := 0; si <= len(b.steps); si++ {
			if k >= len(lite.rest) || k >= len(pg.rest) {
				r.batch, r.step, r.difference = bi, min(si, len(b.steps)-1), fmt.Sprintf("the embedded engine stopped: %v", lite.err)
				return r
			}
			x, y := pg.rest[k], lite.rest[k]
			k++
			if si < len(b.steps) {
				r.statements++
				if x.err != nil {
					r.failed++
				}
				r.codes[code(x.err)]++
			}
			if bothDenied(x.err, y.err) {
				continue
			}
			if x.text() != y.text() || x.contents != y.contents {
				r.batch, r.step = bi, min(si, len(b.steps)-1)
				r.difference = fmt.Sprintf("as %s with %s (direct: %v)\n%s\n--- postgres\n%s\n--- embedded\n%s", b.role, b.claims, b.direct, x.sql, x.text(), y.text())
				if x.text() == y.text() {
					r.difference += "\n--- the tables, postgres\n" + x.contents + "--- embedded\n" + y.contents
				} else if y.err != nil && y.err.Err != nil {
					r.difference += fmt.Sprintf("\n(cause: %v)", y.err.Err)
				}
				return r
			}
		}
	}
	if lite.err != nil {
		r.err = fmt.Errorf("embedded: %w", lite.err)
	}
	return r
}

// bothDenied says that rights are missing on several relations. PostgreSQL's versions differ in which of them they name.
func bothDenied(x, y *errs.Error) bool {
	for _, e := range []*errs.Error{x, y} {
		if e == nil || e.Code != "42501" || !strings.HasPrefix(e.Message, "permission denied for table ") && !strings.HasPrefix(e.Message, "permission denied for view ") {
			return false
		}
	}
	return true
}

func code(e *errs.Error) string {
	if e == nil {
		return "ok"
	}
	return e.Code
}

func TestEnginesAgree(t *testing.T) {
	if path := os.Getenv("BASEMENT_PROPERTY_SCRIPT"); path != "" {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		r := newPair(t).compare(readScript(string(text)))
		if r.err != nil || r.difference != "" {
			t.Fatalf("%v\n%s", r.err, r.difference)
		}
		return
	}
	statements := setting(t, "BASEMENT_PROPERTY_STATEMENTS", 6_000)
	seed := setting(t, "BASEMENT_PROPERTY_SEED", 1)
	stop := setting(t, "BASEMENT_PROPERTY_FAILURES", 5)
	if testing.Short() {
		statements = min(statements, 1000)
	}
	var mu sync.Mutex
	total, failed, different := 0, 0, 0
	codes := map[string]int{}
	worlds := (statements + perWorld - 1) / perWorld
	next := 0
	var wait sync.WaitGroup
	for range min(2, worlds) {
		p := newPair(t)
		wait.Add(1)
		go func() {
			defer wait.Done()
			for {
				mu.Lock()
				i := next
				next++
				enough := different >= stop
				mu.Unlock()
				if i >= worlds || enough {
					return
				}
				world := uint64(seed) + uint64(i)
				// Roles belong to the cluster: other runs must not meet these.
				prefix := fmt.Sprintf("p%d_%d_", os.Getpid(), rand.IntN(1_000_000))
				s := newWorld(world, prefix, p.version, perWorld)
				r := p.compare(s)
				mu.Lock()
				total += r.statements
				failed += r.failed
				for c, n := range r.codes {
					codes[c] += n
				}
				if r.err != nil || r.difference != "" {
					different++
				}
				mu.Unlock()
				switch {
				case r.err != nil:
					t.Errorf("seed %d: %v", world, r.err)
				case r.difference != "":
					t.Errorf("seed %d: BASEMENT_PROPERTY_SEED=%d BASEMENT_PROPERTY_STATEMENTS=%d shows it again; script: %s\n%s",
						world, world, perWorld, p.keep(world, s, r), r.difference)
				}
			}
		}()
	}
	wait.Wait()
	t.Logf("%d statements compared, %d of them refused: %s", total, failed, histogram(codes))
}

// keep writes a failing script, cut to what shows the difference, to a file.
func (p *pair) keep(world uint64, s *script, r result) string {
	if os.Getenv("BASEMENT_PROPERTY_MINIMISE") != "" {
		s = p.minimise(s, r)
	} else {
		s = upTo(s, r)
	}
	path := filepath.Join(os.TempDir(), fmt.Sprintf("property-%d.sql", world))
	if err := os.WriteFile(path, []byte(s.text()), 0o600); err != nil {
		return err.Error()
	}
	return path
}

// upTo is the script without what follows the difference.
func upTo(s *script, r result) *script {
	c := *s
	if r.batch < 0 {
		c.batches = nil
		return &c
	}
	c.batches = append([]batch(nil), s.batches[:r.batch+1]...)
	last := &c.batches[r.batch]
	last.steps = last.steps[:r.step+1]
	return &c
}

// minimise drops statements as long as the last one still differs.
func (p *pair) minimise(s *script, r result) *script {
	s = upTo(s, r)
	differs := func(c *script) bool {
		x := p.compare(c)
		return x.err == nil && x.difference != "" && x.batch == len(c.batches)-1
	}
	tries := 0
	for size := len(s.batches) / 2; size >= 1 && tries < 60; size /= 2 {
		for at := 0; at+size < len(s.batches) && tries < 60; {
			c := *s
			c.batches = append(append([]batch(nil), s.batches[:at]...), s.batches[at+size:]...)
			if tries++; differs(&c) {
				s = &c
			} else {
				at += size
			}
		}
	}
	for size := len(s.setup) / 2; size >= 1 && tries < 200; size /= 2 {
		for at := 0; at+size <= len(s.setup) && tries < 200; {
			c := *s
			c.setup = append(append([]string(nil), s.setup[:at]...), s.setup[at+size:]...)
			if tries++; differs(&c) {
				s = &c
			} else {
				at += size
			}
		}
	}
	for b := range s.batches {
		for i := len(s.batches[b].steps) - 1; i >= 0 && tries < 300; i-- {
			if b == len(s.batches)-1 && i == len(s.batches[b].steps)-1 {
				continue
			}
			c := *s
			c.batches = append([]batch(nil), s.batches...)
			c.batches[b].steps = append(append([]step(nil), s.batches[b].steps[:i]...), s.batches[b].steps[i+1:]...)
			if tries++; differs(&c) {
				s = &c
			}
		}
	}
	return s
}

func histogram(codes map[string]int) string {
	var list []string
	for c, n := range codes {
		list = append(list, fmt.Sprintf("%s %d", c, n))
	}
	sort.Strings(list)
	return strings.Join(list, ", ")
}
