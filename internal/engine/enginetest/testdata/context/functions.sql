create table t (id int primary key, n int check (n > 0));
create function f(a int, b text) returns int language plpgsql as $$
begin
  raise exception 'x';
end $$;
select f(1, 'x');
create function g() returns int language plpgsql as $$
declare x int;
begin

  x := f(1, 'y');
  return x;
end $$;
select g();
create function h() returns void language plpgsql as $$
begin
  perform f(1, 'z');
end $$;
select h();
create function i() returns void language plpgsql as $$
begin
  if true then
    insert into t values (1, -1);
  end if;
end $$;
select i();
create function j() returns void language plpgsql as $$
declare
  a int := 1/0;
begin
end $$;
select j();
create function k() returns int language plpgsql as $$
begin
  for r in select 1/n as x from generate_series(0, 1) n loop
    null;
  end loop;
end $$;
create function k() returns int language plpgsql as $$
declare r record;
begin
  for r in select 1/n as x from generate_series(0, 1) n loop
    null;
  end loop;
  return 1;
end $$;
select k();
create function l() returns int language plpgsql as $$
begin
  return 'abc';
end $$;
select l();
create function m() returns int language plpgsql as $$
begin
end $$;
select m();
create function n() returns int language plpgsql as $$
begin
  execute 'select 1/0';
  return 1;
end $$;
select n();
create function o() returns int language plpgsql as $$
begin
  return nosuch + 1;
end $$;
select o();
create function p() returns int language plpgsql as $$
begin
  return (select count(*) / 0 from t);
end $$;
select p();
create function q() returns int language plpgsql as $$
begin
  while 1/0 > 1 loop
    null;
  end loop;
  return 1;
end $$;
select q();
create function r() returns text language plpgsql as $$
declare c text;
begin
  perform f(1, 'a');
  return 'no';
exception when others then
  get stacked diagnostics c = pg_exception_context;
  return c;
end $$;
select r();
create function s() returns int language sql as $$ insert into t values (2, -2); select 1 $$;
select s();
create function u() returns trigger language plpgsql as $$ begin raise exception 'trigger % %', tg_name, new.id; end $$;
create trigger u before insert on t for each row execute function u();
insert into t values (5, 5);
create function bad() returns int language plpgsql as $$
begin
  x := 1;
end $$;
create function bad() returns int language plpgsql as $$
begin
  return 1
end $$;
create function bad() returns int language plpgsql as $$
declare
  a nosuchtype;
begin
  return 1;
end $$;
do $$
begin
  update t set nocol = 1;
end $$;
do $$ begin assert false, 'msg'; end $$;
create function v(x int) returns int language plpgsql as $$ begin return v(x + 1); end $$;
create function w() returns setof int language plpgsql as $$
begin
  return next 1;
  return query select 'a'::text;
end $$;
select * from w();
create function y() returns int language plpgsql as $$
declare a int not null := 1;
begin
  a := null;
  return a;
end $$;
select y();
create function z() returns void language plpgsql as $$
declare a int;
begin
  select n into strict a from t where id = 77;
end $$;
select z();
create function aa() returns void language plpgsql as $$
declare a int[];
begin
  foreach a in array null::int[] loop null; end loop;
end $$;
select aa();
create function bb() returns void language plpgsql as $$
begin
  call nop();
end $$;
select bb();
