package printer_test

import (
	"context"
	"testing"
	"time"

	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/sql/types"
)

// Of the posts the role web sees the public ones alone. Each query divides by zero for every hidden row it looks at: an
// error tells that a condition of the query ran before the rule.
func TestHiddenRowsStayHidden(t *testing.T) {
	d := board(t, 300)
	const leak = "1 / (public::int) = 1"
	for _, sql := range []string{
		"select id from posts where " + leak,
		"select id from posts p where 1 / (p.public::int) > 0 and id < 50",
		"select id from posts where id in (1, 2, 3, 4, 5, 6) and " + leak,
		"select id from (select * from posts) s where " + leak,
		"select id from (select id, public from posts where id < 100) s where " + leak + " order by id",
		"with w as (select * from posts) select id from w where " + leak,
		"with w as not materialized (select * from posts) select id from w where " + leak,
		"with w as materialized (select * from posts) select id from w where " + leak,
		"select a.id from authors a join posts p on p.author_id = a.id and 1 / (p.public::int) = 1",
		"select a.id from authors a join posts p on p.author_id = a.id where 1 / (p.public::int) = 1",
		"select a.id from authors a left join posts p on p.author_id = a.id and 1 / (p.public::int) = 1",
		"select a.id from authors a left join (select * from posts) p on p.author_id = a.id and 1 / (p.public::int) = 1",
		"select a.id from posts p right join authors a on p.author_id = a.id and 1 / (p.public::int) = 1",
		"select a.id from authors a full join posts p on p.author_id = a.id and p.id > 0",
		"select a.id from authors a where exists (select 1 from posts p where p.author_id = a.id and 1 / (p.public::int) = 1)",
		"select a.id from authors a where a.id in (select author_id from posts where " + leak + ")",
		"select a.id, (select count(*) from posts p where p.author_id = a.id and 1 / (p.public::int) = 1) from authors a",
		"select a.id, t.id from authors a, lateral (select * from posts p where p.author_id = a.id and 1 / (p.public::int) = 1) t",
		"select a.id, t.id from authors a left join lateral (select * from posts p where p.author_id = a.id) t on 1 / (t.public::int) = 1",
		"select c.id from posts a join posts b on b.id = a.id and 1 / (b.public::int) = 1 right join posts c on c.id = b.id",
		"select c.id from posts a join posts b on b.id = a.id and 1 / (b.public::int) = 1 join posts c on c.id = b.id and 1 / (c.public::int) = 1",
		"select c.id from posts a left join posts b on b.id = a.id and 1 / (b.public::int) = 1 left join posts c on c.id = b.id and 1 / (c.public::int) = 1",
		"select count(*) filter (where " + leak + ") from posts",
		"select max(1 / (public::int)) from posts",
		"select author_id from posts group by author_id having min(1 / (public::int)) = 1",
		"select id from posts order by 1 / (public::int), id limit 3",
		"select distinct 1 / (public::int) from posts",
		"select id, sum(1 / (public::int)) over (order by id) from posts",
		"select id from posts where " + leak + " union select id from posts where " + leak,
		"select id from posts where case when id > 0 then " + leak + " end",
		"select id from posts where coalesce(" + leak + ", false)",
		"select id from posts where (title || (1 / (public::int))::text) like 'P%'",
		"select p.id, x from posts p, generate_series(1, 1 / (p.public::int)) x where p.id < 40",
		"select p.id, q.id from posts p join posts q on q.id = p.id where 1 / (q.public::int) = 1 / (p.public::int)",
		"select row_to_json(s) from (select id, 1 / (public::int) as x from posts where id < 30) s",
		"select id from posts where substring(title from 1 for (case when public then 1 else -1 end)) = 'P'",
		"select id from posts where (case when public then '1' else title end)::int = 1",
	} {
		p := d.text(t, "web", sql)
		tx := d.conn.Begin(context.Background(), session.Options{Snapshot: d.snap, Role: "web", Sequences: session.NewSequences(nil), Now: time.Now()})
		rows := 0
		err := d.conn.Query(p.SQL, func([]types.Datum) error { rows++; return nil })
		tx.End(true)
		if err != nil {
			t.Errorf("%s: %v\n%s", sql, err, p.SQL)
		} else if rows == 0 {
			t.Errorf("%s: no rows", sql)
		}
	}
}
