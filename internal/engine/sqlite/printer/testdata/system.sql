current_database() is not null, current_schema(), current_schemas(false), session_user = current_user, pg_typeof(current_user), version() like 'PostgreSQL%'
set_config('a.b', 'x', true), current_setting('a.b'), current_setting('a.c', true), current_setting('timezone'), current_setting('TimeZone')
nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub'
format_type(23, null), format_type('varchar'::regtype, 14), format_type(1007, -1), format_type(0, null), 'int4'::regtype::text, 25::regtype
pg_typeof('a'), pg_typeof(null::int), pg_typeof(row(1,2))
pg_get_serial_sequence('nope', 'id')
has_table_privilege('nope', 'select')
'no_such_table'::regclass
pg_has_role('postgres', 'member'), has_schema_privilege('public', 'usage')
lastval()
'10.0.0.1'::inet, '10.0.0.0/8'::cidr, '10.0.0.1'::inet << '10.0.0.0/8', '10.0.0.0/8'::inet >>= '10.1.0.0/16', host('10.0.0.1/24'::inet), masklen('10.0.0.1/24'::inet), network('10.0.0.1/24'::inet), family('::1'::inet), '10.0.0.1'::inet::text
select x from (values ('10.0.0.2'::inet),('9.0.0.1'),('10.0.0.0/8'),('::1')) t(x) order by x
'999.0.0.1'::inet
'08:00:2b:01:02:03'::macaddr, B'101', B'101' || B'1', '101'::bit(3), x'1F', B'10' < B'1'
'a'::bytea, '\xDEADBEEF'::bytea, 'abc'::bytea = '\x616263', encode('abc', 'hex')
'{"a":1}'::json::text
case when 1 > 0 then 'x' else 1/0::text end
case when false then 1/0 else 5 end, coalesce(5, 1/0)
select 1 limit 1 offset 0
select (select 1 where false) is null, exists (select 1 where false), not exists (select 1)
select count(*) over (), x from (values (1),(2)) t(x) limit 1
select * from now() n where n is null
select * from coalesce(1, 2) c
select * from current_date d where d is null
select upper(x) u, length(x) from (values ('a'),('bb')) t(x) order by u desc
select a from (values (1, 2)) t(a, b) group by a, b having sum(b) > 1 order by sum(b)
select distinct a % 2 from generate_series(1, 5) a order by 1
select x from generate_series(1, 3) x where x = (select max(y) from generate_series(1, 2) y)
select t.x, count(u.y) from generate_series(1, 3) t(x) left join generate_series(2, 3) u(y) on t.x = u.y group by t.x order by t.x
select * from (select 1 as a) x join (select 1 as a, 2 as b) y using (a) join (select 2 as b, 3 as c) z using (b)
select * from generate_series(1,2) a left join (generate_series(2,3) b join generate_series(2,4) c on b = c) on a = b order by a
select sum(a) from (select a from generate_series(1, 10) a order by a desc limit 3) s
select a, b from generate_series(1,2) a, lateral generate_series(a, 2) b order by a, b
select a, (select string_agg(b::text, ',' order by b desc) from generate_series(1, a) b) from generate_series(1, 3) a order by a
with t as (select generate_series(1, 3) as n) select n, (select count(*) from t t2 where t2.n <= t.n) from t order by n
with recursive f(a, b) as (select 0, 1 union all select b, a + b from f where b < 50) select array_agg(a) from f
select row_number() over (order by x desc), x from unnest(array[10, 30, 20]) x order by 1
select x, sum(x) over (order by x), avg(x) over (order by x rows 1 preceding), max(x) over (partition by x % 2) from generate_series(1, 4) x order by x
select x, string_agg(x::text, ',') over (order by x rows between 1 preceding and 1 following) from generate_series(1, 3) x order by x
select lag(x, 2, 0) over (order by x), lead(x) over (order by x), first_value(x) over (order by x), last_value(x) over (order by x rows between unbounded preceding and unbounded following) from generate_series(1, 3) x
select x / 2, count(*), array_agg(x order by x) from generate_series(1, 5) x group by x / 2 order by 1
select a, b from (values (1, 'x'), (2, 'y')) t(a, b) where (a, b) = (1, 'x') or (a, b) in ((2, 'y'))
select not (1 in (select null::int)), 1 not in (select 2 where false)
select (select a from generate_series(1, 2) a where a = 2), (select array_agg(a) from generate_series(1, 2) a)
select x from (select 1 as x union all select 2) t union select 3 order by x desc limit 2
select 'a' as x union select 'b' union all select 'a' order by x
(select 1 limit 1) union all select 2
select 1 intersect all select 1, 2
select nullif('a', 'b'), nullif(1.0, 1), coalesce(null, null, 'z')
num_nulls(1, null, 'a', null), num_nonnulls(1, null), to_regclass('no_such'), to_regtype('int4'), to_regtype('nope'), pg_try_advisory_xact_lock(1), pg_size_pretty(10240::bigint), pg_size_pretty(123456789::bigint), pg_size_pretty(100::bigint), pg_size_pretty(-20481::bigint)
normalize(U&'\0061\0308', NFC) = U&'\00E4', U&'\00E4' is normalized, U&'\0061\0308' is nfc normalized
parse_ident('Foo."Bar".baz'), parse_ident('a . b')
parse_ident('a.')
parse_ident('1a')
get_bit('\x05'::bytea, 0), set_byte('\x0506'::bytea, 1, 255), position('\x06'::bytea in '\x0506'::bytea), set_masklen('10.0.0.1'::inet, 24), width_bucket(5, array[1,3,6]), sind(30), cosd(60)
