create type pair as (a int, b text);
create table data (id int primary key, p pair, tags text[], doc jsonb, at timestamptz default '2026-01-02 03:04:05+00');
create domain positive as int check (value > 0);
create type mood as enum ('sad', 'ok', 'happy');
insert into data values (1, (1, 'x'), '{a,b}', '{"k": [1, 2]}'), (2, null, null, null);
create function comp() returns pair language plpgsql as $$ declare p pair; begin p.a := 3; p.b := 'q'; return p; end $$;
select comp(), (comp()).b;
select * from comp();
create function comp2() returns pair language plpgsql as $$ begin return row(7, 'row')::pair; end $$;
select * from comp2();
create function comp3() returns pair language plpgsql as $$ declare r record; begin select 8 as x, 'rec'::text as y into r; return r; end $$;
select * from comp3();
create function comp4() returns pair language plpgsql as $$ declare r record; begin select 8 as x into r; return r; end $$;
select * from comp4();
create function compnull() returns pair language plpgsql as $$ begin return null; end $$;
select compnull() is null, (compnull()).a;
create function pairs() returns setof pair language plpgsql as $$
declare p pair; r record;
begin
  return next (1, 'one')::pair;
  p := (2, 'two'); return next p;
  for r in select 3 as a, 'three'::text as b loop return next r; end loop;
  return query select 4, 'four'::text;
  return query execute 'select $1, $2' using 5, 'five'::text;
end $$;
select * from pairs();
create function arg_row(d data) returns text language plpgsql as $$ begin return d.id || coalesce((d.p).b, '-') || coalesce(d.tags[1], '-') || coalesce(d.doc->>'k', '-'); end $$;
select arg_row(d) from data d order by id;
select d.arg_row from data d order by id;
create function dom(x int) returns positive language plpgsql as $$ begin return x; end $$;
select dom(3);
select dom(-3);
do $$ declare p positive := 5; begin p := -1; end $$;
create function moods(m mood) returns mood language plpgsql as $$ declare x mood := 'ok'; begin if m > x then return m; end if; return x; end $$;
select moods('happy'), moods('sad');
create function casts() returns text language plpgsql as $$
declare n numeric(5,2) := 1.239; v varchar(3); d date := '2026-03-04'; i interval := '1 day'; b boolean; t timestamptz := '2026-01-01';
begin
  b := 'yes';
  v := 'abc';
  return n || v || (d + 1) || (t + i)::date || b;
end $$;
select casts();
do $$ declare v varchar(3); begin v := 'abcd'; end $$;
do $$ declare i int; begin i := 99999999999; end $$;
do $$ declare i smallint := 32767; begin i := i + 1; end $$;
do $$ declare i int := 2147483647; begin i := i + 1; end $$;
create function nestblocks() returns text language plpgsql as $$
<<top>>
declare x int := 1;
begin
  declare x int := 2;
  begin
    x := x + top.x;
    begin
      raise exception 'inner';
    exception when raise_exception then
      x := x * 10;
    end;
    return x || ',' || top.x;
  end;
end $$;
select nestblocks();
create function catches(k int) returns text language plpgsql as $$
begin
  if k = 1 then insert into data (id) values (1);
  elsif k = 2 then perform 'x'::int;
  elsif k = 3 then perform * from nowhere;
  elsif k = 4 then raise no_data_found;
  elsif k = 5 then raise exception using errcode = '23514', message = 'm';
  else raise 'plain %', k;
  end if;
  return 'none';
exception
  when unique_violation then return 'unique ' || sqlerrm;
  when invalid_text_representation then return 'text ' || sqlerrm;
  when undefined_table or no_data_found then return 'missing ' || sqlstate;
  when integrity_constraint_violation then return 'class ' || sqlstate;
  when others then return 'others ' || sqlstate || sqlerrm;
end $$;
select catches(1), catches(2), catches(3), catches(4), catches(5), catches(6);
create function rethrow() returns void language plpgsql as $$ begin begin raise exception 'first' using hint = 'hh'; exception when others then raise; end; end $$;
select rethrow();
create function diag() returns text language plpgsql as $$
declare n int; m text; d text; h text; c text; t text;
begin
  update data set tags = tags; get diagnostics n = row_count;
  begin
    insert into data (id) values (1);
  exception when others then
    get stacked diagnostics m = message_text, d = pg_exception_detail, h = pg_exception_hint, c = constraint_name, t = table_name;
  end;
  return n || m || d || h || c || t;
end $$;
select diag();
create function foundtest() returns text language plpgsql as $$
declare s text := ''; x int;
begin
  s := s || found; perform 1; s := s || found; update data set id = id where id = 99; s := s || found;
  select id into x from data where id = 1; s := s || found; select id into x from data where id = 99; s := s || found || coalesce(x::text, 'null');
  for x in 1..0 loop null; end loop; s := s || found;
  return s;
end $$;
select foundtest();
create function slices() returns text language plpgsql as $$
declare a int[] := '{1,2,3,4}'; m int[] := '{{1,2},{3,4}}'; s text := ''; r int[]; x int; p pair[] := array[(1,'a')::pair];
begin
  a[2:3] := array[20, 30]; m[2][1] := 9;
  foreach r slice 1 in array m loop s := s || r::text; end loop;
  foreach x in array m loop s := s || x; end loop;
  p[2] := (2, 'b'); p[1].b := 'changed';
  return a::text || m::text || s || p::text || array_length(a, 1);
