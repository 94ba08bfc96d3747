package sqlite

import (
	"context"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
)

// FuzzStatements runs any text as one statement of the owner, over a small schema: whatever it is, the answer is one of
// PostgreSQL's codes and the transaction goes on.
func FuzzStatements(f *testing.F) {
	for _, s := range []string{
		`create table x (a int primary key, b text default 'x' check (b <> ''), c int references t1 on delete set null, unique (a, b))`,
		`alter table t1 add column z numeric(5,2) default 1.5, drop column c, alter column b type varchar(3) using b || 'x'`,
		`create unique index on t1 (lower(b)) where a > 0`,
		`alter type mood add value 'z' before 'x'`,
		`create or replace view v1 as select a, b, 1 as one from t1`,
		`drop table t1 cascade`,
		`grant select (a), update on t1 to public with grant option`,
		`alter group session_user drop user public`,
		`comment on column t1 is null`,
		`create policy q on t1 for update to public using (a = 1) with check (exists (select 1 from t2))`,
		`alter sequence q1 restart with 5 increment by -1`,
		`alter table t1 rename column a to "A"`,
		`create domain d2 as text[] default '{}' not null check (value[1] is not null)`,
		`truncate t1, t2 restart identity cascade`,
		`select * from t1 join t2 on t1.a = t2.a order by 1`,
		`insert into t1 select a + 10, b || 'x', 1 from t1 on conflict (a) do update set c = excluded.c returning *`,
		`set time zone interval '+02:30' hour to minute`,
	} {
		f.Add(s)
	}
	e := openTest(f)
	script(f, e, `create table t1 (a int primary key, b text unique, c int check (c > 0));
create table t2 (id serial, a int references t1 on delete cascade, b text[], j jsonb);
create view v1 as select a, b from t1;
create type mood as enum ('x', 'y');
create domain dom as int check (value > 0);
create sequence q1;
create policy p on t1 using (a > 1);
insert into t1 values (1, 'x', 2), (2, 'y', 3);`)
	f.Fuzz(func(t *testing.T, text string) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		tx, err := e.Admin(context.Background(), engine.AdminOptions{})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = tx.Rollback(context.Background()) }()
		if err := tx.Savepoint(context.Background()); err != nil {
			t.Fatal(err)
		}
		if _, err = tx.Exec(ctx, text, nil); err == nil {
			return
		}
		if x := errs.Of(err); x == nil || x.Code == "XX000" {
			t.Errorf("%v", err)
		}
		// An interrupted write may end the whole transaction; the writer itself must go on.
		if tx.RollbackTo(context.Background()) == nil {
			if _, err := tx.Exec(context.Background(), `select a from t1`, nil); err != nil {
				t.Errorf("afterwards: %v", err)
			}
		}
	})
}
