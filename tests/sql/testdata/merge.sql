-- reset
-- MERGE as PostgreSQL 15 has it.
create table target(id int primary key, balance int not null default 0 check (balance >= 0), note text, code text unique);
create table source(sid int, delta int, kind text);
insert into target values (1, 10, 'one', 'a'), (2, 20, 'two', 'b'), (3, 30, 'three', 'c');
insert into source values (2, 5, 'add'), (3, 0, 'del'), (4, 40, 'new'), (5, 50, 'skip');
merge into target t using source s on t.id = s.sid
  when matched and s.kind = 'del' then delete
  when matched then update set balance = t.balance + s.delta, note = s.kind
  when not matched and s.kind = 'skip' then do nothing
  when not matched then insert (id, balance, note) values (s.sid, s.delta, s.kind);
select * from target order by id;
merge into target t using source s on t.id = s.sid when matched then do nothing;
merge into target using source on id = sid when matched then update set note = upper(kind);
select * from target order by id;
merge into target t using (values (6, 60), (7, 70)) v(a, b) on t.id = v.a when not matched then insert values (a, b);
merge into target as t using (select * from source where delta > 40) as s on t.id = s.sid when not matched then insert (id) values (s.sid) when matched then delete;
merge into target t using (select 1 as x) s on t.id = s.x when matched then update set (balance, note) = (select max(delta), 'sub' from source);
select * from target order by id;
merge into target t using (select 1 as x) s on false when not matched then insert default values;
merge into target t using (select 10 as x) s on t.id = s.x when not matched then insert (id, balance) values (x, default);
merge into target t using (select 10 as x) s on t.id = s.x when matched then update set balance = default, note = default;
merge into target t using (select 10 as x) s on t.id = s.x when matched and t.balance < 0 then delete when matched and t.balance = 0 then update set note = 'zero';
select * from target where id = 10;
-- twice the same row
merge into target t using (values (1), (1)) v(a) on t.id = v.a when matched then update set note = 'again';
merge into target t using (values (1), (1)) v(a) on t.id = v.a when matched then delete;
merge into target t using (values (1), (1)) v(a) on t.id = v.a when matched then do nothing;
merge into target t using (values (20), (20)) v(a) on t.id = v.a when not matched then insert (id) values (a);
select count(*) from target where id = 20;
-- constraints
merge into target t using (select 1 as x) s on t.id = s.x when matched then update set balance = -1;
merge into target t using (select 30 as x) s on t.id = s.x when not matched then insert (id, balance) values (x, null);
merge into target t using (select 30 as x) s on t.id = s.x when not matched then insert (id, code) values (x, 'a');
merge into target t using (select 1 as x) s on t.id = s.x when matched then update set code = 'b';
-- errors
merge into target t using source s on t.id = s.sid when matched then update set nope = 1;
merge into target t using source s on t.id = s.sid when not matched then insert (nope) values (1);
merge into target t using source s on t.id = s.sid when not matched then insert (id, note) values (1);
merge into target t using source s on t.id = s.sid when not matched then insert (id) values (1, 2);
merge into target t using source s on t.id = s.sid when not matched then insert (id) values (t.id);
merge into target t using source s on t.id = s.sid when not matched and t.id = 1 then insert (id) values (1);
merge into target t using source s on t.id = s.sid when not matched and balance = 1 then insert (id) values (1);
merge into target t using source s on t.id = s.sid when matched and count(*) > 1 then delete;
merge into target t using source s on t.id = s.sid when matched and s.kind then delete;
merge into target t using source s on t.id = s.nope when matched then delete;
merge into target t using source t on t.id = t.sid when matched then delete;
merge into target using target on true when matched then delete;
merge into target t using source s on t.id = s.sid when matched then delete when matched then do nothing;
merge into target t using source s on t.id = s.sid when not matched then do nothing when not matched and s.kind = 'x' then insert default values;
merge into target t using source s on t.id = s.sid when matched then update set balance = 'x';
merge into target t using source s on t.id = s.sid when matched then update set balance = 1, balance = 2;
merge into target t using source s on t.id = s.sid when matched then insert default values;
merge into target t using source s on t.id = s.sid when not matched then delete;
merge into nowhere t using source s on t.id = s.sid when matched then delete;
merge into target t using nowhere s on t.id = s.sid when matched then delete;
create view tv as select * from target;
merge into tv t using source s on t.id = s.sid when matched then delete;
create materialized view tm as select * from target;
merge into tm t using source s on t.id = s.sid when matched then delete;
with m as (merge into target t using source s on t.id = s.sid when matched then delete) select 1;
with recursive m as (select 1 as x) merge into target t using m on t.id = m.x when matched then do nothing;
-- WITH, joins, subqueries, functions
with s as (select 100 as k, 'with' as w) merge into target t using s on t.id = s.k when not matched then insert (id, note) values (k, w);
merge into target t using source a join source b on a.sid = b.sid on t.id = a.sid when matched then update set note = a.kind || b.kind;
merge into target t using source s on t.id = s.sid and t.id in (select 2) when matched then update set note = (select string_agg(kind, ',' order by sid) from source) when not matched then insert (id, note) values (s.sid + 1000, (select count(*)::text from target));
select id, note from target order by id;
with gone as (delete from source where sid = 5 returning *) merge into target t using gone g on t.id = g.sid when not matched then insert (id, note) values (g.sid + 2000, 'cte');
select id, note from target where id > 2000;
select count(*) from source;
-- identity and generated columns
create table ident(id int generated always as identity, k int unique, d int generated always as (k * 2) stored);
merge into ident i using (values (1), (2)) v(x) on i.k = v.x when not matched then insert (k) values (x);
merge into ident i using (values (1), (3)) v(x) on i.k = v.x when not matched then insert (id, k) values (50, x);
merge into ident i using (values (1), (3)) v(x) on i.k = v.x when not matched then insert (id, k) overriding system value values (50, x);
merge into ident i using (values (1), (4)) v(x) on i.k = v.x when not matched then insert (id, k) overriding user value values (60, x);
merge into ident i using (values (1)) v(x) on i.k = v.x when matched then update set id = 5;
merge into ident i using (values (1)) v(x) on i.k = v.x when matched then update set d = 5;
merge into ident i using (values (1)) v(x) on i.k = v.x when matched then update set k = 11;
select * from ident order by k;
-- triggers
create table log(n serial, msg text);
create function tell() returns trigger language plpgsql as $$ begin insert into log(msg) values (concat_ws(' ', tg_name, tg_when, tg_op, tg_level, old, new)); if tg_level = 'ROW' and tg_when = 'BEFORE' and coalesce(new.note, old.note) = 'skip' then return null; end if; return coalesce(new, old); end $$;
create trigger bs before insert or update or delete on target execute function tell();
create trigger asx after insert or update or delete on target execute function tell();
create trigger br before insert or update or delete on target for each row execute function tell();
create trigger ar after insert or update or delete on target for each row execute function tell();
truncate target;
insert into target(id, note) values (1, 'x'), (2, 'y'), (3, 'skip');
delete from log;
merge into target t using (values (1), (2), (3), (4)) v(a) on t.id = v.a
  when matched and a = 2 then delete when matched then update set balance = a when not matched then insert (id, note) values (a, 'new');
