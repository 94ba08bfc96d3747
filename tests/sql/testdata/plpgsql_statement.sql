-- Statements of PL/pgSQL.

-- reset
create table emp (id int primary key, name text not null, salary numeric(10,2), dept text);
insert into emp values (1,'Ann',100,'a'),(2,'Bob',200,'b'),(3,'Cid',300.50,'a');
create type pt as (x int, y int);
create type seg as (a pt, b pt, tag text);
create function p1() returns text language plpgsql as $$
declare
  a emp.salary%type := 12.345;
  r emp%rowtype;
  rec record;
  c constant int := 5;
  d int not null default 7;
  arr int[] := '{1,2,3}';
  m text[][] := array[['a','b'],['c','d']];
  p pt;
  s seg;
begin
  select * into r from emp where id = 1;
  select id, name into rec from emp where id = 2;
  arr[2] := 20; arr[5] := 50;
  m[2][1] := 'Z';
  p.x := 1; p.y := 2;
  s.a := p; s.b.x := 9; s.tag := 'q';
  return a::text || '|' || r.name || '|' || rec.name || '|' || c || d || arr::text || m::text || p::text || s::text;
end $$;
select p1();
create function p2() returns text language plpgsql as $$
declare arr int[]; b int[] := array[1,2,3,4,5,6]; j jsonb := '{"a":{"b":1}}'; r record;
begin
  arr[1:3] := array[7,8,9];
  b[2:3] := array[20,30];
  j['a']['b'] := '2';
  j['z'] := '"q"';
  r := row(1,'x');
  return arr::text || b::text || b[2:4]::text || j::text || r::text;
end $$;
select p2();
create function p3(n int) returns text language plpgsql as $$
declare out text := '';
begin
  <<outer>>
  for i in 1..n loop
    <<inner>>
    for j in reverse n..1 by 2 loop
      continue outer when j = i;
      exit outer when i * j > 12;
      out := out || i || ':' || j || ' ';
    end loop inner;
  end loop outer;
  while length(out) < 5 loop out := out || '.'; end loop;
  loop exit when true; end loop;
  <<blk>> begin exit blk; out := 'never'; end blk;
  return out;
end $$;
select p3(3), p3(5), p3(0);
create function p4(v int) returns text language plpgsql as $$
begin
  case v when 1, 2 then return 'one-two'; when 3 then return 'three'; end case;
  return 'none';
end $$;
select p4(1), p4(2), p4(3);
select p4(9);
create function p5(v int) returns text language plpgsql as $$
begin
  case when v > 10 then return 'big'; when v < 0 then return 'neg'; else return 'mid'; end case;
end $$;
select p5(11), p5(-1), p5(5), p5(null);
create function p6(i int) returns text language plpgsql as $$
declare r emp; n text;
begin
  select name into strict n from emp where id >= i;
  return n;
exception
  when no_data_found then return 'none ' || sqlstate || ' ' || sqlerrm;
  when too_many_rows then return 'many ' || sqlstate || ' ' || sqlerrm;
end $$;
select p6(1), p6(3), p6(9);
create function p7(i int) returns text language plpgsql as $$
declare n text;
begin
  select name into strict n from emp where id >= i;
  return n;
end $$;
select p7(9);
select p7(1);
create function p8() returns setof emp language plpgsql as $$
declare r emp;
begin
  for r in select * from emp order by id desc loop return next r; end loop;
  return query select * from emp where id = 1;
  return query execute 'select * from emp where id > $1 order by id' using 1;
  return;
end $$;
select * from p8();
select (p8()).name;
create function p9() returns table(a int, b text) language plpgsql as $$
begin
  a := 1; b := 'x'; return next;
  a := 2; return next;
  return query values (3,'y'),(4,'z');
  if not found then raise exception 'no'; end if;
end $$;
select * from p9();
select p9();
create function p10(x int, inout y int, out z text) language plpgsql as $$ begin y := y * x; z := 'z' || y; end $$;
select p10(2, 3);
select * from p10(2,3);
create function p11() returns text language plpgsql as $$
declare x int; s text := '';
begin
  foreach x in array array[1,2,3] loop s := s || x; end loop;
  declare sl int[];
  begin
    foreach sl slice 1 in array array[[1,2],[3,4]] loop s := s || sl::text; end loop;
  end;
  foreach x in array '{}'::int[] loop s := s || 'never'; end loop;
  return s || found;
end $$;
select p11();
create function p12() returns text language plpgsql as $$
declare a text; b text; c text; d text; e text; f text; g text; h text; i text; j text;
begin
  begin
    raise exception 'boom % %%', 42 using errcode = '22012', detail = 'dd', hint = 'hh', column = 'cc', constraint = 'kk', datatype = 'tt', table = 'tb', schema = 'sc';
  exception when division_by_zero then
    get stacked diagnostics a = returned_sqlstate, b = message_text, c = pg_exception_detail, d = pg_exception_hint, e = pg_exception_context, f = column_name, g = constraint_name, h = pg_datatype_name, i = table_name, j = schema_name;
  end;
  return concat_ws('|', a,b,c,d,e,f,g,h,i,j);
