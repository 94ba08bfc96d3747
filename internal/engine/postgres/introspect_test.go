package postgres

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
	"github.com/basement-project/basement/internal/testkit"
)

func open(t *testing.T, script ...string) *Engine {
	t.Helper()
	ctx := context.Background()
	e, err := Open(ctx, Options{URL: testkit.PrivatePostgreSQL(t)})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = e.Close(ctx) })
	tx, err := e.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range script {
		if _, err := tx.Exec(ctx, s, nil); err != nil {
			_ = tx.Rollback(ctx)
			t.Fatalf("%s: %v", s, err)
		}
	}
	if err := tx.Commit(ctx); err != nil {
		t.Fatal(err)
	}
	return e
}

func step(t *testing.T, e *Engine, role, sql string, format engine.Format, args ...*string) engine.Step {
	t.Helper()
	stmt, err := parse.Statement(sql)
	if err != nil {
		t.Fatal(err)
	}
	g, err := guard.New(true).Apply(e.Snapshot(), role, stmt, guard.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return engine.Step{Statement: g, Args: args, Format: format}
}

func TestACLItems(t *testing.T) {
	got := aclText{`postgres=arwdDxt/postgres`, `"odd ""name"=r*w/postgres`, `=X/postgres`}.list()
	want := []catalog.Grant{
		{Grantee: "postgres", Grantor: "postgres", Privileges: catalog.Insert | catalog.Select | catalog.Update | catalog.Delete |
			catalog.Truncate | catalog.References | catalog.TriggerPrivilege},
		{Grantee: `odd "name`, Grantor: "postgres", Privileges: catalog.Select | catalog.Update, GrantOption: catalog.Select},
		{Grantee: "", Grantor: "postgres", Privileges: catalog.Execute},
	}
	if got.Default || len(got.Grants) != len(want) {
		t.Fatalf("got %+v", got)
	}
	for i := range want {
		if got.Grants[i] != want[i] {
			t.Errorf("item %d: got %+v, want %+v", i, got.Grants[i], want[i])
		}
	}
	if !aclText(nil).list().Default {
		t.Error("no list must be the default one")
	}
}

func TestIntrospection(t *testing.T) {
	e := open(t,
		`create schema shop`,
		`create type shop.mood as enum ('sad', 'ok')`,
		`create domain shop.price as numeric(10,2) default 1 check (value > 0)`,
		`create table shop.person (id bigint generated always as identity primary key, name text not null unique, mood shop.mood default 'ok', primary_mail text)`,
		`create table shop.sale (id serial primary key, person_id bigint references shop.person on delete cascade, price shop.price, twice numeric generated always as (3 * 2) stored)`,
		`create view shop.buyers as select p.id as buyer_id, p.name, upper(p.name) as loud from shop.person p`,
		`create view shop.buyers_again as select loud, buyer_id as again from shop.buyers`,
		`alter table shop.sale enable row level security`,
		`create policy own on shop.sale for select to public using (id > 0)`,
		`create function shop.add(a int, b int default 2, variadic rest int[] default '{}') returns int language sql immutable as 'select a + b'`,
		`comment on table shop.person is 'people'`,
	)
	s := e.Snapshot()
	person, sale := s.Relation("shop", "person"), s.Relation("shop", "sale")
	if person == nil || sale == nil {
		t.Fatal("tables are missing")
	}
	if person.Comment != "people" || person.PrimaryKey() == nil || person.Column("id").Identity != "a" || person.Column("id").Sequence == 0 {
		t.Errorf("person: %+v", person)
	}
	if got := s.TypeByOID(person.Column("mood").Type); got == nil || len(got.Labels) != 2 || got.Labels[0] != "sad" {
		t.Errorf("mood: %+v", got)
	}
	if sale.Column("twice").Generated != "s" || !sale.RowSecurity || len(sale.Policies) != 1 || sale.Policies[0].Using != "(id > 0)" {
		t.Errorf("sale: %+v", sale)
	}
	refs := s.Referring(person.OID)
	if len(refs) != 1 || refs[0].Constraint.OnDelete != catalog.Cascade || refs[0].Table != sale {
		t.Errorf("referring: %+v", refs)
	}
	price := s.TypeByOID(sale.Column("price").Type)
	if price == nil || price.Base == nil || price.Base.Name != "numeric" || len(s.UserType(price.OID).Checks) != 1 {
		t.Errorf("price: %+v", price)
	}
	again := s.Relation("shop", "buyers_again")
	if again == nil || again.View.Sources[0] != nil || len(again.View.Sources[1]) != 1 ||
		again.View.Sources[1][0] != (catalog.ColumnRef{Schema: "shop", Relation: "person", Column: "id"}) {
		t.Errorf("sources: %+v", again.View)
	}
	add := s.FunctionsNamed("shop", "add")
	if len(add) != 1 || len(add[0].Params) != 3 || add[0].Params[0].HasDefault || !add[0].Params[1].HasDefault || add[0].Params[2].Mode != catalog.Variadic {
		t.Errorf("add: %+v", add)
	}
}

func TestRequestRunsAsItsRole(t *testing.T) {
	e := open(t,
		`do $$ begin create role engine_reader; exception when duplicate_object then null; end $$`,
		`create table public.note (id int primary key, owner text)`,
		`insert into public.note values (1, 'a'), (2, 'b')`,
		`alter table public.note enable row level security`,
		`create policy own on public.note using (owner = current_setting('request.jwt.claims', true)::json->>'sub')`,
		`grant select, insert on public.note to engine_reader`,
		`grant usage on schema public to engine_reader`,
	)
	ctx := context.Background()
	run := func(claims, sql string, change func(*engine.Request)) ([]*engine.Result, error) {
		r := &engine.Request{Role: "engine_reader", Settings: []engine.Setting{{Name: "request.jwt.claims", Value: claims}},
			Steps: []engine.Step{step(t, e, "engine_reader", sql, engine.JSON)}}
		if change != nil {
			change(r)
		}
		return e.Run(ctx, r)
	}
	for range 3 {
		res, err := run(`{"sub":"a"}`, `select * from public.note`, func(r *engine.Request) { r.ReadOnly = true })
		if err != nil || string(res[0].JSON) != `{"id":1,"owner":"a"}` || res[0].Count != 1 {
			t.Fatalf("got %v %v", res, err)
		}
	}
	if _, err := run(`{"sub":"a"}`, `with s as (insert into public.note values (3, 'b') returning id) select * from s`, nil); errs.Of(err) == nil || errs.Of(err).Code != "42501" {
		t.Fatalf("a forbidden row was not refused: %v", err)
	}
	insert := `with s as (insert into public.note values (3, 'a') returning *) select * from s`
	if _, err := run(`{"sub":"a"}`, insert, func(r *engine.Request) { r.ReadOnly = true }); errs.Of(err) == nil || errs.Of(err).Code != "25006" {
		t.Fatalf("a write in a read-only request was not refused: %v", err)
	}
	if res, err := run(`{"sub":"a"}`, insert, func(r *engine.Request) { r.Rollback = true }); err != nil || res[0].Count != 1 {
		t.Fatalf("got %v", err)
	}
	stop := errs.New("PGRST116", "stop")
	if _, err := run(`{"sub":"a"}`, insert, func(r *engine.Request) { r.Verify = func([]*engine.Result) error { return stop } }); errs.Of(err) != stop {
		t.Fatalf("got %v", err)
	}
	for i := range 2 {
		_, err := run(`{"sub":"a"}`, insert, nil)
		if (i == 0) != (err == nil) {
			t.Fatalf("insert %d: %v", i, err)
		}
		if i == 1 && errs.Of(err).Code != "23505" {
			t.Fatalf("got %v", err)
		}
	}
	res, err := run(`{"sub":"a"}`, `select id from public.note order by id`, nil)
	if err != nil || string(res[0].JSON) != "{\"id\":1}, \n {\"id\":3}" {
		t.Fatalf("got %v %v", res, err)
	}
}

func TestUnguardedStatementsDoNotRun(t *testing.T) {
	e := open(t)
	stmt := ast.Select(ast.As(ast.Int(1), "x"))
	g, err := guard.New(true).Apply(e.Snapshot(), "somebody", stmt, guard.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for name, s := range map[string]engine.Step{"never guarded": {}, "guarded for another role": {Statement: g}} {
		if _, err := e.Run(context.Background(), &engine.Request{Role: "postgres", Steps: []engine.Step{s}}); err == nil {
			t.Errorf("%s: ran", name)
		}
	}
}

func TestStatementsSurviveSchemaChanges(t *testing.T) {
	e := open(t, `create table public.t (a int)`, `insert into public.t values (1)`)
	ctx := context.Background()
	s := step(t, e, "postgres", `select * from public.t`, engine.Text)
	for i, want := range []int{1, 2} {
		if i == 1 {
			tx, err := e.Admin(ctx, engine.AdminOptions{})
			if err != nil {
				t.Fatal(err)
			}
			if _, err := tx.Exec(ctx, `alter table public.t add b int`, nil); err != nil {
				t.Fatal(err)
			}
			if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
		}
		for range 2 {
			res, err := e.Run(ctx, &engine.Request{Role: "postgres", Steps: []engine.Step{s}})
			if err != nil || len(res[0].Columns) != want {
				t.Fatalf("run %d: %v %v", i, res, err)
			}
		}
	}
}

func TestCopyFromTheClientIsRefused(t *testing.T) {
	e := open(t, `create table public.t (a int)`)
	ctx := context.Background()
	tx, err := e.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	if _, err := tx.Exec(ctx, ` copy public.t from stdin`, nil); errs.Of(err) == nil || errs.Of(err).Code != "0A000" {
		t.Fatalf("got %v", err)
	}
}