select msg from log order by msg;
delete from log;
merge into target t using (values (1)) v(a) on t.id = v.a when not matched then insert (id) values (a) when matched and false then delete;
select msg from log order by n;
merge into target t using (values (3), (9)) v(a) on t.id = v.a when matched then delete when not matched then insert (id, note) values (a, 'skip');
create function merged() returns int language plpgsql as $$ declare n int; begin merge into target t using (values (1), (77)) v(a) on t.id = v.a when matched then update set note = 'fn' when not matched then insert (id) values (a); get diagnostics n = row_count; if found then return n; end if; return -1; end $$;
select merged();
drop table log, target cascade;
-- rights and row security
create table doc(id int primary key, owner text, body text);
insert into doc values (1, 'merge_ann', 'a1'), (2, 'merge_bob', 'b1'), (3, 'merge_ann', 'locked');
create role merge_ann;
grant select on source to merge_ann;
set role merge_ann;
merge into doc d using source s on d.id = s.sid when matched then delete;
reset role;
grant select (id), update (body) on doc to merge_ann;
set role merge_ann;
merge into doc d using (values (1)) v(x) on d.id = v.x when matched then update set body = 'upd';
merge into doc d using (values (1)) v(x) on d.id = v.x when matched then update set owner = 'upd';
merge into doc d using (values (1)) v(x) on d.id = v.x when matched then delete;
merge into doc d using (values (1)) v(x) on d.id = v.x when not matched then insert (id) values (x);
merge into doc d using (values (1)) v(x) on d.id = v.x when matched and d.body = 'x' then do nothing;
reset role;
grant all on doc to merge_ann;
alter table doc enable row level security;
create policy see on doc for select using (owner = current_user or id = 2);
create policy ins on doc for insert with check (owner = current_user);
create policy upd on doc for update using (owner = current_user) with check (body <> 'bad');
create policy del on doc for delete using (owner = current_user and body <> 'locked');
set role merge_ann;
merge into doc d using (values (1), (9)) v(x) on d.id = v.x when matched then update set body = 'mine' when not matched then insert values (x, 'merge_ann', 'new');
merge into doc d using (values (2)) v(x) on d.id = v.x when matched then update set body = 'his';
merge into doc d using (values (2)) v(x) on d.id = v.x when matched then delete;
merge into doc d using (values (3)) v(x) on d.id = v.x when matched then delete;
merge into doc d using (values (1)) v(x) on d.id = v.x when matched then update set body = 'bad';
merge into doc d using (values (1)) v(x) on d.id = v.x when matched then update set owner = 'zed';
merge into doc d using (values (10)) v(x) on d.id = v.x when not matched then insert values (x, 'zed', 'n');
merge into doc d using (values (2)) v(x) on d.id = v.x when matched then do nothing;
merge into doc d using (values (1), (9)) v(x) on d.id = v.x when matched then delete;
reset role;
select * from doc order by id;
