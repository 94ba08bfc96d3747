package system_test

import (
	"context"
	"testing"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/system"
	"github.com/basement-project/basement/internal/testkit"
)

func engines(t *testing.T, f func(t *testing.T, e engine.Engine)) {
	ctx := context.Background()
	t.Run("embedded", func(t *testing.T) {
		e, err := sqlite.Open(ctx, t.TempDir(), sqlite.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = e.Close(ctx) }()
		f(t, e)
	})
	t.Run("postgres", func(t *testing.T) {
		e, err := postgres.Open(ctx, postgres.Options{URL: testkit.PostgreSQL(t)})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = e.Close(ctx) }()
		f(t, e)
	})
}

func query(t *testing.T, e engine.Engine, opt engine.AdminOptions, sql string) string {
	t.Helper()
	ctx := context.Background()
	tx, err := e.Admin(ctx, opt)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(ctx) }()
	r, err := tx.Exec(ctx, sql, nil)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	out := ""
	for _, row := range r.Rows {
		for i, v := range row {
			if i > 0 {
				out += " "
			}
			if v == nil {
				out += "NULL"
			} else {
				out += *v
			}
		}
		out += "\n"
	}
	return out
}

func TestInstall(t *testing.T) {
	engines(t, func(t *testing.T, e engine.Engine) {
		ctx := context.Background()
		if err := system.Install(ctx, e); err != nil {
			t.Fatal(err)
		}
		before := e.Snapshot()
		if err := system.Install(ctx, e); err != nil {
			t.Fatal(err)
		}
		if e.Snapshot() != before {
			t.Error("installing again changed the catalog")
		}
		for _, name := range []string{"anon", "authenticated", "service_role", "authenticator", "supabase_auth_admin"} {
			if before.Role(name) == nil {
				t.Errorf("no role %s", name)
			}
		}
		if r := before.Role("service_role"); r == nil || !r.BypassRLS {
			t.Error("service_role does not pass row security")
		}
		for _, name := range [][2]string{{"auth", "users"}, {"auth", "identities"}, {"auth", "sessions"}, {"storage", "buckets"}, {"storage", "objects"}} {
			if before.Relation(name[0], name[1]) == nil {
				t.Errorf("no table %s.%s", name[0], name[1])
			}
		}
		const id = "11111111-2222-3333-4444-555555555555"
		who := engine.AdminOptions{Role: "authenticated", Claims: `{"sub":"` + id + `","role":"authenticated","email":"a@b.c"}`}
		if got := query(t, e, who, "select auth.uid(), auth.role(), auth.email(), auth.jwt() ->> 'sub'"); got != id+" authenticated a@b.c "+id+"\n" {
			t.Errorf("%q", got)
		}
		if got := query(t, e, engine.AdminOptions{Role: "anon"}, "select auth.uid(), auth.role()"); got != "NULL NULL\n" {
			t.Errorf("%q", got)
		}
		if got := query(t, e, engine.AdminOptions{Role: "anon"}, "select length(extensions.uuid_generate_v4()::text), length(gen_random_uuid()::text)"); got != "36 36\n" {
			t.Errorf("%q", got)
		}
		// What projects write without looking whether it is there.
		tx, err := e.Admin(ctx, engine.AdminOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(ctx) }()
		for _, sql := range []string{
			`create extension if not exists "uuid-ossp" with schema extensions`,
			`create extension if not exists pgcrypto`,
			`create table public.things (id uuid primary key default gen_random_uuid(), owner uuid references auth.users (id) on delete cascade)`,
			`alter publication supabase_realtime add table public.things`,
			`insert into auth.users (id, email, raw_user_meta_data) values ('` + id + `', 'a@b.c', '{"name":"A"}')`,
			`insert into public.things (owner) values ('` + id + `')`,
			`create function public.tell() returns trigger language plpgsql security definer as
$$ begin perform realtime.broadcast_changes('things:' || new.id, tg_op, tg_op, tg_table_name, tg_table_schema, new, old); return null; end $$`,
			`create trigger tell after insert on public.things for each row execute function public.tell()`,
			`insert into public.things (owner) values (null)`,
			`create policy listen on realtime.messages for select to authenticated using (realtime.topic() like 'things:%' and extension = 'broadcast')`,
			`insert into auth.sessions (id, user_id, aal) values (gen_random_uuid(), '` + id + `', 'aal1')`,
			`insert into auth.refresh_tokens (token, user_id) values ('t', '` + id + `')`,
			`create policy p on storage.objects for select to authenticated using (bucket_id = 'avatars' and owner = auth.uid())`,
		} {
			if _, err := tx.Exec(ctx, sql, nil); err != nil {
				t.Errorf("%s: %v", sql, err)
			}
		}
		r, err := tx.Exec(ctx, `select event, payload ->> 'table', payload -> 'record' -> 'owner', payload -> 'old_record' from realtime.messages`, nil)
		if err != nil {
			t.Fatal(err)
		}
		if len(r.Rows) != 1 || *r.Rows[0][0] != "INSERT" || *r.Rows[0][1] != "things" || *r.Rows[0][2] != "null" || *r.Rows[0][3] != "null" {
			t.Errorf("a change was not told: %v", r.Rows)
		}
	})
}
