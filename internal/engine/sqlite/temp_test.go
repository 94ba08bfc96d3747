package sqlite

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/parse"
)

// call runs one query as a request of a role.
func call(t *testing.T, e *Engine, role, text string) string {
	t.Helper()
	stmt, err := parse.Statement(text)
	if err != nil {
		t.Fatal(err)
	}
	g, err := guard.New(false).Apply(e.Snapshot(), role, stmt, guard.Options{SearchPath: []string{"public"}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := e.Run(context.Background(), &engine.Request{Role: role, SearchPath: []string{"public"}, Steps: []engine.Step{{Statement: g}}})
	if err != nil {
		t.Fatalf("%s\n%v", text, err)
	}
	return *r[0].Rows[0][0]
}

func TestRequestsChangeTheSchema(t *testing.T) {
	e := openTest(t)
	script(t, e, `
create role anon;
create function mk(n text) returns int language plpgsql security definer as $$ begin execute format('create table %I (id int)', n); return 1; end $$;
create function tmp(n int) returns int language plpgsql as $$ declare r int; begin
  create temp table work on commit drop as select g from generate_series(1, n) g; select sum(g) into r from work; return r; end $$;
grant execute on all functions in schema public to anon;
`)
	before := e.Snapshot()
	if got := call(t, e, "anon", "select tmp(4)"); got != "10" {
		t.Error(got)
	}
	if e.Snapshot() != before {
		t.Error("a temporary table changed the catalog of all")
	}
	if got := call(t, e, "anon", "select tmp(5)"); got != "15" {
		t.Error(got)
	}
	call(t, e, "anon", "select mk('made')")
	if e.Snapshot().Relation("public", "made") == nil {
		t.Error("the table a function made is not in the catalog")
	}
	if got := call(t, e, "postgres", "select count(*) from made"); got != "0" {
		t.Error(got)
	}
}

func TestTemporaryTablesOfASession(t *testing.T) {
	e := openTest(t)
	ctx := context.Background()
	tx, err := e.Admin(ctx, engine.AdminOptions{Autocommit: true})
	if err != nil {
		t.Fatal(err)
	}
	run := func(text string, want string) {
		t.Helper()
		r, err := tx.Exec(ctx, text, nil)
		got := ""
		switch {
		case err != nil:
			got = errs.Of(err).Message
		case len(r.Rows) > 0:
			got = *r.Rows[0][0]
		}
		if want != "" && got != want || want == "" && err != nil {
			t.Errorf("%s: %s", text, got)
		}
	}
	run("create temp table kept (id int)", "")
	run("insert into kept values (1), (2)", "")
	run("create temp table brief (id int) on commit drop", "")
	run("create temp table emptied (id int) on commit delete rows", "")
	run("insert into emptied values (1)", "")
	run("create table lasting (id int)", "")
	run("select count(*) from kept", "2")
	run("select count(*) from emptied", "0")
	run("select count(*) from lasting", "0")
	run("select 1 / 0", "division by zero")
	run("select count(*) from kept", "2")
	run("select count(*) from pg_class where relname = 'brief'", "0")
	if e.Snapshot().Schema(catalog.TempSchema) != nil || e.Snapshot().Relation("public", "lasting") == nil {
		t.Error("the catalog of all has not what it should")
	}
	if err := tx.Rollback(ctx); err != nil {
		t.Fatal(err)
	}
	script(t, e, "create temp table kept (x text); insert into kept values ('fresh');")
}

func TestSavepoints(t *testing.T) {
	e := openTest(t)
	script(t, e, `create table t (id int);
insert into t values (1);
savepoint a;
insert into t values (2);
savepoint b;
insert into t values (3);
rollback to a;
insert into t values (4);
release a;`)
	if got := call(t, e, "postgres", "select string_agg(id::text, ',' order by id) from t"); got != "1,4" {
		t.Error(got)
	}
}
