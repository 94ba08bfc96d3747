package sqlite

import (
	"context"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
)

// Filters, joins and policies of a usual project must find their rows by index.
func TestPlansUseIndexes(t *testing.T) {
	e := openTest(t)
	script(t, e, `
create role web;
grant usage on schema public to web;
create function uid() returns uuid language sql stable as $$ select nullif(current_setting('request.sub', true), '')::uuid $$;
create table teams (id bigint primary key, name text not null);
create table members (team_id bigint not null references teams, user_id uuid not null, role text, primary key (team_id, user_id));
create index on members (user_id);
create table notes (id uuid primary key, user_id uuid, team_id bigint references teams, title text not null, price numeric, at timestamptz,
  meta jsonb, done boolean, n int);
create index on notes (user_id);
create index on notes (team_id, at desc);
create index on notes (title);
create index on notes (price);
create index on notes (at);
create index on notes (lower(title));
create index on notes ((meta ->> 'kind'));
create index on notes (n) where not done;
create table own (id int primary key, user_id uuid, v text);
create index on own (user_id);
alter table own enable row level security;
create policy p on own to web using (uid() = user_id);
create table own2 (id int primary key, user_id uuid, v text);
create index on own2 (user_id);
alter table own2 enable row level security;
create policy p on own2 to web using ((select uid()) = user_id);
create table shared (id int primary key, team_id bigint, v text);
create index on shared (team_id);
alter table shared enable row level security;
create policy p on shared to web using (team_id in (select team_id from members where user_id = (select uid())));
grant select on all tables in schema public to web;
`)
	explain := func(role, sql string) string {
		tx, err := e.Admin(context.Background(), engine.AdminOptions{Role: role})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(context.Background()) }()
		r, err := tx.Exec(context.Background(), "explain "+sql, nil)
		if err != nil {
			t.Fatalf("%s: %v", sql, err)
		}
		var out []string
		for _, row := range r.Rows {
			out = append(out, *row[0])
		}
		return strings.Join(out, "\n")
	}
	for _, c := range []struct{ role, sql, index string }{
		{"", "select * from notes where id = '00000000-0000-0000-0000-000000000001'", "notes_pkey"},
		{"", "select * from notes where id in ('00000000-0000-0000-0000-000000000001', '00000000-0000-0000-0000-000000000002')", "notes_pkey"},
		{"", "select * from notes where id = any (array['00000000-0000-0000-0000-000000000001']::uuid[])", "notes_pkey"},
		{"", "select * from notes where team_id = 5 order by at desc limit 3", "notes_team_id_at_idx"},
		{"", "select * from notes where title = 'x'", "notes_title_idx"},
		{"", "select * from notes where title like 'abc%'", "notes_title_idx"},
		{"", "select * from notes where price > 5.5 and price < 6", "notes_price_idx"},
		{"", "select * from notes where at >= '2024-01-01' and at < '2024-02-01'", "notes_at_idx"},
		{"", "select * from notes where at > now() - interval '1 day'", "notes_at_idx"},
		{"", "select * from notes where lower(title) = 'x'", "notes_lower_idx"},
		{"", "select * from notes where meta ->> 'kind' = 'a'", "notes_expr_idx"},
		{"", "select * from notes where n = 5 and not done", "notes_n_idx"},
		{"", "select * from notes order by at limit 5", "notes_at_idx"},
		{"", "select * from notes join members using (user_id, team_id) where members.user_id = '00000000-0000-0000-0000-000000000001'", "notes_user_id_idx"},
		{"", "select t.name, (select count(*) from notes n where n.team_id = t.id) from teams t", "notes_team_id_at_idx"},
		{"", "select * from teams t where exists (select 1 from notes n where n.team_id = t.id)", "notes_team_id_at_idx"},
		{"", "select * from teams where id in (select team_id from members where user_id = '00000000-0000-0000-0000-000000000001')", "members_user_id_idx"},
		{"", "select * from notes where (team_id, at) > (5, '2024-01-01')", "notes_team_id_at_idx"},
		{"", "select * from notes where user_id = uid()", "notes_user_id_idx"},
		{"web", "select * from own", "own_user_id_idx"},
		{"web", "select * from own2", "own2_user_id_idx"},
		{"web", "select * from shared", "shared_team_id_idx"},
		{"web", "select v from own where id = 5", "own_"},
	} {
		if got := explain(c.role, c.sql); !strings.Contains(got, c.index) {
			t.Errorf("%s\n%s", c.sql, got)
		}
	}
}

func TestExplain(t *testing.T) {
	e := openTest(t)
	script(t, e, `create table t (id int primary key, v text); insert into t select g, 'x' from generate_series(1, 9) g;`)
	tx, err := e.Admin(context.Background(), engine.AdminOptions{})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	r, err := tx.Exec(context.Background(), "explain (analyze, summary off, format json) delete from t where id > 4", nil)
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(strings.Fields(*r.Rows[0][0]), " ")
	want := `[ { "Plan": { "Node Type": "ModifyTable", "Operation": "Delete", "Relation Name": "t", "Alias": "t", "Actual Rows": 5, "Plans": [ { "Node Type": "Search Using Covering Index", "Relation Name": "t", "Alias": "t", "Index Name": "t_pkey", "Index Cond": "id>?" } ] } } ]`
	if r.Tag != "EXPLAIN" || r.Columns[0].Name != "QUERY PLAN" || got != want {
		t.Errorf("%s\n%s", r.Tag, got)
	}
}

// A stable helper of a policy is called once for a statement, not for each row.
func BenchmarkStableHelper(b *testing.B) {
	e := openTest(b)
	script(b, e, `
create role web;
grant usage on schema public to web;
create table admins (name text);
create function is_admin() returns boolean language plpgsql stable as $$ begin return exists (select 1 from admins); end $$;
create table list (id int primary key, v text);
insert into list select g, 'x' from generate_series(1, 5000) g;
alter table list enable row level security;
create policy p on list to web using (is_admin() or id > 0);
grant select on list, admins to web;
`)
	tx, err := e.Admin(context.Background(), engine.AdminOptions{Role: "web"})
	if err != nil {
		b.Fatal(err)
	}
	defer func() { _ = tx.Rollback(context.Background()) }()
	for b.Loop() {
		if _, err := tx.Exec(context.Background(), "select count(*) from list", nil); err != nil {
			b.Fatal(err)
		}
	}
}
