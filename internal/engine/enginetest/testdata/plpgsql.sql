create table items (id serial primary key, name text not null, qty int default 0, price numeric(10,2), tags text[] default '{}', meta jsonb);
insert into items (name, qty, price) values ('a', 1, 1.5), ('b', 2, 2.25), ('c', 3, null);
create function add(a int, b int) returns int language plpgsql as $$ begin return a + b; end $$;
select add(1, 2), add(null, 1);
select add(b => 3, a => 4);
select name, add(qty, 10) from items order by id;
create function fact(n bigint) returns bigint language plpgsql immutable strict as $$
begin
  if n <= 1 then return 1; end if;
  return n * fact(n - 1);
end $$;
select fact(10), fact(null);
create function loops() returns text language plpgsql as $$
declare s text := ''; i int; r record; a int[] := array[3,1,2]; x int;
begin
  for i in 1..3 loop s := s || i; end loop;
  for i in reverse 6..1 by 2 loop s := s || ',' || i; end loop;
  for r in select id, name from items order by id loop s := s || r.name || r.id; continue when r.id = 2; s := s || '!'; end loop;
  foreach x in array a loop s := s || x; end loop;
  i := 0;
  <<outer>> loop
    i := i + 1;
    while true loop
      exit outer when i > 2;
      continue outer;
    end loop;
  end loop;
  a[2] := 10; a[5] := 7;
  case i when 1, 2 then s := s || 'low'; when 3 then s := s || 'three'; end case;
  return s || a::text || found;
end $$;
select loops();
create function item(n text) returns items language plpgsql as $$
declare r items; begin select * into r from items where name = n; return r; end $$;
select item('a');
select * from item('b');
select (item('c')).name;
select * from item('none');
create function all_items(min int default 0) returns setof items language plpgsql stable as $$
begin return query select * from items where qty >= min order by id; end $$;
select name, qty from all_items();
select name from all_items(2) where qty < 3;
create function pairs(n int) returns table (k int, v text) language plpgsql as $$
begin
  for i in 1..n loop k := i; v := 'v' || i; return next; end loop;
end $$;
select * from pairs(3);
select pairs(2);
create function outs(a int, out b int, out c text) language plpgsql as $$ begin b := a * 2; c := 'x' || a; end $$;
select * from outs(4);
select outs(5);
select (outs(6)).c;
create function nums() returns setof int language plpgsql as $$ begin return next 1; return next 2; return query select 3; return; end $$;
select * from nums();
select nums() + 1;
create function ins(n text) returns int language plpgsql as $$
declare v int;
begin
  insert into items (name) values (n) returning id into v;
  return v;
end $$;
select ins('d');
select name, qty from items order by id;
create function div(a int, b int) returns text language plpgsql as $$
declare st text; msg text; ctx text;
begin
  return (a / b)::text;
exception
  when division_by_zero then
    get stacked diagnostics st = returned_sqlstate, msg = message_text;
    return 'caught ' || st || ' ' || msg || ' ' || sqlstate || ' ' || sqlerrm;
end $$;
select div(4, 2), div(1, 0);
create function undo() returns int language plpgsql as $$
begin
  begin
    insert into items (name) values ('gone');
    raise exception 'no % %', 1, null using errcode = 'P0077', detail = 'd', hint = 'h';
  exception when others then
    raise notice 'x';
  end;
  return (select count(*) from items where name = 'gone');
end $$;
select undo();
create function fails() returns void language plpgsql as $$ begin raise exception 'bad %', 'thing' using errcode = 'PT402', detail = 'some detail', hint = 'some hint'; end $$;
select fails();
create function noret() returns int language plpgsql as $$ begin null; end $$;
select noret();
create function strict1(n text) returns text language plpgsql as $$ declare v text; begin select name into strict v from items where name like n; return v; end $$;
select strict1('a');
select strict1('zzz');
select strict1('%');
create function ambiguous(id int) returns int language plpgsql as $$ begin return (select id from items where id = 1); end $$;
select ambiguous(1);
create function usecol(id int) returns text language plpgsql as $$
#variable_conflict use_column
begin return (select name from items where id = 1 limit 1); end $$;
select usecol(2);
create function qual(id int) returns text language plpgsql as $$ begin return (select i.name from items i where i.id = qual.id); end $$;
select qual(2);
create function dyn(tbl text, n int) returns bigint language plpgsql as $$
declare c bigint;
begin
  execute format('select count(*) from %I where qty >= $1', tbl) into c using n;
  return c;