end $$;
select p12();
create function p13() returns void language plpgsql as $$ begin raise unique_violation; end $$;
select p13();
create function p14() returns void language plpgsql as $$ begin raise sqlstate 'PT404' using message = 'nope', hint = 'h', detail = 'd'; end $$;
select p14();
create function p15() returns void language plpgsql as $$ begin raise exception using errcode = 'unique_violation'; end $$;
select p15();
create function p16() returns void language plpgsql as $$ begin raise exception 'x %', null; end $$;
select p16();
create function p17() returns void language plpgsql as $$ begin raise; end $$;
select p17();
create function p18() returns void language plpgsql as $$
begin
  begin perform 1/0; exception when others then raise; end;
end $$;
select p18();
create function p19() returns int language plpgsql as $$ declare x int; begin x := 1/0; return x; end $$;
select p19();
create function p20(a int) returns int language plpgsql as $$ begin if a > 0 then return p20(a - 1); end if; return 1/a; end $$;
select p20(2);
create function p21() returns int language plpgsql as $$ begin insert into emp values (1, 'x'); return 1; end $$;
select p21();
create function p22() returns int language plpgsql as $$ begin execute 'select nosuch'; return 1; end $$;
select p22();
create function p23() returns int language plpgsql as $$ begin select 1; return 1; end $$;
select p23();
create function p24() returns int language plpgsql as $$ begin end $$;
select p24();
create function p25() returns int language plpgsql as $$ declare id int := 1; n text; begin select name into n from emp where id = 1; return 1; end $$;
select p25();
create function p26() returns text language plpgsql as $$
#variable_conflict use_column
declare id int := 99; n text; begin select name into n from emp where id = 2; return n; end $$;
select p26();
create function p27() returns text language plpgsql as $$
#variable_conflict use_variable
declare id int := 2; n text; begin select name into n from emp where emp.id = id; return n; end $$;
select p27();
create function p28(id int) returns text language plpgsql as $$ declare n text; begin select name into n from emp where emp.id = p28.id; return n; end $$;
select p28(3);
create function p29() returns text language plpgsql as $$
<<b>> declare x int := 1; begin declare x int := 2; begin return b.x || ',' || x; end; end $$;
select p29();
create function p30() returns int language plpgsql as $$ begin assert 1 = 1; assert 1 = 2, 'one is not two'; return 1; end $$;
select p30();
create function p31() returns int language plpgsql as $$ begin assert false; return 1; end $$;
select p31();
create function p32() returns text language plpgsql as $$ declare n bigint; o oid; c text; begin update emp set dept = dept; get diagnostics n = row_count; get current diagnostics c = pg_context; return n || c; end $$;
select p32();
create function p33() returns int language plpgsql as $$ declare r record; begin return r.x; end $$;
select p33();
create function p34() returns int language plpgsql as $$ declare r record; begin select 1 as a into r; return r.x; end $$;
select p34();
create function p35() returns text language plpgsql as $$ declare r emp; begin select * into r from emp where id = 77; return (r is null) || ' ' || (r.id is null) || found; end $$;
select p35();
create function p36() returns int language plpgsql as $$ declare c constant int := 1; begin c := 2; return c; end $$;
create function p37() returns int language plpgsql as $$ declare x int not null := 1; begin x := null; return x; end $$;
select p37();
create function p38() returns int language plpgsql as $$ declare x int not null; begin return x; end $$;
create function p39() returns int language plpgsql as $$ begin return 1 end $$;
create function p40() returns int language plpgsql as $$ begin x := 1; return 1; end $$;
create function p41() returns int language plpgsql as $$ begin return 'abc'; end $$;
select p41();
create function p42(a numeric) returns int language plpgsql as $$ begin return a; end $$;
select p42(2.5), p42(3.4);
create function p43() returns int language plpgsql as $$ begin for i in 1..null loop end loop; return 1; end $$;
select p43();
create function p44() returns int language plpgsql as $$ begin for i in 1..10 by 0 loop end loop; return 1; end $$;
select p44();
create function p45() returns int language plpgsql as $$ declare x int; begin foreach x in array null::int[] loop end loop; return 1; end $$;
select p45();
create function p46() returns int language plpgsql as $$ begin if 1 then return 1; end if; return 2; end $$;
select p46();
create function p47() returns int language plpgsql as $$ begin execute null; return 2; end $$;
select p47();
create function p48(t text, i int) returns text language plpgsql as $$ declare n text; begin execute format('select name from %I where id = $1', t) into n using i; return n; end $$;
select p48('emp', 2), p48('emp', 99);
select p48('no such', 2);
create function p49() returns text language plpgsql as $$ declare n text; begin execute 'select name from emp order by id' into strict n; return n; end $$;
select p49();
