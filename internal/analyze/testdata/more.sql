-- What REST's plans look like
select coalesce(json_agg(x), '[]') from (select p.id, p.title, (select row_to_json(f) from (select f.username from profiles f where f.id = p.author) f) as author from posts p) x
select row_to_json(r) from (select id, title as "Title", meta from posts p join profiles f on p.author = f.id) r
select (select json_agg(row_to_json(c)) from (select c.id, c.text from comments c where c.post_id = p.id order by c.likes desc limit 3) c) as comments from posts p
select json_build_array(p.id), to_json(p), to_jsonb(p.tags), array_to_json(array[1]), json_object('{a,b}') from (select 1 as id, array['x'] as tags) p
select count(*) over (), x.* from (select * from posts) x
select * from json_populate_recordset(null::posts, '[{"id":1}]')
select * from json_populate_record(null::app.pair, '{"a":1}')
insert into posts (author, title) select author, title from json_populate_recordset(null::posts, $1) returning id
insert into posts (author, title) select author, title from jsonb_to_recordset($1) as x (author uuid, title text)
select * from posts where title = any ($1) and id <> all ($2) and tsv(title) @@ 'x'
select * from posts where meta @> $1
select p.title || ' ' || coalesce(p.body, '') as text from posts p
-- Names
select "id" from "posts"
select "ID" from posts
select app.posts.id from app.posts
select app.posts.id from posts
select public.posts.id from posts
select posts.id from app.posts
select other.posts.id from posts
select a.b.c.d.e from posts
select (posts).id, (posts).nosuch from posts
select (p).id from posts p
select (p.loc).a from posts p
select (select posts) from posts
select id as id, id as id from posts order by id
select id, id + 1 as id from posts order by id
select title as "Select" from posts order by "Select"
select p.id from posts as p (pk, who)
select pk, who from posts as p (pk, who)
select p.author from posts as p (pk, who)
select x from posts as x
select x from (select 1) as x
select x from (select 1 as a, 2 as b) as x
select x.x from (select 1 as x) as x
select g from generate_series(1, 2) g
select g.g from generate_series(1, 2) g
select g.* from generate_series(1, 2) g
select postss.id from posts
select tilte from posts
select boddy, idd from posts
select usernme from posts p join profiles f on true
select p.usernme from posts p join profiles f on true
select comment.id from comments
select id from posts where exists (select 1 from comments where post_id = posts.nosuch)
select id from posts where exists (select 1 from comments where post_id = post.id)
-- Joins
select * from posts p join profiles f on p.author = f.id join comments c on c.post_id = p.id where f.mood > 'sad'
select * from (posts p join profiles f on p.author = f.id) j
select j.id from (posts p join comments c on p.id = c.id) j
select j.title from (posts p join profiles f on p.author = f.id) j
select p.title from (posts p join profiles f on p.author = f.id) j
select * from posts join comments using (id) as u
select u.id from posts join comments using (id) as u
select id, posts.id, comments.id from posts left join comments using (id)
select id from posts right join comments using (id)
select id from posts full join comments using (id) where id = 5
select * from posts cross join profiles
select * from posts, profiles where author = profiles.id
select * from posts p join comments c on c.post_id = q.id
select * from posts p, comments c join profiles f on f.id = p.author
select * from posts natural left join comments
select * from profiles natural join posts
select * from posts join comments using (id, id)
select count(*) from posts a join posts b using (id) join posts c using (id)
select id from posts a join posts b using (id) join posts c on c.id = a.id
select * from posts p left join comments c on true and p.id
-- Types and operators
select 1::int2 + 1::int2, 1::int2 + 1, 1 + 1::int8, 1::int8 + 1.5, 1::float4 * 2::float8, 1.5 / 2, 10 % 3, 2 ^ 10
select '5' + 5, 5 || '5', '5' || '5', 5 - '3', '5' * 2.5
select 'a'::text || 'b'::varchar, 'a'::varchar = 'a'::text, 'a'::char(3) = 'a', 'a'::char(3) || 'b'
select true and 'f', not 'true', 'x' is null
select 5 = '5', 5 = 5.0, '5' = 5.0, 5 = 'x'
select true = 1
select '2020-01-01' < now(), now() > '2020-01-01'::date, now()::date = '2020-01-01', current_date - 5, current_date - '2020-01-01'
select now() + 5
select interval '1 day' * 2, 2 * interval '1 day', interval '1 day' / 2, interval '1 day' + time '10:00', now() - '1 day'::interval
select '{1,2}'::int[] || 3, 3 || array[1], array[1] || array[2], array[1,2] && array[2], array[1] @> '{1}', array[1] = '{1}'
select array[1,2] || '{3}', array['a'] || 'b', array['a'] || '{b}'
select array[1] || 'x'
select array[1] @> array['a']
select '{"a":1}'::jsonb -> 'a' ->> 0, '{"a":1}'::jsonb - 'a', '{"a":1}'::jsonb || '{"b":2}', '{"a":1}'::jsonb #- '{a}'
select '{"a":1}'::json || '{}'
select 'abc' ~ 'b', 'abc' ~* 'B', 'abc' !~ 'x', 'abc' ^@ 'a'
select int4range(1,2) && int4range(2,3), 5 <@ int4range(1,10), int4range(1,10) @> 5::bigint, '[1,2]'::int4range * '[2,3]', numrange(1,2) + numrange(2,3)
select '1.2.3.4'::inet << '1.2.3.0/24', inet '1.2.3.4' + 5, host('1.2.3.4'), family('::1')
select 'x'::"char", 'x'::name || 'y', 'x'::name = 'x'::text, 1::oid = 1, 'posts'::regclass = 5
select null::int = null::int, null || 'x', null = 5
select 1 = any ('{1,2}'::bigint[]), 'a' = any ('{a}'), 1 <> all (array[1.5])
select 5 in (1, 2.5, '3'), 'a' in ('b', null), null in (1, 2), (1, 'a') in ((1, 'a'), (2, 'b'))
select 5 not in (1, 2), title not in ('a') from posts
select mood > 'sad', mood::text like 's%', mood in ('ok', 'sad'), mood = any (array['ok', 'happy']::mood[]), max(mood) from profiles group by mood
select mood like 's%' from profiles
select mood || 'x' from profiles
select mood = 'ok'::text from profiles
select email || 'x', email = 'a@b', lower(email), age + 1, age = 5, max(age), sum(age) from profiles group by email, age
select age::text, email::varchar(3), 5::posint, 'x@y'::email || 'z' from profiles
select 'noat'::email
select case when age > 5 then age else 1 end, coalesce(age, 0), coalesce(email, 'x'), nullif(email, 'x') from profiles
select array_agg(age), array[age, 1], array[email, 'x'] from profiles group by age, email
select score::int, score::text, score::numeric(5,1), score = 5, score > '1.5', score + rank, score * 2.5::float8 from posts
select rank + 1, rank * rank, rank / 2, rank + 1::bigint, -rank, rank::text, rank = '5' from posts
select published::int, published::text, 1::bool, 'yes'::bool, published = 'true', published > false from posts
select 5::text::int, '5'::text + 1
select '5'::text::int + 1, 5::varchar, 5::char(2), 'abc'::char, 'abc'::"char"
select 5::money, '5'::money, 5.5::money, 5::money::numeric, 5::bit(8), '101'::bit(3)::int
select bytea '\x00' || '\x01', length('\x00'::bytea), encode('a', 'base64'), 'a'::bytea
select 'a'::uuid
select '8c4a5b6e-0000-4000-8000-000000000001'::uuid = '8c4a5b6e-0000-4000-8000-000000000001', gen_random_uuid()::text
select timestamp '2020-01-01' = timestamptz '2020-01-01', date '2020-01-01' = timestamp '2020-01-01', date '2020-01-01' < now()
select time '10:00' + date '2020-01-01', timetz '10:00+00' at time zone 'UTC', now() at time zone 'UTC', timestamp '2020-01-01' at time zone 'UTC'
select extract(dow from now()), extract('year' from date '2020-01-01'), extract(epoch from interval '1 day'), extract(foo from now())
select cast(null as int), cast('1' as numeric(3,1)), cast(1.55 as numeric(3,1))
select 99999999999, 999999999999999999999, 1.0, 1e5, -5, - 5, +5, -2147483648
select 'a' 'b'
select e'a\nb', $$x$$, u&'\0061'
select 1 as "a b", 2 "c", 3 d
select 1 < 2 < 3
select 1 = 2 = false
select - 5 ^ 2, 2 ^ - 1, not true or true, 5 between 1 and 10 and true
select 1 is distinct from null, null is not distinct from null, (1, 2) is distinct from (1, 3), row(1, null) is null
select 1 + null, null + null, null || null, null and true
-- Functions
select upper('a'), initcap('a b'), reverse('a'), repeat('a', 3), lpad('a', 5), lpad('a', 5, 'x'), replace('a', 'a', 'b'), translate('a', 'b', 'c'), strpos('a', 'b'), left('abc', 2), right('abc', 2), chr(65), ascii('a')
select substring('abc', 2), substring('abc', 2, 1), substring('abc' from 'b'), substr('abc', 2), btrim(' a '), ltrim('a', 'b'), trim('a'), trim(leading from 'a')
select char_length('a'), character_length('a'), octet_length('a'), bit_length('a'), length('a'), length('a'::char(5))
select regexp_match('a', 'b'), regexp_matches('a', 'b'), regexp_split_to_array('a b', ' '), regexp_split_to_table('a b', ' '), string_to_array('a,b', ','), array_to_string(array[1], ',')
select to_number('5', '9'), to_date('2020', 'YYYY'), to_timestamp(5), to_timestamp('2020', 'YYYY'), to_char(1.5, '9.9'), to_char(interval '1 day', 'DD')
select date_trunc('day', date '2020-01-01'), date_trunc('day', interval '1 day'), date_bin('1 day', now(), now()), age(now(), now()), now() - current_date
select greatest(1, 2::bigint, 3.5), least(date '2020-01-01', now()), greatest('a', 'b'), greatest(null, 1)
select greatest(1, 'a')
select abs(-1::int2), abs(-1.5), round(1.5), round(1.55, 1), round(1.5::float8), ceil(1), floor(1.5::float4), trunc(1.55, 1), sqrt(4), power(2, 2), power(2::float8, 2), exp(1), ln(2), log(10), log(2, 8), mod(5, 2), mod(5::int8, 2), gcd(4, 6), factorial(5)
select random(), setseed(0.5), pi(), sin(1), degrees(1), cbrt(8), sign(-5), div(5, 2), width_bucket(5, 1, 10, 3)
select array_append(array[1], 2), array_prepend(1, array[2]), array_cat(array[1], array[2]), array_remove(array[1], 1), array_replace(array[1], 1, 2), array_position(array[1], 1), array_positions(array['a'], 'a'), array_dims(array[1]), array_lower(array[1], 1), array_ndims(array[1]), array_fill(0, array[2]), unnest(array[1])
select array_append(null, 1), array_agg(null), array_length('{1}', 1)
select array_append('{a}', 'b')
select array_position(array['a'], 1)
select array_cat(array[1], array['a'])
select array_append(array[1], 1.5)
select jsonb_array_length('[]'), jsonb_typeof('1'), jsonb_each('{}'), jsonb_object_keys('{}'), jsonb_extract_path_text('{}', 'a', 'b'), jsonb_pretty('{}'), jsonb_strip_nulls('{}'), jsonb_insert('{}', '{a}', '1'), to_jsonb(1), to_jsonb('a'::text)
select to_jsonb('a')
select to_json(null)
select jsonb_build_object('a', 1, 'b', 'x'), jsonb_build_object(), jsonb_build_array(1, 'a', null), json_build_object('a', now())
select jsonb_build_object('a')
select jsonb_set('{}', array['a'], to_jsonb(5)), jsonb_set('{}', '{a}', '1', false), jsonb_set(target => '{}', path => '{a}', new_value => '1')
select jsonb_path_exists('{"a":1}', '$.a'), jsonb_path_query_array('[]', '$[*]'), '{"a":1}'::jsonb @? '$.a', '{"a":1}'::jsonb @@ '$.a > 0'
select make_date(2020, 1, 1), make_time(1, 1, 1), make_timestamp(2020, 1, 1, 1, 1, 1), make_timestamptz(2020, 1, 1, 1, 1, 1), make_interval(days => 5, hours => 3), make_interval(1, 2)
select current_setting('x'), current_setting('x', true), set_config('a', 'b', false), version(), current_database(), pg_typeof(1), pg_typeof('a')
select coalesce(current_setting('request.jwt.claims', true)::jsonb ->> 'sub', '')::uuid
select (current_setting('request.jwt.claims', true)::json ->> 'exp')::bigint > extract(epoch from now())
select has_table_privilege('posts', 'select'), has_schema_privilege('app', 'usage'), pg_has_role('postgres', 'member'), obj_description('posts'::regclass), col_description(1, 1), format_type(23, null)
select nextval('app.posts_id_seq'::regclass), lastval(), setval('posts_id_seq', 5), currval('nosuch')
select generate_series(1, 10, 2), generate_series(now(), now(), '1 day'), generate_series(1, 2.5)
select generate_series('a', 'b')
select string_agg(title, ', '), string_agg(distinct title, ',' order by title), array_agg(title order by id desc nulls last), json_agg(title order by title) from posts
select string_agg(title) from posts
select string_agg(distinct title, ',' order by id) from posts
select count(distinct author), count(distinct (author, title)), sum(distinct rank), bool_or(published), bit_and(rank), var_pop(rank), stddev(score), corr(rank, rank), mode() within group (order by title), percentile_disc(0.5) within group (order by score) from posts
select count(distinct raw) from posts
select min(published) from posts
select min(author) from posts
select min(loc) from posts
select sum(published) from posts
select avg(posted) from posts
select max(raw) from posts
select max(tags), min(created_at), max(email), max(age), max(mood) from profiles
select sum(id), sum(rank), sum(score), avg(id), avg(score), sum(words) from posts
select rank() within group (order by 5) from posts
select count(*) filter (where count(*) > 1) from posts
select sum(rank) filter (where rank) from posts
select lower(title) filter (where true) from posts
select lower(distinct title) from posts
select lower(title order by id) from posts
select count(title order by id) from posts
select nosuch(title order by id) from posts
select rank() over w, dense_rank() over (w order by id), ntile(4) over (order by id), lead(title, 1, 'x') over (order by id), lag(id, 1, 0) over (order by id), nth_value(title, 2) over (order by id), cume_dist() over (order by id), percent_rank() over (order by id) from posts window w as (partition by author)
select sum(rank) over (order by id rows between unbounded preceding and 1 following), count(*) over (order by posted range between '1 day' preceding and current row), sum(rank) over (order by score groups between 1 preceding and current row exclude ties) from posts
select sum(rank) over (order by title range between 1 preceding and current row) from posts
select sum(rank) over (order by id rows between 'x' preceding and current row) from posts
select sum(rank) over (order by id rows id preceding) from posts
select sum(sum(rank)) over (), author from posts group by author
select rank, sum(sum(rank)) over () from posts group by author
select row_number() over (order by row_number() over ()) from posts
select id from posts order by row_number() over ()
select row_number() over w from posts window w as (order by id), w as (order by title)
select row_number(5) over () from posts
select sum(rank) over (partition by nosuch) from posts
-- Sets in targets and conditionals
select case when true then generate_series(1, 2) end
select coalesce(generate_series(1, 2), 0)
select * from posts where unnest(array[true])
select * from posts order by generate_series(1, 2)
select count(generate_series(1, 2))
select generate_series(1, generate_series(1, 2))
select * from posts limit generate_series(1, 2)
-- Subqueries
select * from posts where id = (select 1, 2)
select * from posts where (id, title) = (select 1, 'a')
select * from posts where (id, title) < (select id, text from comments limit 1)
select * from posts where id > all (select id from comments) and id = some (select 1)
select * from posts where title > all (select id from comments)
select * from posts where id in (select '5')
select * from posts where id in (values (1), (2))
select * from posts where id in (select 1 union select 2)
select (select max(x.id) from posts x where x.author = p.author) - p.id from posts p
select (select count(p.id) from comments) from posts p
select (select count(p.id) from comments), title from posts p
select (select sum(p.rank + c.likes) from comments c) from posts p
select array(select title from posts order by id), array(select array[1]), array(select row(1, 2))
select exists (select * from posts where nosuch)
select not exists (select from posts) and true
with a as (select 1 as x), b as (select x + 1 as y from a) select * from a, b
with a as materialized (select 1), b as not materialized (select 2) select * from a, b
with a (x, y) as (select 1) select * from a
with recursive a as (select 1 union select * from a) select * from a
with recursive a (n) as (select 1 union all select n + 1 from a where n < (select max(n) from a)) select * from a
with recursive tree as (select id, parent, 1 as depth from comments where parent is null union all select c.id, c.parent, t.depth + 1 from comments c join tree t on t.id = c.parent) select * from tree order by depth
with recursive a as (select 'x' as s union all select s || 'y' from a) select * from a
with recursive a as (select 'x'::varchar(3) as s union all select s || 'y' from a) select * from a
with recursive a as (select 1 as n union all select n from a limit 5) select * from a
with recursive a as (select 1 as n union all select n from a order by 1) select * from a
with recursive a as (select 1 as n intersect select n from a) select * from a
with posts as (select 1 as one) select * from posts
with posts as (select * from posts) select * from posts
with x as (select 1) insert into comments (text) select 'a' from x returning id
with x as (select id from posts) delete from comments where post_id in (select id from x)
with x as (select 1 as id) update comments set likes = x.id from x where comments.id = x.id
with x as (update comments set likes = 1 returning *) select count(*) from x
with x as (delete from comments returning id, text) insert into comments (text) select text from x
insert into comments with x as (select 5 as i) select i from x
select * from posts union select * from posts order by title
select id, title from posts union all select id, text from comments
select id from posts union all select score from posts
select title from posts union select 'x' union select null
select null, 1 union select 'a', null union select 'b', 2.5
select 1 union select 'a' union select 2
select '1' union select 2
(select id from posts) except all (select id from comments) limit 3
select 1 as a union select 2 as b order by a
select 1 as a union select 2 as b order by b
select 1 as a union select 2 order by 2
select posted from posts union select created_at from profiles
select id from posts union select mood from profiles
(values (1, 2), (3, 4)) union select 5, 6
values (1, 2) order by column2 desc limit 1
values (default)
values (1), (null), ('5')
values ('a'), (null)
values (1, 'x'), ('y', 2)
select * from (values (1), (2.5), (null)) v
select * from (values ('a'), ('b')) v (x) where x = 'a'
-- Writes
insert into posts values (default, null, 'a')
insert into posts (title) values ('a'), (default), (null)
insert into posts (title) values (upper('a') || 5)
insert into posts (title) values (1.5), ('x')
insert into posts (meta) values ('{}')
insert into profiles (meta, tags, mood, age, email) values ('{}', '{a}', 'ok', 5, 'a@b'), (null, array['x'], 'sad', '6', null)
insert into profiles (meta) values ('{bad')
insert into profiles (meta) values (5)
insert into profiles (meta) values (array[1])
insert into profiles (tags) values (5)
insert into profiles (tags) values (array[1])
insert into profiles (tags) values ('x')
insert into profiles (mood) values ('bad')
insert into profiles (mood) values ('ok'::text)
insert into profiles (mood) select 'ok'
insert into profiles (mood) select 'ok' from posts union select 'sad'
insert into profiles (age) select id from posts
insert into profiles (age) select title from posts
insert into profiles (username, full_name) select title, title from posts order by title
insert into profiles (username) select distinct title from posts
insert into profiles select * from profiles
insert into profiles select * from posts
insert into comments (likes, price, ratio, dbl, code, flags, data, ip, took, at) values (1.5, 5, 5, 5, 5, '1010', 'x', '1.2.3.4', '1 day', now())
insert into comments (likes) values ('1.5')
insert into comments (at) values (current_date), ('now'), (null)
insert into comments (took) values (5)
insert into comments (flags) values (5)
insert into comments (price) values (5.5), ('5'), (5)
insert into comments (text) values (array[1])
insert into comments (text) values ((select 1))
insert into comments (text) values ((select title from posts limit 1)), ((select nosuch from posts))
insert into comments (text) values (row(1, 2))
insert into comments (text, likes) values (('a', 1))
insert into comments (text, likes) values ('a', 1, 2)
insert into comments (text) select
insert into comments as c (text) values ('x') returning c.id, c.text
insert into comments as c (text) values ('x') returning comments.id
insert into comments as c (id, text) values (1, 'x') on conflict (id) do update set text = c.text || excluded.text
insert into comments as c (id, text) values (1, 'x') on conflict (id) do update set text = comments.text
insert into comments (id) values (1) on conflict (id, id) do nothing
insert into comments (id) values (1) on conflict (id) where likes > 5 do nothing
insert into comments (id) values (1) on conflict ((id)) do nothing
insert into comments (id) values (1) on conflict (id) do update set (text, likes) = ('a', 1)
insert into comments (id) values (1) on conflict (id) do update set (text, likes) = (select 'a', 1)
insert into comments (id) values (1) on conflict (id) do update set text = default
insert into comments (id) values (1) on conflict (id) do update set likes = excluded.likes + likes
insert into comments (id) values (1) on conflict (id) do update set nosuch = 1
insert into comments (id) values (1) on conflict (id) do update set likes = excluded.nosuch
insert into comments (id) values (1) on conflict (id) do update set likes = max(1)
insert into comments (id) values (1) returning excluded.id
insert into posts (title) values ('x') on conflict (title, author) do nothing
insert into posts (title) values ('x') on conflict (lower(title)) where published and true do nothing
insert into posts (title) values ('x') on conflict (lower(title)) where not published do nothing
insert into posts (title, words) values ('x', default), ('y', default)
insert into posts (title, words) values ('x', default), ('y', 5)
insert into posts (id) overriding system value values (default), (5)
insert into comments (id) overriding user value values (5)
insert into comments (text) values (default) returning text, id, 'x' as y, *
insert into comments (text) values ('a') returning count(*)
insert into comments (text) values ('a') returning (select max(id) from comments)
update comments set likes = likes + 1, text = upper(text) where id in (select id from posts) returning *
update comments set likes = (select count(*) from posts where posts.id = comments.post_id)
update comments c set likes = 1 where comments.id = 1
update comments set c.likes = 1
update comments set (likes, text) = (1, default)
update comments set (likes, text) = row(1, 'a')
update comments set (likes, text) = (1, 'a', 2)
update comments set (likes, text) = ('x', 1)
update comments set likes = 1 from posts p, profiles f where p.author = f.id and p.id = post_id
update comments set likes = 1 from comments c2 where c2.id = comments.parent
update comments set likes = 1 from comments
update comments set likes = 1 from posts p join profiles f on f.id = comments.id
update comments set likes = x.n from (select count(*) as n, post_id from comments group by post_id) x where x.post_id = comments.post_id
update comments set likes = x.n from lateral (select comments.id as n) x
update comments set likes = row_number() over ()
update comments set likes = generate_series(1, 2)
update comments set ctid = null
update comments set text = null, likes = null
update comments set likes = 5 returning old.likes
update comments set likes = '5', took = '1 day', ip = null, price = '5.5', code = 5
update comments set at = now(), took = now() - at
update posts set title = 'a' where published = 'x'
update posts set loc = (1, 'a')
update posts set loc = row(1, 'a'), span = '[2020-01-01,2020-01-02)'
update posts set loc = '(1,a)'
update posts set posted = '2020-01-01'::timestamp
update posts set posted = 5
update posts set search = to_tsvector(title), raw = '{}', raw = '[]'
update posts set score = 'NaN', rank = 5.5, author = 'x'
delete from comments c where c.likes > 5 and exists (select 1 from posts where id = c.post_id)
delete from comments using posts where posts.id = post_id
delete from comments using comments
delete from comments where count(*) > 1
delete from only comments returning *
delete from mat
delete from published_checked where id = 5 returning title
-- Views
select count(*), max(title) from published group by author
select p, p.loud from published p
select p from published p where p.id = 1
select (p).title from published p
select title from published group by id
update published p set title = p.title || f.username from profiles f where f.id = p.author returning p.*
update nested set id = 5
insert into nested values (1, 'x')
insert into published (title) values ('x') on conflict (id) do nothing
insert into published (title) values ('x') on conflict (title) do nothing
insert into published (id, title) values (default, 'x')
insert into published (id, title) overriding system value values (5, 'x') on conflict (id) do update set title = excluded.title returning loud
delete from published using profiles where profiles.id = author
insert into mat values (1)
update mat set one = 2
select * from mat
-- Grouping once more
select p.*, count(c.id) from posts p left join comments c on c.post_id = p.id group by p.id
select p.*, f.username, count(*) from posts p join profiles f on f.id = p.author group by p.id
select p.title, count(*) from posts p group by p.author, p.title having max(p.id) > 5 order by max(p.body), p.title
select p.title from posts p group by p.title order by p.id
select date_trunc('day', created_at) as day, count(*) from profiles group by day order by day
select date_trunc('day', created_at) as day, count(*) from profiles group by date_trunc('day', created_at)
select extract(year from posted) as y, count(*) from posts group by 1 having count(*) > 1 order by 2 desc
select id + 1 from posts group by id + 1
select id + 2 from posts group by id + 1
select case when published then 'a' else 'b' end, count(*) from posts group by case when published then 'a' else 'b' end
select case when published then 'a' else 'b' end, count(*) from posts group by published
select author, (select username from profiles where id = author) from posts group by author
select author, (select username from profiles where id = posts.author and full_name = posts.title) from posts group by author
select coalesce(title, 'x') from posts group by title
select title, author from posts group by (title, author)
select title, author from posts group by (title), ()
select count(*) from posts group by ()
select title from posts group by distinct rollup (title, author), title
select grouping(title) from posts group by author
select grouping(title) from posts
select 1 from posts group by raw
select 1 from posts group by loc, tags
select 1 from posts group by 5
select 1 from posts group by 'a'
select sum(rank) as s from posts group by s
select title t from posts group by t
select f(title) from posts
select distinct title, author from posts order by author, title
select distinct lower(title) from posts order by lower(title)
select distinct lower(title) from posts order by title
select distinct on (lower(title)) title from posts order by lower(title), id
select distinct on (1) title, id from posts
select distinct count(*) from posts
select distinct title from posts group by title, id order by id
select distinct loc, span from posts
-- Limits, locks
select 1 limit 1 + 1 offset 2 * 2
select 1 limit '5'
select 1 limit 2.5
select 1 limit true
select 1 limit (select 5)
select 1 limit all
select 1 fetch first 3 rows only
select title from posts order by title fetch first 3 rows with ties
select title from posts fetch first 3 rows with ties
select * from posts for no key update skip locked
select * from (select * from posts) x for update
select * from posts, comments for update of posts
select title from posts group by title for update
select 1 for update
values (1) for update
select * from generate_series(1, 2) for update of generate_series
select * from published for update
-- Time and session
select localtimestamp(3), current_time(2), current_timestamp(0), current_catalog, user, current_role
select transaction_timestamp(), statement_timestamp(), clock_timestamp(), timeofday()
-- Casts and records of the project
select rec()
select rec() from posts
select mood::bigint, mood + 1::bigint, mood * 2 from profiles
select mood::int from profiles
select mood + 1 from profiles
select * from profiles where mood = 1
select * from rec()
select * from rec() as r (id bigint, title varchar(20))
