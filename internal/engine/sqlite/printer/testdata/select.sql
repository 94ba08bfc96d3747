select 1
select 1 + 2, 'a' || 'b', null
select * from (values (1,'a'),(2,null),(3,'c')) t(a,b) order by b
select * from (values (1,'a'),(2,null),(3,'c')) t(a,b) order by b desc
select * from (values (1,'a'),(2,null),(3,'c')) t(a,b) order by b nulls first, a desc limit 2 offset 1
select a.x, b.y from (values (1),(2),(3)) a(x) left join (values (2,'two'),(3,'three')) b(x,y) on a.x = b.x order by 1
select a.x, b.y from (values (1),(2),(3)) a(x) right join (values (2,'two'),(4,'four')) b(x,y) on a.x = b.x order by 2
select a.x, b.y from (values (1),(2),(3)) a(x) full join (values (2,'two'),(4,'four')) b(x,y) on a.x = b.x order by 1, 2
select * from (values (1,'l'),(2,'m')) a(x,l) full join (values (2,'two'),(4,'four')) b(x,y) using (x) order by x
select x from (values (1,'l'),(2,'m')) a(x,l) join (values (2,'two'),(4,'four')) b(x,y) using (x)
select * from (values (1,'l'),(2,'m')) a(x,l) natural join (values (2,'two'),(4,'four')) b(x,y)
select * from (values (1),(2)) a(x), (values (3),(4)) b(y) order by 1, 2
select * from (values (1),(2)) a(x) cross join (values (3),(4)) b(y) where x + y > 4 order by 1, 2
select * from (values (9)) z(q), (values (1),(2)) a(x) full join (values (2),(4)) b(y) on x = y order by 2, 3
select count(*), sum(x), avg(x), min(x), max(x) from (values (1),(2),(4)) t(x)
select x % 2, count(*) from (values (1),(2),(4)) t(x) group by 1 order by 1
select x % 2 as k, count(*) from (values (1),(2),(4),(6)) t(x) group by k having count(*) > 1
select count(*) filter (where x > 1), count(distinct x) from (values (1),(2),(2),(null)) t(x)
select string_agg(x, ',' order by x desc) from (values ('a'),('c'),('b')) t(x)
select string_agg(distinct x, ',') from (values ('a'),('c'),('b'),('a')) t(x)
select string_agg(distinct x, ',' order by x desc) from (values ('a'),('c'),('b'),('a')) t(x)
select array_agg(x order by x) from (values (3),(1),(2)) t(x)
select array_agg(distinct x) from (values (3),(1),(null),(3)) t(x)
select array_agg(x) from (values (array[1,2]),(array[3,4])) t(x)
select array_agg(x) from (select 1 where false) t(x)
select bool_and(x), bool_or(x), every(x) from (values (true),(false)) t(x)
select (select max(x) from (values (1),(5)) t(x))
select x, (select count(*) from (values (1),(2),(3)) u(y) where y <= x) from (values (1),(2)) t(x) order by 1
select x from (values (1),(2),(3)) t(x) where exists (select 1 from (values (2)) u(y) where y = x)
select x from (values (1),(2),(3)) t(x) where x in (select y from (values (2),(3)) u(y)) order by x
select x from (values (1),(2),(3)) t(x) where x not in (select y from (values (2),(null)) u(y)) order by x
select x, x in (select y from (values (2),(null)) u(y)) from (values (1),(2)) t(x) order by x
select x from (values (1),(2),(3)) t(x) where x > any (select y from (values (1),(2)) u(y)) order by x
select x from (values (1),(2),(3)) t(x) where x >= all (select y from (values (1),(2)) u(y)) order by x
select x from (values (1),(2),(3)) t(x) where (x, x + 1) in (select y, z from (values (2,3),(3,5)) u(y,z)) order by x
select x from (values (1),(2),(3)) t(x) where x = any (array[1,3]) order by x
select x from (values (1),(2),(3)) t(x) where x = any ('{1,3}') order by x
select x from (values (1),(2),(3)) t(x) where x <> all (array[1,3])
select x from (values (1),(2),(3)) t(x) where x < all (array[2,3])
select x from (values ('abc'),('xbc')) t(x) where x like any (array['a%','y%'])
select 1 = any (null::int[]), 1 = any ('{2,null}'::int[]), 1 <> all ('{2,null}'::int[]), 1 <> all ('{}'::int[])
select array(select x from (values (3),(1),(2)) t(x) order by x)
select array(select x from (values (3),(1),(2)) t(x) where x > 5)
select (select x from (values (1),(2)) t(x))
with w as (select 1 as a union all select 2) select * from w order by a desc
with w(a, b) as (values (1, 'x'), (2, 'y')), v as (select b, a from w where a > 1) select * from v
with recursive n(i) as (select 1 union all select i + 1 from n where i < 5) select sum(i), count(*) from n
with recursive n(i) as (values (1) union select (i * 2) % 7 from n) select * from n order by 1
with recursive t(id, parent, path) as (select 1, null::int, '1' union all select c.id, c.parent, t.path || '/' || c.id from t join (values (2,1),(3,1),(4,2)) c(id,parent) on c.parent = t.id) select path from t order by path
with w as materialized (select 1 a), v as not materialized (select 2 b) select * from w, v
select 1 union select 2 union select 1 order by 1
select 1 union all select 2 union all select 1 order by 1 desc
select 1 union select 2 intersect select 2 order by 1
(select 1 union select 2) intersect select 2
select 1 except select 2
select x from (values (1),(1),(2),(3),(3),(3)) t(x) intersect all select x from (values (1),(1),(1),(3)) u(x) order by 1
select x from (values (1),(1),(2),(3),(3),(3)) t(x) except all select x from (values (1),(3)) u(x) order by 1
select 1 as a, 'x' as b union all select 2.5, null order by a desc limit 1
(select 1 as a order by a limit 1) union all (select 2 order by 1)
select null union all select 1
values (1, 'a'), (2, 'b') order by 1 desc limit 1
select distinct x from (values (1),(2),(1),(null),(null)) t(x) order by x
select distinct on (a) a, b from (values (1,2),(1,1),(2,5),(2,6)) t(a,b) order by a, b desc
select distinct on (a) b from (values (1,2),(1,1),(2,5),(2,6)) t(a,b) order by a desc, b
select a, b, row_number() over (partition by a order by b), rank() over (order by a), dense_rank() over (order by a), sum(b) over (partition by a), lag(b) over (order by b), lead(b, 1, -1) over (order by b) from (values (1,2),(1,1),(2,5)) t(a,b) order by b
select a, sum(a) over (order by a rows between 1 preceding and current row), avg(a) over (order by a rows between 1 preceding and 1 following), first_value(a) over w, last_value(a) over w, nth_value(a, 2) over w, ntile(2) over w, percent_rank() over w, cume_dist() over w from (values (1),(2),(3),(4)) t(a) window w as (order by a) order by a
select a, array_agg(a) over (order by a rows between 1 preceding and 1 following) from (values (1),(2),(3),(4)) t(a) order by a
select a, sum(a) over (order by a range between 1 preceding and current row), count(*) over (order by a groups between unbounded preceding and 1 preceding) from (values (1),(2),(2),(4)) t(a) order by a
select a, sum(a) filter (where a > 1) over () from (values (1),(2),(3)) t(a) order by a
select a, b, count(*), grouping(a, b) from (values (1,'x'),(1,'y'),(2,'x')) t(a,b) group by grouping sets ((a, b), (a), ()) order by 4, 1, 2
select a, b, sum(c) from (values (1,'x',10),(1,'y',20),(2,'x',30)) t(a,b,c) group by rollup (a, b) order by a nulls first, b nulls first
select a, b, sum(c) from (values (1,'x',10),(1,'y',20),(2,'x',30)) t(a,b,c) group by cube (a, b) order by a, b
select count(*) from (select 1 where false) t group by ()
select a from (values (1),(2),(2),(3)) t(a) order by a fetch first 2 rows with ties
select x from (values (1),(2),(3)) t(x) order by x limit null offset null
select x from (values (1),(2),(3)) t(x) limit -1
select x from (values (1),(2),(3)) t(x) offset -1
select * from generate_series(1, 5) g
select * from generate_series(10, 1, -3) with ordinality as t(x, n)
select * from generate_series(1, 3) a, generate_series(1, a) b order by 1, 2
select * from unnest(array[1,2,null]) with ordinality
select * from unnest(array['a','b'], array[1,2,3]) as t(x, y)
select * from rows from (generate_series(1,3), unnest(array['x','y'])) as t(a, b)
select unnest(array[1,2,3]), 'k'
select unnest(array[1,2,3]) as a, unnest(array['x','y']) as b
select x, unnest(y) from (values (1, array[5,6]), (2, '{}'), (3, array[7])) t(x, y) order by 1, 2
select generate_series(1, 3) + 1
select x, s from (values (1),(2)) t(x), lateral (select x * 10 as s) l order by 1
select x, l.* from (values (1),(2)) t(x) left join lateral (select y from (values (1),(1),(3)) u(y) where y = x order by y limit 1) l on true order by 1
select x, l.n from (values (1),(2)) t(x) cross join lateral (select count(*) as n from generate_series(1, x)) l order by 1
select x, l.* from (values (1),(2)) t(x), lateral (values (x, 'a'), (x + 1, 'b')) l(p, q) order by 1, 2
select t from (values (1,'a b'),(2,null)) t(a,b) order by a
select (t).a from (select 1 as a, 2 as b) t
select row(1, 'x', null)
select (row(1, 2)) = (row(1, 2)), row(1, 2) < row(1, 3), (1, null) = (1, null), (1, 2) is distinct from (1, 3)
select row(1, null) is null, row(null, null) is null, row(1, 2) is not null, row(1, null) is not null
select t.* from (select 1 as a, 2 as b) t where t is not null
select case 2 when 1 then 'one' when 2 then 'two' else 'many' end, case when null then 1 end
select coalesce(null, 2), nullif(1, 1), nullif(1, 2), greatest(1, null, 3), least('b', 'a')
select 1 is distinct from null, null is distinct from null, 1 is not distinct from 1
select true and null, false and null, true or null, not null, true is true, null is unknown, null is not true, false is not false
select x is null, x is not null from (values (1),(null)) t(x)
select 1 where 1 between 0 and 2 and 5 not between 1 and 4 and 3 between symmetric 5 and 1
select cast('12' as int), '1.50'::numeric, 3.7::int, '2020-01-02'::date, true::text, 1::bool, 'x'::varchar(3)
select 'abcdef'::varchar(3), 'ab'::char(4) || '|', 12345.678::numeric(8,1)
select 2147483647 + 1
select 2147483647::int8 + 1, 9223372036854775807 + 1
select 1 / 0
select 7 / 2, -7 / 2, 7 % 3, -7 % 3, 7.0 / 2, 2 ^ 10, |/ 16.0, @ -5, 5 & 3, 5 | 3, 5 # 3, ~5, 1 << 4, 16 >> 2
select 1 in (1, 2), 3 in (1, null), 3 not in (1, 2)
select current_setting('server_version_num') is not null, current_setting('no.such', true)
select current_setting('no.such')
select set_config('my.x', 'v', true), current_setting('my.x')
select json_agg(t) from (values (1,'a'),(2,null)) t(a,b)
select row_to_json(t) from (values (1,'a"b'),(2,null)) t(a,b) order by a
select json_agg(row_to_json(t)) from (values (1,'a'),(2,null)) t(a,b)
select json_agg(x order by x desc) from (values (1),(2)) t(x)
select json_agg(x) from (values (array[1,2]),(array[3])) t(x)
select jsonb_agg(t) from (values (1,'a'),(2,null)) t(aa,b)
select json_build_object('a', 1, 'b', null, 'c', array[1,2], 'd', t) from (select 1 as x) t
select jsonb_build_object('bb', 1, 'a', true, 'c', '{"z":1}'::json)
select json_build_array(1, 'x', null, 1.50, true, '2020-01-01'::date)
select to_json('a'::text), to_json(1.50), to_jsonb(array['x',null]), to_json(true), to_json(now()) is not null
select json_object_agg(k, v) from (values ('a',1),('b',2)) t(k,v)
select jsonb_object_agg(k, v) from (values ('bb',1),('a',2)) t(k,v)
select coalesce(json_agg(t), '[]') from (select 1 where false) t
select x, (select json_agg(row_to_json(u)) from (select y, z from (values (1,'p'),(1,'q'),(2,'r')) v(y,z) where v.y = t.x order by z desc) u) from (values (1),(2),(3)) t(x) order by x
select x, (select row_to_json(u) from (select y, z from (values (1,'p'),(2,'r')) v(y,z) where v.y = t.x limit 1) u) from (values (1),(2),(3)) t(x) order by x
select a.x, row_to_json(b) from (values (1),(2)) a(x) left join (values (2,'two')) b(x,y) on a.x = b.x order by 1
select a.x, b from (values (1),(2)) a(x) left join (values (2,'two')) b(x,y) on a.x = b.x order by 1
select a.x from (values (1),(2)) a(x) left join (values (2,'two')) b(x,y) on a.x = b.x where b is null
select (array[10,20,30])[2], (array[10,20,30])[2:3], (array[10,20,30])[:2], ('{{1,2},{3,4}}'::int[])[2][1], (array[1])[5]
select array[[1,2],[3,4]], array[]::int[], array[1,null,3], array['a b','c"d','']
select array[1,2] || 3, 0 || array[1], array[1] || array[2,3], array[1,2] @> array[1], array[1] <@ array[1,2], array[1,2] && array[2,3], array[1,2] = array[1,2], array[1,2] < array[1,3]
select pg_typeof(1), pg_typeof('a'::text), pg_typeof(1.5), pg_typeof(array[1]), pg_typeof(null)
select x from (values (1.10),(1.9),(1.1)) t(x) group by x order by x
select distinct x from (values (2.50),(10),(2.5)) t(x) order by x desc
select max(x), sum(x), avg(x) from (values (2.50),(10),(2.5)) t(x)
select sum(x), avg(x) from (values (9223372036854775807),(1)) t(x)
select x from (values ('NaN'::float8),('inf'),(1),('-inf')) t(x) order by x
select count(*) from (values ('a'),('b')) t(x) where x > 'a' collate "C"
select current_user = session_user, current_date = now()::date
select jsonb_each('{"a":1,"b":"x y"}'), 1
select json_each_text('{"a":1}')
select a, unnest(array_agg(b order by b)) from (values (1, 2), (1, 3), (2, 5)) t(a, b) group by a order by a, 2 desc
select count(*), generate_series(1, 2) from (values (1), (2)) t(a)
select row_number() over (order by a), unnest(array[a, a + 1]) from (values (1), (5)) t(a) order by 1, 2
