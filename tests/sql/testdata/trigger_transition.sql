-- reset
-- Transition tables, and statement triggers over foreign key actions.
create table stock(id int primary key, name text, qty numeric(8,2), doc jsonb, bin bytea, tags text[], at timestamptz);
create table audit(n serial, msg text);
create function ins() returns trigger language plpgsql as $$
declare r record;
begin
  insert into audit(msg) select tg_name || ' ' || id || ' ' || coalesce(name, '-') from added order by id;
  select count(*) as c, sum(qty) as s, max(name) as m into r from added;
  insert into audit(msg) values (format('%s rows, %s, %s', r.c, r.s, r.m));
  return null;
end $$;
create trigger ins after insert on stock referencing new table as added for each statement execute function ins();
insert into stock(id, name, qty) values (1, 'a', 1.5), (2, 'b', 2), (3, null, 3.25);
insert into stock(id, name, qty) select 4, 'd', 9 where false;
insert into stock(id, name, qty) values (2, 'b', 2) on conflict do nothing;
insert into stock(id, name, qty) values (2, 'bb', 2), (5, 'e', 5) on conflict (id) do update set name = excluded.name;
select msg from audit order by n;
delete from audit;
create function upd() returns trigger language plpgsql as $$
begin
  insert into audit(msg) select format('%s: %s -> %s', o.id, o.name, n.name) from before o join after n using (id) where o.* is distinct from n.* order by 1;
  if exists (select 1 from after where qty > 100) then raise exception 'too many: %', (select string_agg(id::text, ',' order by id) from after where qty > 100); end if;
  return null;
end $$;
create trigger upd after update on stock referencing old table as before new table as after for each statement execute function upd();
update stock set name = upper(name) where id < 3;
update stock set name = 'none' where id = 99;
update stock set qty = qty * 50;
insert into stock(id, name) values (1, 'conflict'), (6, 'fresh') on conflict (id) do update set name = excluded.name;
select msg from audit order by n;
delete from audit;
create function del() returns trigger language plpgsql as $$
declare x stock; n int := 0;
begin
  for x in select * from gone order by id loop n := n + 1; insert into audit(msg) values (n || ' gone ' || x.id || coalesce(x.name, '')); end loop;
  with w as (select id from gone) insert into audit(msg) select 'with ' || count(*) from w;
  insert into audit(msg) select row_to_json(gone)::text from gone order by id limit 1;
  insert into audit(msg) select g::text from gone g order by id limit 1;
  execute 'insert into audit(msg) select $1 || count(*) from gone' using 'dynamic ';
  update audit set msg = msg || '!' where exists (select 1 from gone where gone.id::text = right(audit.msg, 1));
  return null;
end $$;
create trigger del after delete on stock referencing old table gone execute function del();
delete from stock where id > 4;
delete from stock where false;
select msg from audit order by n;
delete from audit;
-- values of every kind come through
create or replace function ins() returns trigger language plpgsql as $$ begin insert into audit(msg) select concat_ws('|', id, qty, doc, encode(bin, 'hex'), tags, at, doc->>'a', tags[1], qty + 1) from added; return null; end $$;
insert into stock values (20, 'all', 1.10, '{"b": [1, null], "a": "x"}', '\x00ff', '{p,"q r",NULL}', '2026-01-02 03:04:05.678+00'), (21, null, null, null, null, null, null);
select msg from audit order by n;
delete from audit;
-- row triggers see them too
create function each() returns trigger language plpgsql as $$ begin insert into audit(msg) values (new.id || ' of ' || (select count(*) from rows)); return null; end $$;
drop trigger ins on stock;
create trigger each after insert on stock referencing new table as rows for each row execute function each();
insert into stock(id) values (30), (31), (32);
select msg from audit order by n;
delete from audit;
-- the names are the trigger's own, and of its function alone
create function helper() returns bigint language plpgsql as $$ begin return (select count(*) from rows); end $$;
create or replace function each() returns trigger language plpgsql as $$ begin perform helper(); return null; end $$;
insert into stock(id) values (33);
create or replace function each() returns trigger language plpgsql as $$ begin insert into rows values (1); return null; end $$;
insert into stock(id) values (33);
create or replace function each() returns trigger language plpgsql as $$ begin update rows set id = 1; return null; end $$;
insert into stock(id) values (33);
create table rows(x int);
create or replace function each() returns trigger language plpgsql as $$ begin insert into audit(msg) select 'public ' || count(*) from public.rows; insert into audit(msg) select 'own ' || count(*) from rows; return null; end $$;
insert into stock(id) values (33);
select msg from audit order by n;
delete from audit;
create or replace function each() returns trigger language plpgsql as $$ declare rows int := 4; begin insert into audit(msg) with rows as (select 1 as a union all select 2) select 'with ' || count(*) from rows; return null; end $$;
insert into stock(id) values (34);
select msg from audit order by n;
delete from audit;
drop trigger each on stock;
-- errors of CREATE TRIGGER
create trigger bad before insert on stock referencing new table as n execute function ins();
create trigger bad after insert on stock referencing old table as n execute function ins();
create trigger bad after delete on stock referencing new table as n execute function ins();
create trigger bad after insert or update on stock referencing new table as n execute function ins();
create trigger bad after update of name on stock referencing new table as n execute function ins();
create trigger bad after update on stock referencing new table as n old table as n execute function ins();
create trigger bad after update on stock referencing new table as n new table as m execute function ins();
create trigger bad after update on stock referencing new row as n execute function ins();
create trigger bad after truncate on stock referencing old table as n execute function ins();
-- foreign key actions are part of the statement
create table parent(id int primary key);
create table child(id int primary key, p int references parent on delete cascade on update cascade, q int references parent on delete set null);
create function tell() returns trigger language plpgsql as $$ begin insert into audit(msg) values (concat_ws(' ', tg_name, tg_when, tg_level, tg_op, tg_table_name, case when tg_level = 'ROW' then coalesce(old.id, new.id) end)); return coalesce(new, old); end $$;
create trigger p_bs before delete or update on parent for each statement execute function tell();
create trigger p_as after delete or update on parent for each statement execute function tell();
create trigger p_br before delete or update on parent for each row execute function tell();
create trigger p_ar after delete or update on parent for each row execute function tell();
create trigger c_bs before delete or update on child for each statement execute function tell();
create trigger c_as after delete or update on child for each statement execute function tell();
create trigger c_br before delete or update on child for each row execute function tell();
create trigger c_ar after delete or update on child for each row execute function tell();
create function gone() returns trigger language plpgsql as $$ begin insert into audit(msg) select 'gone: ' || coalesce(string_agg(id::text, ',' order by id), 'none') from gone; return null; end $$;
create trigger c_gone after delete on child referencing old table as gone execute function gone();
insert into parent select generate_series(1, 5);
insert into child values (10, 1, 5), (11, 1, 5), (20, 2, 1), (30, 3, 2);
delete from parent where id in (1, 2);
select msg from audit order by n;
delete from audit;
update parent set id = 33 where id = 3;
select msg from audit order by n;
delete from audit;
select * from child order by id;
delete from parent where id = 4;
select msg from audit order by n;
drop table stock;
drop table child, parent;
