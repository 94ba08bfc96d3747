-- reset
-- hstore
create extension hstore;
select 'a=>1, b=>2'::hstore, ''::hstore, 'a=>NULL, b=>"NULL", c=>null'::hstore;
select 'b=>2, aa=>1, a=>3'::hstore, '"a b"=>"c\"d", e=>"f\\g"'::hstore;
select 'a=>1, a=>2'::hstore, '  a  =>  1  ,b=>2,'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select 'a'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select 'a=>'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select 'a=1'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select '=>1'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select 'a=>1 b=>2'::hstore;
-- differs: the error has a code of its own since PostgreSQL 16
select '"a=>1'::hstore;
select 'a=>b=>c'::hstore, 'a\=b=>c\,d'::hstore;
select 'é=>"ü", x=>日本'::hstore;
select 'a=>1,b=>2'::hstore -> 'a', 'a=>1'::hstore -> 'x', 'a=>null'::hstore -> 'a';
select 'a=>1,b=>2,c=>3'::hstore -> array['c', 'x', 'a', null];
select 'a=>1' ? 'a', 'a=>1' ? 'b';
select 'a=>1'::hstore ? 'a', 'a=>1'::hstore ? 'b', 'a=>1,b=>2'::hstore ?& array['a', 'b'], 'a=>1'::hstore ?| array['x', 'a'], 'a=>1'::hstore ?& '{}', 'a=>1'::hstore ?| '{}';
select 'a=>1,b=>2'::hstore || 'b=>3,c=>4'::hstore, ''::hstore || 'a=>1';
select 'a=>1,b=>2'::hstore - 'a'::text, 'a=>1,b=>2,c=>3'::hstore - array['a', 'c'], 'a=>1,b=>2'::hstore - 'a=>1,b=>9'::hstore;
select 'a=>1,b=>2'::hstore @> 'a=>1', 'a=>1,b=>2'::hstore @> 'a=>2', 'a=>1'::hstore <@ 'a=>1,b=>2', 'a=>null'::hstore @> 'a=>null';
select %% 'a=>1,b=>null'::hstore, %# 'a=>1,b=>null'::hstore, %% ''::hstore, %# ''::hstore;
select 'a=>1'::hstore = 'a=>1', 'a=>1'::hstore = 'a=>2', 'a=>1'::hstore <> 'b=>1', 'a=>1'::hstore #<# 'b=>1', 'a=>1'::hstore #>=# 'b=>1';
select hstore('a', 'b'), hstore('a', null), hstore(null, 'a'), hstore(array['a', '1', 'b', null]), hstore(array[['a', '1'], ['b', '2']]);
select hstore(array['a', 'b'], array['1', '2']), hstore(array['a', 'b'], null), hstore('{}'::text[]);
select hstore(array['a']);
select hstore(array[['a', 'b', 'c']]);
select hstore(array['a', 'b'], array['1']);
select hstore(array[null, '1']);
select hstore(array['a', null], array['1', '2']);
select hstore(row(1, 'x', null));
select akeys('a=>1,b=>2'), avals('a=>1,b=>null'), akeys(''), skeys('b=>2,a=>1');
select svals('a=>1,b=>null');
select * from each('a=>1,b=>null,"c d"=>3');
select key, value from each('a=>1,b=>2'::hstore) where value = '2';
select exist('a=>null', 'a'), defined('a=>null', 'a'), exists_any('a=>1', '{a,b}'), exists_all('a=>1', '{a,b}'), isdefined('a=>1', 'a'), isexists('a=>1', 'b');
select delete('a=>1,b=>2', 'a'), delete('a=>1,b=>2'::hstore, array['b']), delete('a=>1,b=>2', 'b=>2'::hstore);
select slice('a=>1,b=>2,c=>3', array['a', 'c', 'x']), slice_array('a=>1,b=>2', array['b', 'x']), fetchval('a=>1', 'a');
select hstore_to_json('a=>1,b=>null,c=>t'), hstore_to_json_loose('a=>1,b=>null,c=>t,d=>1.50,e=>012,f=>-1e3,g=>f,h=>abc,i=>""');
select hstore_to_jsonb('b=>1,a=>null'), hstore_to_jsonb_loose('a=>1e2,b=>t,c=>1.50');
select 'a=>1'::hstore::json, 'a=>"x\"y"'::hstore::jsonb, to_json('a=>1'::hstore), to_jsonb('a=>1,b=>null'::hstore), jsonb_build_object('h', 'a=>1'::hstore);
select array['a', '1']::hstore, array['a', '1']::text[]::hstore;
create table item (id int primary key, attrs hstore not null default '');
insert into item values (1, 'color=>red, size=>10'), (2, 'color=>blue'), (3, ''), (4, 'size=>null');
-- differs: the error has a code of its own since PostgreSQL 16
insert into item values (5, 'broken');
insert into item (id) values (6) returning *;
select id, attrs -> 'color' from item order by id;
select id from item where attrs ? 'size' order by id;
select id from item where attrs @> 'color=>red' order by id;
select id, row_to_json(i) from item i order by id;
select json_agg(attrs order by id) from item;
create index on item using gin (attrs);
create index on item using gist (attrs);
create unique index on item (attrs) where id < 5;
select id from item where attrs @> 'size=>10';
update item set attrs = attrs || 'weight=>5' where id = 1 returning attrs;
update item set attrs = attrs - 'weight'::text where id = 1 returning attrs;
select attrs from item order by attrs;
select attrs, count(*) from item group by attrs order by 1;
select distinct attrs from item order by attrs desc;
create type thing as (a int, b text, c date);
select populate_record(null::thing, 'a=>1,b=>x,c=>2020-01-02'), populate_record(row(5, 'y', null)::thing, 'b=>z'), row(1, 'a', null)::thing #= 'a=>7';
select * from populate_record(null::thing, 'a=>1,b=>x');
select populate_record(null::thing, 'a=>x');
select hstore(i) from item i where id = 1;
select hstore(row(1, 'q', '2020-01-02')::thing);
select ('a=>1,b=>2'::hstore)['a'], ('a=>1'::hstore)['x'];
update item set attrs['color'] = 'green' where id = 1 returning attrs;
update item set attrs['new'] = 'x', attrs['more'] = null where id = 3 returning attrs;
select attrs['color'] from item where id = 1;
select pg_typeof('a=>1'::hstore), '{"a=>1","b=>2"}'::hstore[], array['a=>1'::hstore];
select coalesce((select sum(length(value)) from item, each(attrs)), 0);
select array_agg(k order by k) from item, skeys(attrs) k;
create function tag(h hstore) returns text language sql immutable as $$ select h -> 'color' $$;
select tag(attrs) from item order by id;
alter extension hstore set schema extensions;
select tag(attrs) from item order by id;
select id from item where attrs ? 'size' order by id;
select 'a=>1'::extensions.hstore operator(extensions.->) 'a';
set search_path = public;
select 'a=>1'::hstore;
select 'a=>1'::extensions.hstore;
select attrs -> 'color' from item;
drop extension hstore;
drop extension hstore cascade;
select * from item order by id limit 1;
