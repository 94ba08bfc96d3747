-- Forms of CREATE TABLE.
-- reset
create table g (id int, t text, a int, full_name text generated always as (id || t) stored, s text generated always as (t || a::text) stored);
insert into g values (1, 'x', 2) returning *;
create table g2 (id int, ts timestamptz, x text generated always as (t::text || id) stored);
create table g3 (id int, ts timestamptz, x text generated always as (ts::text || id) stored);
create table g4 (id int, d date, x text generated always as (id || d) stored);
create table g5 (id bigint, n numeric, x text generated always as (n || '-' || id) stored);
insert into g5 values (1, 2.5) returning *;
create table g6 (a text, b text, v tsvector generated always as (setweight(to_tsvector('english', coalesce(a, '')), 'A') || to_tsvector('english', coalesce(b, ''))) stored);
create table ty0 (a int);
create type pt as (x int, y text);
-- differs: refused on the embedded engine
create table ty of pt (primary key (x));
-- differs: not as on PostgreSQL yet
insert into ty values (1, 'a') returning *;
-- differs: refused on the embedded engine
create table inh (z int) inherits (ty0);
-- differs: refused on the embedded engine
alter table g inherit ty0;
create table par (id int primary key);
create table chi (id int references par on delete set null (id));
create table chi2 (a int, b int, foreign key (a) references par deferrable initially deferred, unique (a, b) deferrable);
create table if not exists chi2 (a int);
create table with_opts (id int) with (fillfactor = 70, autovacuum_enabled = off);
create table def (id uuid default gen_random_uuid() primary key, created timestamptz default now(), d date default current_date, j jsonb default '{}'::jsonb, arr text[] default array['a','b'], u text default current_user);
insert into def default values returning j, arr, d = current_date;
create table bad (id int primary key, id2 int primary key);
create table bad (a int, a int);
create table bad (a int check (b > 1));
create table bad (a int, b int, check (a < b), check (c > 1));
create table bad (a int references nosuch);
create table bad (a int references par (nosuch));
create table bad (a text references par);
create table bad (a int default b, b int);
create table bad (a int default 'x');
create table bad (a nosuch);
create table bad (like nosuch);
create table lk (like par including all, extra text default 'q');
insert into lk values (1) returning *;
create table lk2 (like chi2 including constraints including indexes);
lock table par in share mode;
comment on column par.id is 'the id';
select col_description('par'::regclass, 1);
create table "Mixed" ("Id" int primary key, "Na me" text);
insert into "Mixed" values (1, 'x') returning "Na me";
alter table "Mixed" rename column "Na me" to na;
select * from "Mixed";
drop table "Mixed", par;
drop table "Mixed", par cascade;
create table selfref (id int primary key, parent int references selfref on delete cascade);
insert into selfref values (1, null), (2, 1), (3, 2);
delete from selfref where id = 1 returning *;
select * from selfref;
