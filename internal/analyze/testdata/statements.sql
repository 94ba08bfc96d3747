-- Plain selects
select 1
select 'a', null, 1.5, 3000000000, true, 'x'::text
select * from posts
select p.* from posts p
select id, title as t, body from posts where id = 5
select * from nosuch
select * from app.nosuch
select * from nosuch.t
select nosuch from posts
select posts.nosuch from posts
select titl from posts
select p.titl from posts p
select posts.title from posts p
select x.title from posts p
select id from posts, comments
select posts.id from posts, posts
select count(*) from posts
select sum(score), avg(rank), max(title), min(posted) from posts
select title, count(*) from posts
select title, count(*) from posts group by title
select id, title, count(*) from posts group by id
select p.id, p.title, f.username from posts p join profiles f on f.id = p.author
select * from posts join comments on posts.id = comments.post_id
select * from posts p join comments c using (id)
select id from posts p join comments c using (id)
select * from posts natural join comments
select * from posts full join comments using (id)
select * from posts p left join comments c on p.id = c.nosuch
select * from posts p join comments c using (nosuch)
select * from posts where title
select * from posts where title = 5
select * from posts where id = '5'
select * from posts where id = 'abc'
select * from posts where posted = 'abc'
select * from posts where author = 'x'
select * from profiles where mood = 'bad'
select * from profiles where mood = 'ok' and email = 'a@b' and age > 5
select * from posts where title like 'a%' and body ilike '%b' and title ~ 'x'
select * from posts where id in (1, 2, 3)
select * from posts where id in (1, '2', 3)
select * from posts where id in ('a', 'b')
select * from posts where title in (1, 2)
select * from posts where id not in (select id from comments)
select * from posts where (id, title) in (select id, text from comments)
select * from posts where (id, title) in (select id from comments)
select * from posts where id = any(array[1,2])
select * from posts where id = any('{1,2}')
select * from posts where title = any('{1,2}')
select * from posts where id = any(5)
select * from posts where id between 1 and 5
select * from posts where id between symmetric 1 and 'x'
select * from posts where id is distinct from 3
select * from posts where body is null and not published
select * from posts where published is true and id is not null
select nullif(id, 5), coalesce(title, 'x'), greatest(1, 2.5), least('a', 'b') from posts
select coalesce(id, title) from posts
select coalesce(id, 'x') from posts
select case when published then 1 else 2.5 end from posts
select case id when 1 then 'a' when 2 then 'b' end from posts
select case when id then 1 end from posts
select case when published then 1 else 'x' end from posts
select case when published then 1 else title end from posts
select array[1, 2.5, null], array['a', 'b'], array[]::int[]
select array[]
select array[1, 'x']
select array[[1,2],[3,4]]
select row(1, 'a', null)
select (row(1, 2)).f1
select id::text, '5'::int, title::varchar(3), score::int, posted::timestamptz from posts
select id::uuid from posts
select posted::int from posts
select 'abc'::int
select '1 day'::interval, 'now'::text, '{a,b}'::text[], 'sad'::mood, 'a@b'::email
select 'bad'::mood
select '2020-13-01'::date
select cast('x' as app.nosuch)
select cast(1 as nosuch.t)
select 1 + 'a'
select 1 + '2'
select 'a' + 'b'
select 'a' || 'b', title || 1, 1 || 'a' from posts
select 1 || 2
select id + title from posts
select -title from posts
select - id, + score, @ score, ~ rank from posts
select posted + 1, posted - posted, created_at - created_at, now() - interval '1 day' from posts, profiles
select posted + '1 day' from posts
select created_at > '2020-01-01' from profiles
select created_at > 5 from profiles
select meta -> 'a', meta ->> 'a', meta #> '{a}', meta @> '{}', meta ? 'x' from profiles
select raw -> 0, raw ->> 'x' from posts
select raw = raw from posts
select tags[1], tags[1:2], meta['a'] from profiles
select title[1] from posts
select tags['x'] from profiles
select loc, (loc).a, (loc).* from posts
select (loc).nosuch from posts
select loc.a from posts
select title.a from posts
select lower(title), length(title), now(), gen_random_uuid() from posts
select nosuch(1)
select lower(1)
select lower(title, title) from posts
select nosuch.lower('x')
select length(id) from posts
select round(score), round(score, 1), round(rank), round(1.5::float8, 1) from posts
select abs(-5), abs(-5.5), abs('5')
select substring(title from 2 for 3), position('a' in title), trim(both 'x' from title), overlay(title placing 'x' from 1) from posts
select extract(year from posted), extract(epoch from now()), date_trunc('day', now()), date_part('year', posted) from posts
select to_char(posted, 'YYYY'), to_char(now(), 'HH'), to_char(5, '999') from posts
select coalesce(null, null)
select json_build_object('a', 1), jsonb_agg(id), json_agg(p), row_to_json(p) from posts p group by p
select string_agg(title, ',' order by id), array_agg(distinct rank), count(distinct title) from posts
select count(*) filter (where published) from posts
select sum(title) from posts
select max(published) from posts
select sum(count(*)) from posts
select count(*) from posts where count(*) > 1
select title from posts group by title having count(*) > 1
select title from posts having count(*) > 1
select percentile_cont(0.5) within group (order by score) from posts
select percentile_cont(0.5) from posts
select lower(title) over () from posts
select row_number() over (order by id), rank() over (partition by author order by score desc), sum(score) over w from posts window w as (order by id)
select row_number() from posts
select row_number() over nosuch from posts
select id from posts where row_number() over () > 1
select lag(title) over (order by id), first_value(id) over (order by id rows between 1 preceding and current row) from posts
select distinct title from posts order by id
select distinct on (author) author, title from posts order by author, id
select distinct on (author) author, title from posts order by id
select distinct raw from posts
select title from posts order by 1
select title from posts order by 2
select title as x from posts order by x desc nulls last
select title from posts order by lower(title), id
select title, body as title from posts order by title
select raw from posts order by raw
select title from posts order by 'a'
select id from posts group by 1 order by count(*)
select id from posts limit 5 offset 2
select id from posts limit 'x'
select id from posts limit id
select id from posts limit null
select 1 union select 2
select 1 union select 'a'
select 1 union select '2'
select 1 union all select 2.5
select 1, 2 union select 1
select id from posts union select id from comments order by id
select id from posts union select id from comments order by id + 1
select title from posts union select id from comments
select raw from posts union select raw from posts
select raw from posts union all select raw from posts
select null union select 1
select null union select null
(select 1 order by 1 limit 1) union all (select 2)
select 1 intersect select 2 except select 3
values (1, 'a'), (2, null)
values (1, 'a'), (2)
values (1), ('a')
values (1), (2.5) order by column1
select * from (values (1, 'a'), (2, 'b')) v (x, y)
select * from (select 1 as a, 2 as b) s
select * from (select 1 as a, 2 as b) s (x)
select * from (select 1 as a, 2 as b) s (x, y, z)
select s.a from (select 1 as a) s
select exists (select 1 from posts), (select max(id) from posts), array(select id from posts)
select (select id, title from posts)
select (select title from posts p where p.author = f.id limit 1) from profiles f
select (select f.nosuch from posts p) from profiles f
select id in (select nosuch from comments) from posts
select * from posts p, lateral (select * from comments c where c.post_id = p.id) x
select * from posts p, (select * from comments c where c.post_id = p.id) x
select * from posts p left join lateral (select count(*) as n from comments c where c.post_id = p.id) x on true
select * from posts p right join lateral (select count(*) as n from comments c where c.post_id = p.id) x on true
select * from generate_series(1, 3)
select * from generate_series(1, 3) g
select * from generate_series(1, 3) as g (n)
select * from generate_series(1, 3) with ordinality
select * from unnest(array[1,2]) with ordinality as u (a, b)
select * from unnest(array[1], array['a'])
select generate_series(1, 3), id from posts
select * from posts where generate_series(1, 2) = 1
select * from json_each('{"a":1}')
select * from jsonb_to_record('{"a":1}') as r (a int, b text)
select * from jsonb_to_record('{"a":1}')
select * from json_to_recordset('[]') as (a int)
select * from jsonb_array_elements('[1]') e
select * from jsonb_array_elements_text('[1]') with ordinality as t (v, n)
select * from jsonb_populate_record(null::posts, '{}')
select * from lower('A')
select with_no from with_no
with a as (select 1 as x) select * from a
with a (y) as (select 1 as x) select y from a
with a as (select 1), a as (select 2) select 1
with a as (select * from b), b as (select 1) select * from a
with recursive t as (select 1 as n union all select n + 1 from t where n < 5) select * from t
with recursive t (n) as (values (1) union all select n + 1 from t) select sum(n) from t
with recursive t as (select 1 as n union all select n + 1.5 from t) select * from t
with recursive t as (select n from t union all select 1) select * from t
with recursive t as (select 1 as n) select * from t
with x as (insert into comments (text) values ('a') returning id) select * from x
with x as (insert into comments (text) values ('a')) select * from x
select * from (with x as (delete from comments returning id) select * from x) y
-- Functions of the project
select add(1), add(1, 2), add(b => 3, a => 4), add(a => 1)
select add('x')
select add(1, 2, 3)
select add(nosuch => 1)
select full_title(p), p.full_title from posts p
select full_title from posts
select * from posts_of('8c4a5b6e-0000-4000-8000-000000000001')
select title from posts_of(null)
select * from first_post(null)
select (first_post(null)).title
select * from cols()
select cols()
select (cols()).x
select * from tab(3)
select * from tab(3) t where t.sq > 1
select poly(1), poly('a'::text)
select poly('a')
select vari(1, 2, 3), vari(variadic array[1,2])
select vari()
select over(1), over('a'), over(1.5)
select strict_len('a'), strict_len(null)
select proc()
-- Parameters
select $1
select $1::int, $2 + 1
select * from posts where id = $1 and title = $2 and author = $3
select * from posts where id = any($1)
select * from posts where $1 = id and title like $2
insert into comments (text, likes, took, ip) values ($1, $2, $3, $4)
update posts set title = $1, rank = $2 where id = $3
select coalesce($1, 5), coalesce($2, 'x')
select $1 = $1
select $1 + $2
select * from posts limit $1 offset $2
select $1::text, $1::int
select $2::int
select lower($1), length($2)
select jsonb_build_object('a', $1::text)
select * from profiles where mood = $1 and tags @> $2 and meta @> $3
-- Insert
insert into posts (author, title) values (gen_random_uuid(), 'x')
insert into posts (author, title) values (gen_random_uuid(), 'x') returning *
insert into posts (author, title) values ('x', 'x')
insert into posts (author, nosuch) values (null, 'x')
insert into posts (author, author) values (null, 'x')
insert into posts (author, title) values (null)
insert into posts (author) values (null, 1)
insert into posts (id, author, title) values (1, null, 'x')
insert into posts (id, author, title) values (default, null, 'x')
insert into posts (id, author, title) overriding system value values (1, null, 'x')
insert into posts (id, author, title) overriding user value values (1, null, 'x')
insert into posts (words) values (5)
insert into posts (words) values (default)
insert into posts (title) values (5)
insert into posts (rank) values ('x')
insert into posts (rank) values (1.5)
insert into posts (rank) values (true)
insert into posts (published) values (1)
insert into posts (score, posted) values ('1.5', '2020-01-01'), (2, null), (default, '2021-01-01')
insert into posts (score, posted) values (1), (2, 3)
insert into posts (author, title) select id, username from profiles
insert into posts (author, title) select id from profiles
insert into posts (author) select id, username from profiles
insert into posts (posted) select 'x' from profiles
insert into posts (posted, title) select '2020-01-01', 5 from profiles
insert into posts (title) select username from profiles order by username limit 2
insert into posts default values
insert into nosuch values (1)
insert into comments values (1, 2, 3, 'a')
insert into comments values (1, 2, 3, 'a', 0, null, null, null, null, null, null, null, null, null, 5)
insert into emptytab default values
insert into comments (text) values (nosuch)
insert into comments (text) values (id)
insert into mat values (1)
insert into comments (id, text) values (1, 'a') on conflict do nothing
insert into comments (id, text) values (1, 'a') on conflict (id) do update set text = excluded.text
insert into comments (id, text) values (1, 'a') on conflict (id) do update set text = excluded.text where comments.likes > 1 returning id
insert into comments (id, text) values (1, 'a') on conflict (text) do nothing
insert into comments (id, text) values (1, 'a') on conflict (nosuch) do nothing
insert into comments (id, text) values (1, 'a') on conflict do update set text = 'x'
insert into comments (id, text) values (1, 'a') on conflict on constraint comments_pkey do nothing
insert into comments (id, text) values (1, 'a') on conflict on constraint nosuch do nothing
insert into posts (author, title) values (null, 'a') on conflict (author, title) do update set title = 'b', body = excluded.body || posts.body
insert into posts (author, title) values (null, 'a') on conflict (author) do nothing
insert into posts (author, title) values (null, 'a') on conflict (lower(title)) do nothing
insert into posts (author, title) values (null, 'a') on conflict (lower(title)) where published do nothing
insert into posts (author, title) values (null, 'a') on conflict (id) do update set id = 5
insert into comments (id, text) values (1, 'a') on conflict (id) do update set text = likes
insert into comments (id, text) values (1, 'a') on conflict (id) do update set likes = comments.likes + excluded.likes
-- Update and delete
update posts set title = 'x' where id = 1 returning id, title
update posts set nosuch = 1
update posts set title = 5
update posts set rank = 'x'
update posts set id = 5
update posts set id = default
update posts set words = 5
update posts set title = 'a', title = 'b'
update posts set (title, body) = ('a', 'b')
update posts set (title, body) = (select username, full_name from profiles limit 1)
update posts set (title, body) = (select username from profiles limit 1)
update posts p set title = f.username from profiles f where f.id = p.author
update posts p set title = posts.body
update posts set title = x.username from profiles x where x.id = author returning x.*, posts.id
update posts set title = default, score = default
update nosuch set a = 1
update posts set published = 'maybe'
update posts set published = count(*)
delete from posts where id = 1
delete from posts where nosuch = 1
delete from posts p using profiles f where f.id = p.author returning p.id
delete from nosuch
delete from posts returning nosuch
-- Views
select * from published
select nosuch from published
select p.loud from published p
insert into published (title, author) values ('x', null) returning *
insert into published (loud) values ('x')
update published set title = 'x' where loud = 'X' returning id, loud
update published set loud = 'x'
delete from published where id = 1
insert into stats values (null, 1)
update stats set n = 1
delete from stats
update nested set title = 'x' where id = 3
insert into published_checked (title, author, published) values ('x', null, true)
update published_checked set published = false
insert into published (id) values (1)
-- Grouping
select author, title, count(*) from posts group by rollup (author, title)
select author, grouping(author), grouping(title) from posts group by author
select author, grouping(author, title), count(*) from posts group by cube (author, title)
select author from posts group by grouping sets ((author), ())
select lower(title) from posts group by lower(title)
select title || 'x' from posts group by title
select body from posts group by lower(body)
select (select p.body) from posts p group by p.title
select p.author, f.username from posts p join profiles f on f.id = p.author group by p.author, f.id
select title as body, count(*) from posts group by body
select count(*) as n from posts group by n
select 1 from posts group by published having body = 'x'
-- Locks and others
select * from posts for update
select * from posts p for update of p nowait
select * from posts p for update of posts
select count(*) from posts for update
select distinct title from posts for share
select current_user, current_date, current_timestamp, localtime, session_user, current_schema
select 'a' collate "C", title collate "nosuch", 5 collate "C" from posts
select title collate "C" from posts order by title collate "C"
select 5 collate "C"
select x.* from posts
select *
select posts from posts
select posts is null, posts = posts from posts
select author, posts from posts where posts.title = 'x'
select ctid, tableoid::regclass, xmin from posts
select 'posts'::regclass, 'nosuch'::regclass
select 'app.posts'::regclass::oid
select count(posts.*) from posts
select p from posts p where p.id = 5
select title from posts where author = (select id from profiles where username = title)
select b'101', x'1F', 1e10, 0.1, .5
select interval '1' day, time '10:00', timestamp with time zone '2020-01-01 00:00+00', date '2020-01-01'
select timestamp '2020-01-01' at time zone 'UTC'
select (1, 2) = (1, 2), (1, 2) < (3, 4), row(1, 'a') = row(1, 2)
select (1, 2) = (1, 2, 3)
select 1 in (select 1), 1 = all (select 2), 5 > any (values (1), (2))
select not 1
select 1 and true
select 5 is true
select 'true' and true
select greatest(1, 'a')
select '{}'::json = '{}'::json
select '(1,2)'::pair, '[1,5)'::int4range, '{"a":1}'::jsonb, '\x00'::bytea, '1.2.3.4'::inet
select row(1, 'x')::pair, row(1)::pair
select int4range(1, 5) @> 3, span && tstzrange(now(), null), lower(span) from posts
select to_tsvector('a b') @@ to_tsquery('a'), search @@ 'a' from posts
select ts_rank(search, plainto_tsquery('english', 'x')) from posts
select price * 2, price / 2, price + price, ratio + dbl, likes / 2, likes / 2.0, code || 'x', flags & b'1010' from comments
select sum(likes), sum(took), avg(took), sum(price), sum(ratio), avg(dbl) from comments
select array_length(tags, 1), array_append(tags, 'x'), tags || 'x', tags || '{a}'::text[], cardinality(tags), array_to_string(tags, ',') from profiles
select array_append(tags, 5) from profiles
select unnest(tags), username from profiles
select concat('a', 1, null, true), format('%s %s', 1, 'x'), concat_ws(',', 'a', 2)
select regexp_replace(title, 'a', 'b', 'g'), split_part(title, ',', 1), md5(title), encode(sha256('a'), 'hex') from posts
select json_object_agg(title, id), jsonb_object_agg(id, score), bool_and(published), every(published) from posts
select json_strip_nulls(raw), jsonb_set('{}', '{a}', '1'), jsonb_path_query('{}', '$.a') from posts
select width_bucket(5, 0, 10, 5), power(2, 3), sqrt(4), mod(5, 3), div(5, 3), random(), pi(), trunc(1.5), ceil(1.5), sign(-1)
select age(now()), age(posted), justify_days(interval '40 days'), make_date(2020, 1, 1), make_interval(days => 3) from posts
select nextval('posts_id_seq'), currval('posts_id_seq')
select set_config('a.b', 'c', true), current_setting('a.b', true), current_setting('request.jwt.claims', true)::json ->> 'sub'
select nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role'
select username similar to 'a%', username not like 'x' escape '!' from profiles
select 'a' < 'b', 'a' = 'a'
select null = null, null is null, null + 1
select count(*), count(1), count(null) from posts
select 5::int2 + 5::int8, 5::int2 * 2.5, 5 / 2, 7 % 3, 2 ^ 3, 5::float4 + 1
select date '2020-01-01' + time '10:00', date '2020-01-01' + interval '1 day', '2020-01-01'::timestamp - '2019-01-01'::timestamp
select exists (select from posts)
select from posts
