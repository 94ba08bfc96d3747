select * from people order by id
select * from pets order by id desc
select id from people where name like 'Al%' order by id
select id from people where name like 'Al' || '%' order by id
select id from people where name like concat('Al', '\_', '%') order by id
select id from people where name like upper('é') || '%' order by id
select id from people where name like lower('%OB') order by id
select id from people where name not like 'A' || '%' order by id
select id from people where name ilike 'B' || '%' order by id
select id from people where name ~ '^[A-Z]' order by id
select id, balance from people order by balance
select id, balance from people order by balance desc nulls last, id
select id from people where balance > 99.9 order by id
select id from people where balance between -5.0 and 100.5 order by balance
select id from people where balance in (1000.0, 99.90) order by id
select id from people where balance = any('{-5,9.99}') order by id
select max(balance), min(balance), sum(balance), avg(balance), count(distinct weight) from people, pets
select age, count(*), array_agg(name order by name), sum(balance) from people group by age order by age
select born, id from people order by born
select id from people where born < '2000-01-01' order by born
select id from people where seen >= '2024-01-01T10:00:00Z' order by seen, id
select id, seen from people order by seen desc, id
select id, score from people order by score, id
select id from people where score > 1 order by id
select id from people where score = 'NaN' or score is null order by id
select id from people where tags @> '{code}' order by id
select id from people where 'math' = any(tags) order by id
select id, tags from people order by tags, id
select id from people where doc ->> 'a' = 'x' or doc @> '{"b":[2]}' order by id
select id, doc from people order by doc, id
select id, doc -> 'a', doc ? 'a' from people order by id
select "Mixed Case", count(*) from people group by 1 order by 1
select id from people where "Mixed Case" = 'x' order by id
select "Mixed Case" || '|', length("Mixed Case") from people order by id
select p.name, t.kind, t.weight from people p join pets t on t.owner = p.id order by t.id
select p.name, t.kind from people p left join pets t on t.owner = p.id order by p.id, t.id
select p.name, t.kind from people p right join pets t on t.owner = p.id order by t.id
select p.name, t.kind from people p full join pets t on t.owner = p.id order by p.id, t.id
select p.name, count(t.id), sum(t.weight) from people p left join pets t on t.owner = p.id group by p.id, p.name order by p.id
select name from people p where exists (select 1 from pets where owner = p.id and kind = 'cat') order by name
select name from people where id not in (select owner from pets where owner is not null) order by id
select kind, weight from pets where weight = (select min(weight) from pets) order by id
select distinct weight from pets order by weight
select distinct on (kind) kind, id from pets order by kind, weight desc nulls last, id
select stay, stay && '[4,6)', lower(stay), fed from pets order by stay, id
select id, fed from pets order by fed, id
select fed, count(*) from pets group by fed order by fed
select chip from pets where chip = 'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11'
select p from people p where id = 1
select row_to_json(p) from people p where id in (1, 4) order by id
select json_agg(p order by id) from pets p where id < 12
select p.name, (select json_agg(row_to_json(x)) from (select kind, weight, fed from pets where owner = p.id order by id) x) from people p where id < 3 order by id
select p.name, coalesce((select jsonb_agg(t) from (select kind from pets where owner = p.id order by id) t), '[]') from people p order by p.id
select t.kind, (select row_to_json(x) from (select name from people where id = t.owner) x) from pets t order by t.id
select t.kind, row_to_json(p) from pets t left join people p on p.id = t.owner and p.id = 2 order by t.id
select t.id, p from pets t left join (select id, name from people) p on p.id = t.owner order by t.id
select id, row_number() over (partition by kind order by weight nulls first), sum(weight) over (partition by kind order by id), lag(kind) over (order by id) from pets order by id
select kind, rank() over (order by weight desc) from pets where weight is not null order by id
select count(*) from people a, people b where a.age < b.age
select a.id, b.id from people a join people b on a.age = b.age and a.id < b.id order by 1, 2
select age + 1, age * 2.5, age / 2, -age, age % 3 from people where age is not null order by id
select coalesce(age, 0) as a, case when balance > 50 then 'rich' when balance is null then 'unknown' else 'poor' end from people order by id
select id from people order by age nulls first, id limit 3 offset 1
select id from people where (age, id) > (7, 5) order by age, id
select name, x from people, unnest(tags) x order by id, x
select p.id, e.key, e.value from people p, jsonb_each(case when jsonb_typeof(doc) = 'object' then doc else '{}' end) e order by 1, 2
with cats as (select * from pets where kind = 'cat'), heavy as materialized (select * from cats where weight > 4.2) select c.id, h.id from cats c left join heavy h on h.id = c.id order by c.id
select kind from pets union select name from people where id < 3 order by 1
select weight from pets intersect select balance from people union all select 1 order by 1
select id::text, weight::text, stay::text, chip::text from pets order by id
select extract(year from born), born + 1, born::text, to_char(seen, 'YYYY-MM-DD') from people order by id
select kind, string_agg(id::text, '+' order by id desc) filter (where weight > 4.5) from pets group by kind order by kind
select kind, grouping(kind), count(*) from pets group by rollup (kind) order by kind nulls last
select id from people where name > 'Alfred' and name <= 'bob' order by name
select p.*, t.id from people p join lateral (select * from pets where owner = p.id order by weight desc limit 1) t on true order by p.id
select (select name from people where id = owner), kind from pets order by id
select (select kind from pets where owner = p.id) from people p order by id
select ctid is not null, tableoid::regclass::text = 'people' from people where id = 1
select balance::text from people order by balance::text
select string_agg(balance::text, ',' order by balance::text) from people
select min(balance::text), max(balance::text), min(case when balance > 50 then born else born end), max(case when balance = 9.99 then name else name end) from people
select id from people where balance::text < '2' order by id
select id from people where '2' > balance::text order by id
select distinct case when weight > 4 then kind else kind || 'x' end k from pets order by k
select s.k from (select case when weight = 4.2 then '10' else '9' end k from pets) s order by s.k
select count(distinct weight::text), count(distinct weight) from pets
select weight::text, count(*) from pets group by weight::text order by 1
select id from people where name = case when balance = 100.5 then 'Ada' else 'x' end order by id
select id from people where name in (case when balance = 100.5 then 'Ada' else 'x' end, 'Bob') order by id
select case name when case when balance = 100.5 then 'Ada' end then 1 else 2 end from people order by id
select doc::text, count(*) from people group by doc::text order by doc::text nulls first
select x::text from (values ('{"a": 1}'::jsonb), ('{"a": 1.0}')) t(x) group by x::text order by 1
select tags::text from people order by tags::text nulls last
select fed::text from pets order by fed::text desc nulls last
select row_number() over (order by weight::text), weight from pets order by 1
select weight::text w from pets union select balance::text from people order by w
