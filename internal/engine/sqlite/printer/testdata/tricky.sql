select (select sum(p.age) from pets limit 1) from people p
select p.id, (select count(*) from pets t where t.owner = p.id having count(*) > 1) from people p order by id
select (select max(t.weight) + p.id from pets t where t.owner = p.id) from people p order by p.id
select p.age, (select count(*) from pets where owner = max(p.id)) from people p group by p.age order by 1
select age from people group by age having count(*) > (select count(*) from pets where kind = 'dog') order by age
select kind, count(*) filter (where owner in (select id from people where age > 10)) from pets group by kind order by kind
select distinct kind, owner is null as none from pets order by none desc, kind
select distinct upper(kind) u from pets order by upper(kind) desc
select distinct on (kind, owner) kind, owner, id from pets order by kind, owner nulls first, id desc
select id % 2 as m, array_agg(kind order by kind, id) from pets group by m order by m
select length(name), count(*) from people group by length(name) having length(name) > 3 order by 1
select case when age > 10 then 'old' else 'young' end g, count(*), min(name) from people group by case when age > 10 then 'old' else 'young' end order by g
select a.id from people a where a.balance = (select max(b.balance) from people b where b.age = a.age) order by 1
select * from (select id, row_number() over (order by balance desc nulls last) rn from people) s where rn <= 2 order by rn
select id, balance - lag(balance) over w as d, sum(balance) over (w rows between unbounded preceding and current row) from people window w as (order by id) order by id
select kind, sum(count(*)) over (order by kind) from pets group by kind order by kind
select id, count(*) over (partition by kind) c from pets order by c desc, id limit 2
select x.*, y.* from (values (1, 'a'), (2, 'b')) x(i, s) cross join lateral (select i * 10 as j union all select i * 100) y order by 1, 3
select p.id, t.* from people p left join lateral (select kind, sum(weight) w from pets where owner = p.id group by kind order by kind) t on true order by p.id, kind
select p.id, t.n from people p, lateral (select count(*) n from pets where owner = p.id) t where t.n > 0 order by 1
select p.id, q.v from people p, lateral (select unnest(p.tags) v) q order by 1, 2
select p.id, g, t.kind from people p, generate_series(1, 2) g left join lateral (select kind from pets where owner = p.id and id % 2 = g % 2) t on true where p.id < 3 order by 1, 2, 3
select * from people p join (pets t join (values ('cat'), ('dog')) k(kind) using (kind)) on t.owner = p.id order by t.id limit 1
select kind, name from pets left join (select id as owner, name from people) p using (owner) order by pets.id
select owner, kind, name from pets full join (select id as owner, name from people where id > 4) p using (owner) order by owner nulls last, kind
with recursive r(id, depth) as (select id, 1 from pets where owner is null union all select p.id, r.depth + 1 from pets p join r on p.id = r.id - 1 where r.depth < 3) select * from r order by depth
with recursive t(n, s) as (select 1, 'a'::text union select n + 1, s || 'b' from t where n < 4) select string_agg(s, ',' order by n desc) from t
with a as (select id from people where id < 4), b as (select id from a where id > 1), c as (select * from a union all select * from b) select id, count(*) from c group by id order by id
with w as (select 1 x) select (with w as (select 2 x) select x from w), x from w
select * from (with q as (select id from pets) select max(id) m from q) s
select id from people union all select id::int from pets order by id desc limit 3
(select name from people order by balance desc nulls last limit 1) union all (select kind from pets order by id limit 1)
select 1 as n union select 2 union all (select 3 except select 3) order by n
select name, 'p' as src from people where id = 1 union select kind, null from pets where id = 13 order by 2 nulls first
select count(*) from (select 1 from people union select 1 from pets) s
select array(select kind from pets where owner = p.id order by id) from people p order by id
select exists (select 1 from pets where owner = 99), not exists (select 1 from pets), exists (select count(*) from pets where false)
select id from people where (select count(*) from pets where owner = people.id) = 1
select id from people where (id, name) in (select owner, 'Ada' from pets) order by 1
select id from people where (id, age) not in (select owner, 1 from pets where owner is not null) order by 1
select id from people where age > all (select 10 from pets where kind = 'none') order by id
select id from people where age = some (select owner * 20 from pets where owner is not null) order by id
select id from people where balance > any (select weight from pets) order by id
select id, age in (20, null), age not in (7, 8), age in (select 7) from people order by id
select id from people where age is distinct from 20 order by id
select coalesce((select name from people where id = 42), 'nobody'), nullif((select count(*) from pets), 5)
select (array_agg(name order by id))[1], (array_agg(name order by id desc))[1:2] from people
select jsonb_object_agg(name, age order by id) from people where age is not null
select json_agg(json_build_object('n', name, 'pets', (select coalesce(json_agg(kind order by id), '[]') from pets where owner = p.id)) order by id) from people p where id < 4
select row_to_json(q) from (select p.id, (select array_agg(kind order by id) from pets where owner = p.id) kinds, exists (select 1 from pets where owner = p.id) has from people p where id < 3 order by id) q
select to_jsonb(p) - 'doc' - 'tags' from people p where id = 1
select (p).name, (p).age + 1 from people p where (p).id = 4
select p.name from people p where p is not null order by id
select (t).kind from (select t from pets t where id < 12) s order by (t).id
select count(t), count(*) from people p left join pets t on t.owner = p.id
select max(seen), min(born), max(name), min("Mixed Case") from people
select bool_or(age > 30), bool_and(balance > 0), every(id > 0) from people
select age, string_agg(name, ', ' order by name) filter (where balance is not null) from people group by age having bool_or(balance > 0) order by age nulls first
select avg(age), stddev_samp(age), sum(distinct age), count(distinct age) from people
select percentile_cont(0.5) within group (order by age), percentile_disc(0.25) within group (order by name), mode() within group (order by age) from people
select width_bucket(age, 0, 40, 4) b, count(*) from people where age is not null group by b order by b
select born, extract(dow from born), date_trunc('month', seen), age(timestamp '2024-01-01', born::timestamp) from people where born > '1900-01-01' order by id
select id, seen at time zone 'America/New_York' from people where seen < '2030-01-01' order by id
select tags || array['new'], array_length(tags, 1), tags[1], cardinality(tags) from people order by id
select id from people where tags && array['x', 'math'] order by id
select distinct unnest(tags) t from people order by t
select doc -> 'b' -> 0, doc #>> '{b,1}', jsonb_typeof(doc) from people order by id
select id from people order by doc ->> 'a' nulls first, id
select id from people order by "Mixed Case" desc nulls last, id desc
select id from people order by lower(name), id
select id from people order by age * -1, id
select id, name as id2 from people order by id2 limit 2
select name as id, id as name from people order by name limit 2
select sum(id) from people limit 0
select generate_series(1, 3) g, 'x' order by g desc limit 2
select id, generate_series(1, id) from pets where id = 0
select a, b from (select generate_series(1, 2) a, generate_series(1, 3) b) s order by 2
select x from unnest(array[3, 1, 2]) with ordinality t(x, o) order by o desc
select * from (values (1, null), (null, 2)) v(a, b) where a is null or b is null order by a nulls first
select 'it''s' as "Quoted ""Name""", 1 as select
select $$dollar 'quoted'$$, E'\x41\u00e9', U&'\00e9'
select true::int, 't'::bool::text, 1::bool, null::bool is unknown
select -(-5), - - 5, +5, not not true, 2 - -2, 10 - 3 - 2, 2 ^ 3 ^ 2, -2 ^ 2, 7 / 2 * 2, 1 + 2 * 3 % 4
select 1 = 1 = true, 1 < 2 and 2 < 3 or false, not 1 = 2, 1 <> 2, 1 != 1
select 'a' || 'b' like 'a%', 'x' between 'a' and 'z', 3 not between 1 and 2, null between 1 and 2
