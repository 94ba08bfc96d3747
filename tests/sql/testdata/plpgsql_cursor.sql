-- Cursors of PL/pgSQL.

-- reset
create table emp (id int primary key, name text not null, salary numeric(10,2), dept text);
insert into emp values (1,'Ann',100,'a'),(2,'Bob',200,'b'),(3,'Cid',300.50,'a'),(4,'Dan',50,'c');
create function c1() returns text language plpgsql as $$
declare
  c1 cursor for select * from emp order by id;
  c2 cursor (k int, d text default 'a') for select name from emp where id >= k order by id;
  c3 refcursor;
  r emp; n text; out text := '';
begin
  open c1; fetch c1 into r; out := out || r.name; fetch next from c1 into r; out := out || r.name;
  move forward 1 from c1; fetch c1 into r; out := out || r.name; fetch c1 into r; out := out || found; close c1;
  open c2(2, 'x'); loop fetch c2 into n; exit when not found; out := out || '-' || n; end loop; close c2;
  open c2(d := 'x', k := 3); fetch c2 into n; out := out || '=' || n; close c2;
  open c3 scroll for select id from emp order by id;
  fetch last from c3 into n; out := out || n; fetch prior from c3 into n; out := out || n; fetch first from c3 into n; out := out || n;
  fetch absolute 3 from c3 into n; out := out || n; fetch relative -1 from c3 into n; out := out || n; fetch backward from c3 into n; out := out || n;
  close c3;
  open c3 for execute 'select name from emp where id = $1' using 4; fetch c3 into n; out := out || n; close c3;
  for q in c1 loop out := out || q.id; end loop;
  for q in c2(3,'z') loop out := out || q.name; end loop;
  return out;
end $$;
select c1();
create function c2() returns int language plpgsql as $$
declare c cursor for select * from emp for update; n int := 0;
begin
  for r in c loop
    if r.dept = 'a' then update emp set salary = salary + 1 where current of c; n := n + 1;
    elsif r.dept = 'c' then delete from emp where current of c; end if;
  end loop;
  return n;
end $$;
select c2();
select * from emp order by id;
create function c3() returns void language plpgsql as $$ declare c refcursor; n int; begin fetch c into n; end $$;
select c3();
create function c4() returns void language plpgsql as $$ declare c cursor for select 1; n int; begin fetch c into n; end $$;
select c4();
create function c5() returns void language plpgsql as $$ declare c cursor for select 1; n int; begin open c; open c; end $$;
select c5();
create function c6() returns void language plpgsql as $$ declare c no scroll cursor for select generate_series(1,3); n int; begin open c; fetch c into n; fetch prior from c into n; end $$;
select c6();
create function c7(r refcursor) returns refcursor language plpgsql as $$ begin open r for select id, name from emp order by id; return r; end $$;
select c7('mycur');
create function c8() returns text language plpgsql as $$ declare c refcursor := 'named'; begin open c for select 1; return c::text; end $$;
select c8();
create function c9() returns text language plpgsql as $$ declare c refcursor; d refcursor; begin open c for select 1; open d for select 2; return c || ',' || d; end $$;
select c9();
