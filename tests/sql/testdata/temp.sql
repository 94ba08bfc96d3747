-- Temporary and unlogged objects.
-- reset
create temp table t (id int primary key, v text default 'x');
insert into t (id) values (1), (2) returning *;
select * from pg_temp.t order by id;
create table t (id int, other text);
insert into public.t values (7, 'permanent');
select * from t order by id;
select * from public.t;
drop table t;
select * from t;
create temporary table t as select id * 10 as id from generate_series(1, 3) g (id);
select * from t order by id;
create index on t (id);
update t set id = id + 1;
select sum(id) from t;
alter table t add column n text default 'n', add constraint big check (id > 5);
insert into t values (1);
select * from t order by id;
alter table t rename column n to m;
alter table t alter column id type bigint using id * 2;
select * from t order by id;
truncate t;
select count(*) from t;
drop table t;
drop table public.t;
create temp table other.t (id int);
create temp table public.t (id int);
create table pg_temp.u (id int);
select * from u;
create temp view v as select 1 as one;
select * from v;
create view w as select id from u;
insert into w values (5);
select * from w;
create temp sequence s start 5;
select nextval('s'), nextval('pg_temp.s');
drop view w;
drop table u;
drop sequence s;
create temp table s (id serial, note text);
insert into s (note) values ('a'), ('b') returning id;
drop table s;
create temp table if not exists k (id int) on commit preserve rows;
create temp table if not exists k (id int);
create table bad (id int) on commit drop;
drop table if exists k;
select 4 as n, 'four' as t into temp got;
select * from got;
select 4 as n into unlogged got2;
select * from got2;
create unlogged table ul (id int primary key);
create table pl (id int references ul (id));
create unlogged table ul2 (id int references ul (id));
create temp table tl (id int references ul (id));
create temp table tp (id int primary key);
create table tq (id int references tp (id));
create temp table tq (id int references tp (id));
insert into tq values (1);
insert into tp values (1);
insert into tq values (1);
delete from tp;

-- functions that make temporary tables
-- reset
create function totals(n int) returns table (k int, total bigint) language plpgsql as $$
begin
  create temp table if not exists work (k int, v int) on commit drop;
  truncate work;
  insert into work select g % 3, g from generate_series(1, n) g;
  return query select w.k, sum(w.v) from work w group by w.k order by w.k;
end
$$;
select * from totals(5);
select * from totals(9);
do $$
declare
  r record;
  s text := '';
begin
  create temp table names on commit drop as select 'n' || g as name from generate_series(1, 3) g;
  for r in select name from names order by name desc loop
    s := s || r.name || ' ';
  end loop;
  drop table names;
  create temp table names (name text, len int);
  insert into names values (s, length(s));
  update names set len = len + 1;
end
$$;
select * from names;
create function dyn() returns int language plpgsql as $$
declare c int;
begin
  execute 'create temp table dyn_t (id int) on commit drop';
  execute 'insert into dyn_t select generate_series(1, $1)' using 4;
  select count(*) into c from dyn_t;
  drop table dyn_t;
  return c;
end
$$;
select dyn();
select dyn();
create function pg_temp.twice(x int) returns int language sql as 'select x * 2';
select pg_temp.twice(4);
select twice(4);
create type pg_temp.mood as enum ('sad', 'ok');
-- differs: the name of the type is printed with its schema
select 'ok'::mood;
discard temp;
select * from names;
create function part(a int, b text) returns table (id int, w text) language plpgsql as $$
declare
  k int := a * 10;
begin
  drop table if exists pieces;
  create temp table pieces as select g as id, b || g as w from generate_series(a, k) g where g % a = 0;
  create temp table none as select * from pieces where pieces.id > k with no data;
  return query select p.id, p.w from pieces p where p.id < k order by 1;
  drop table none;
end
$$;
select * from part(3, 'x');
select * from part(4, 'y');