end $$;
select dyn('items', 2);
select dyn('nothing', 2);
create function stab() returns int language plpgsql stable as $$ begin insert into items (name) values ('q'); return 1; end $$;
select stab();
create procedure proc(a int, inout b int) language plpgsql as $$ begin b := a + b; insert into items (name, qty) values ('proc', b); end $$;
call proc(1, 2);
create function callp() returns int language plpgsql as $$ declare x int := 5; begin call proc(10, x); return x; end $$;
select callp();
do $$ declare n int; begin select count(*) into n from items; if n = 0 then raise exception 'empty'; end if; update items set qty = qty + 1 where name = 'a'; end $$;
select name, qty from items order by id;
do $$ begin perform 1/0; end $$;
do $$ declare x int := 'abc'; begin null; end $$;
do $$ begin assert 1 = 2, 'nope'; end $$;
do $$ begin assert false; end $$;
do $$ declare c constant int := 1; begin c := 2; end $$;
do $$ begin x := 1; end $$;
do $$ begin raise sqlstate '22012'; end $$;
do $$ begin raise unique_violation using message = 'dup', constraint = 'k'; end $$;
do $$ declare n int not null := 1; begin n := null; end $$;
do $$ begin select 1; end $$;
do $$ declare r record; begin raise notice '%', r.x; end $$;
do $$ declare r record; begin select 1 as a into r; raise exception '% %', r.a, r.b; end $$;
do $$ begin for i in 1..null loop null; end loop; end $$;
create function bad() returns int language plpgsql as $$ begin retrun 1; end $$;
create function bad() returns int language plpgsql as $$ begin return 1 + ; end $$;
create function bad() returns int language plpgsql as $$ declare x nosuch; begin return 1; end $$;
create function bad() returns void language plpgsql as $$ begin return 1; end $$;
create function bad() returns int language plpgsql as $$ begin if true then return 1; end $$;
create function anyel(a anyelement) returns anyarray language plpgsql as $$ begin return array[a, a]; end $$;
select anyel(3), anyel('x'::text);
create function curs() returns text language plpgsql as $$
declare c cursor (m int) for select name from items where qty >= m order by id; r record; s text := ''; v text;
begin
  open c(2);
  loop fetch c into v; exit when not found; s := s || v; end loop;
  close c;
  for r in c(3) loop s := s || '+' || r.name; end loop;
  return s;
end $$;
select curs();
create function rowvars() returns text language plpgsql as $$
declare r items%rowtype; n items.name%type; j jsonb; t record;
begin
  select * into r from items where id = 1;
  r.name := 'changed'; n := r.name;
  j := to_jsonb(r);
  select 1 as x, 'y' as z into t;
  return n || (j->>'name') || t.x || t.z || row_to_json(t)::text || (r is null)::text;
end $$;
select rowvars();
create function sqlmulti(n text) returns bigint language sql as $$ insert into items (name) values (n); select count(*) from items; $$;
select sqlmulti('z');
create function sqlins(n text) returns setof items language sql as $$ insert into items (name, qty) values (n, 5) returning *; $$;
select name, qty from sqlins('zz');
create function nested() returns int language plpgsql as $$ begin return add(1, div(1,0)::int); end $$;
select nested();
create table guarded (id int primary key, owner text default current_user);
insert into guarded values (1, 'postgres');
create role app;
create function definer() returns text language plpgsql security definer set search_path = '' as $$ begin return (select count(*) from public.guarded) || current_user::text; end $$;
create function invoker() returns text language plpgsql as $$ begin return (select count(*) from public.guarded); end $$;
grant usage on schema public to app;
-- role app
select definer();
select invoker();
select current_setting('search_path');
-- owner
select array_agg(x) from (select add(i, 1) as x from generate_series(1, 3) i) s;
create table chk (v int check (add(v, 0) > 0), d int default add(1, 1));
insert into chk values (1);
insert into chk values (0);
select * from chk;
drop function add(int, int);
select gd from (select ins('later') as gd) s;
create table seen (id serial primary key, n int);
insert into seen (n) values (1), (2), (3);
create function more(x int) returns int language plpgsql as $$ begin insert into seen (n) values (x + 10); return x; end $$;
select more(n) from seen order by n;
select more(s.n) from seen s join items i on i.id = s.id order by s.n;
select count(*) from seen;
update seen set n = more(n) where n < 3;
select n from seen order by id;
