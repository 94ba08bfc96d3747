package enginetest

import (
	"context"
	"strings"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/sql/parse"
)

const functionSetup = `
create role member; create role boss;
grant member, boss to authenticator;
grant usage on schema public to member, boss;
create table notes (id serial primary key, owner text, body text);
alter table notes enable row level security;
create function is_mine(who text) returns boolean language plpgsql security definer as $$
begin return who = current_setting('request.who', true); end $$;
create policy mine on notes using (is_mine(owner)) with check (is_mine(owner));
grant select, insert, update, delete on notes to member;
grant select on notes to boss;
grant usage on sequence notes_id_seq to member;
create function add_note(b text) returns notes language plpgsql as $$
declare n notes;
begin
  insert into notes (owner, body) values (current_setting('request.who'), b) returning * into n;
  return n;
end $$;
create function become() returns text language plpgsql as $$ begin set local role boss; return current_user; end $$;
create function pick(ids int[]) returns setof notes language plpgsql stable as $$
begin return query select * from notes where id = any(ids) order by id; end $$;
create function fail_late() returns void language plpgsql as $$
begin insert into notes (owner, body) values (current_setting('request.who'), 'late'); raise sqlstate 'PT409' using message = 'late', detail = 'd', hint = 'h'; end $$;
create function slow() returns int language plpgsql as $$ declare i int := 0; begin loop i := (i + 1) % 10; end loop; end $$;
insert into notes (owner, body) values ('ann', 'first'), ('bob', 'second');
`

// TestFunctionsInRequests calls functions as requests do.
func TestFunctionsInRequests(t *testing.T) {
	t.Parallel()
	for _, e := range []engine.Engine{openSQLite(t), openPostgres(t)} {
		t.Run(e.Name(), func(t *testing.T) {
			ctx := context.Background()
			tx, err := e.Admin(ctx, engine.AdminOptions{})
			if err != nil {
				t.Fatal(err)
			}
			list, err := parse.Script(functionSetup)
			if err != nil {
				t.Fatal(err)
			}
			for _, s := range list.Statements {
				if _, err := tx.Exec(ctx, functionSetup[s.Start:s.End], nil); err != nil {
					t.Fatal(functionSetup[s.Start:s.End], err)
				}
			}
			if err := tx.Commit(ctx); err != nil {
				t.Fatal(err)
			}
			if err := e.Refresh(ctx); err != nil {
				t.Fatal(err)
			}
			g := guard.New(e.Enforces())
			run := func(who string, readOnly bool, timeout string, texts ...string) string {
				r := &engine.Request{Role: "member", SearchPath: []string{"public"}, ReadOnly: readOnly,
					Settings: []engine.Setting{{Name: "request.who", Value: who}}}
				if timeout != "" {
					r.Settings = append(r.Settings, engine.Setting{Name: "statement_timeout", Value: timeout})
				}
				for _, text := range texts {
					stmt, err := parse.Statement(text)
					if err != nil {
						t.Fatal(err)
					}
					s, err := g.Apply(e.Snapshot(), "member", stmt, guard.Options{SearchPath: []string{"public"}, Text: text})
					if err != nil {
						return err.Error()
					}
					r.Steps = append(r.Steps, engine.Step{Statement: s, Format: engine.JSON})
				}
				out, err := e.Run(ctx, r)
				if err != nil {
					if x := errs.Of(err); x != nil && x.Code == "XX000" {
						return err.Error() + " " + x.Err.Error()
					}
					return err.Error()
				}
				var all []string
				for _, x := range out {
					all = append(all, string(x.JSON))
				}
				return strings.Join(all, "; ")
			}
			for _, c := range []struct {
				who      string
				readOnly bool
				timeout  string
				texts    []string
				want     string
			}{
				{"ann", true, "", []string{"select body from notes"}, `{"body":"first"}`},
				{"ann", false, "", []string{"select body from notes"}, `{"body":"first"}`},
				{"ann", false, "", []string{"select * from add_note('third') as n"}, `{"id":3,"owner":"ann","body":"third"}`},
				{"ann", false, "", []string{"select (add_note('fourth')).body"}, `{"body":"fourth"}`},
				{"ann", true, "", []string{"select * from add_note('no') as n"}, "25006: cannot execute INSERT in a read-only transaction"},
				{"bob", true, "", []string{"select * from pick('{1,2,3}')"}, `{"id":2,"owner":"bob","body":"second"}`},
				{"bob", false, "", []string{"select become()", "select current_user::text as u", "select count(*) as n from notes"}, `{"become":"boss"}; {"u":"boss"}; {"n":1}`},
				{"bob", false, "", []string{"select become()", "delete from notes"}, "42501: permission denied for table notes"},
				{"bob", false, "", []string{"select fail_late()"}, "PT409: late"},
				{"bob", false, "", []string{"select count(*) as n from notes"}, `{"n":1}`},
				{"eve", false, "", []string{"insert into notes (owner, body) values ('ann', 'x')"}, `42501: new row violates row-level security policy for table "notes"`},
				{"ann", false, "300ms", []string{"select slow()"}, "57014: canceling statement due to statement timeout"},
				{"ann", true, "", []string{"select count(*) as n from notes where is_mine(owner)"}, `{"n":3}`},
			} {
				if got := run(c.who, c.readOnly, c.timeout, c.texts...); got != c.want {
					t.Errorf("%s %v: %s, not %s", c.who, c.texts, got, c.want)
				}
			}
		})
	}
}