end $$;
select slices();
create function fetches() returns text language plpgsql as $$
declare c refcursor; s text := ''; x int; d cursor for select id from data order by id; r data;
begin
  open c for select i from generate_series(1, 5) i;
  fetch c into x; s := s || x; fetch last from c into x; s := s || x; fetch prior from c into x; s := s || x;
  fetch absolute 2 from c into x; s := s || x; fetch relative 2 from c into x; s := s || x; move first from c; fetch next from c into x; s := s || x;
  fetch forward from c into x; s := s || x; fetch absolute 10 from c into x; s := s || coalesce(x::text, 'null') || found;
  close c;
  open c for execute 'select $1 + 1' using 41; fetch c into x; s := s || x; close c;
  open d; fetch d into x; s := s || x; close d;
  return s;
end $$;
select fetches();
create function into_many() returns text language plpgsql as $$
declare a int; b text; c int;
begin
  select 1, 'two', 3 into a, b, c;
  insert into data (id, tags) values (50, '{z}') returning id, tags[1] into a, b;
  update data set id = 51 where id = 50 returning id into c;
  delete from data where id = 51;
  return a || b || c;
end $$;
select into_many();
create function raises(l int) returns void language plpgsql as $$ begin raise notice 'n %', l; raise warning 'w'; raise info 'i'; raise log 'l'; raise debug 'd'; end $$;
select raises(1);
create function exec_ddl() returns int language plpgsql as $$
begin
  create table made (x int);
  insert into made values (1), (2);
  alter table made add column y text default 'q';
  execute 'insert into made values (3)';
  return (select count(*) from made where y = 'q');
end $$;
select exec_ddl();
select * from made;
do $$ begin for i in 1..3 loop execute format('create table gen_%s (id int)', i); end loop; end $$;
select count(*) from gen_2;
do $$ begin execute 'create role r1; create role r2'; end $$;
do $$ begin create type mood as enum ('a'); exception when duplicate_object then null; end $$;
do $$ begin execute null; end $$;
do $$ declare s text; begin execute 'select $1::text || $2' into s using 1, 'x'; if s <> '1x' then raise exception '%', s; end if; end $$;
do $$ begin execute 'select 1' into strict nosuch; end $$;
do $$ begin commit; end $$;
create function vari(variadic a int[]) returns int language plpgsql as $$ begin return array_length(a, 1); end $$;
select vari(1, 2, 3), vari(variadic array[1, 2]);
create function defs(a int default 1, b text default 'x') returns text language plpgsql as $$ begin return a || b; end $$;
select defs(), defs(5), defs(b => 'y');
create function inout_(inout a int, inout b text default 'd') language plpgsql as $$ begin a := a + 1; b := b || a; end $$;
select * from inout_(1), inout_(2, 'e') as t(c, d);
create function poly(a anyarray) returns anyelement language plpgsql as $$ declare x a%type; begin x := a; return x[1]; end $$;
select poly(array['p', 'q']), poly(array[1, 2]);
create function jsonf(v jsonb) returns jsonb language plpgsql as $$
declare k text; val jsonb; out jsonb := '{}';
begin
  for k, val in select * from jsonb_each(v) loop out := out || jsonb_build_object(upper(k), val); end loop;
  out := jsonb_set(out, '{N}', to_jsonb(1));
  return out;
end $$;
select jsonf('{"a": 1, "b": [true]}');
create function retrec() returns record language plpgsql as $$ declare r record; begin r := row(1, 'x'::text); return r; end $$;
select retrec();
select * from retrec() as t(a int, b text);
create function setrec() returns setof record language plpgsql as $$ begin return query select 1, 'a'::text union all select 2, 'b'; end $$;
select * from setrec() as t(a int, b text);
select lateral_.* from generate_series(1, 2) g, lateral (select * from pairs() where a > g) lateral_;
select x.id, y.a from data x, pairs() y where y.a = x.id order by 1;
create view v as select id, arg_row(d) as r from data d;
select * from v order by id;
update data set tags = array[catches(6)] where id = 2 returning tags;
select case when false then dom(-1) else 1 end;
create function counter() returns int language plpgsql as $$ begin insert into made values (9); return 1; end $$;
select count(counter()) from generate_series(1, 3);
select count(*) from made;
with w as (select counter() as c) select c from w;
select count(*) from made where x = 9;
do language plpgsql $$ begin null; end $$;
do language sql $$ select 1 $$;
create function two(a int) returns int language plpgsql as 'begin return a; end';
create or replace function two(a int) returns int language plpgsql as 'begin return a * 2; end';
select two(4);
create or replace function two(a int) returns text language plpgsql as 'begin return a; end';
alter function two(int) rename to three;
select three(5);
drop function three(int);
select three(5);
create procedure p2(a int) language sql as $$ insert into made values (a); $$;
call p2(77);
select count(*) from made where x = 77;
call nop2();
call three(1);
select p2(1);
drop procedure p2(int);
create function setsearch() returns text language plpgsql set search_path = pg_catalog, pg_temp as $$ begin return current_setting('search_path'); end $$;
select setsearch(), current_setting('search_path');
create function localset() returns text language plpgsql as $$ begin perform set_config('my.x', 'v', true); return current_setting('my.x'); end $$;
select localset(), current_setting('my.x', true);
create function ifs(a int) returns text language plpgsql as $$ begin if a is null then return 'null'; elsif a between 1 and 5 then return 'low'; elseif a in (6, 7) then return 'mid'; else return 'high'; end if; end $$;
select ifs(null), ifs(3), ifs(7), ifs(8);
create function casenone(a int) returns text language plpgsql as $$ begin case when a = 1 then return 'x'; end case; end $$;
select casenone(2);
