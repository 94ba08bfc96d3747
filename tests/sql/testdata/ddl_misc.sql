-- Schemas, comments, publications and other statements.
-- reset
create schema s1;
create schema s1;
create schema if not exists s1;
create schema pg_mine;
create schema s2 create table t (id int primary key) create view v as select id from t create index on t (id);
select * from s2.v;
create schema authorization current_user;
drop schema s2;
drop schema s2 cascade;
drop schema nosuch;
drop schema if exists nosuch, s1;
create schema s3;
alter schema s3 owner to current_user;
alter schema s3 owner to nosuch;
comment on schema s3 is 'third';
select obj_description('s3'::regnamespace, 'pg_namespace');
comment on schema nosuch is 'x';
create table s3.a (id int primary key, b text check (b <> ''));
comment on table s3.a is 'the table';
comment on column s3.a.b is 'a column';
select obj_description('s3.a'::regclass), col_description('s3.a'::regclass, 2);
comment on column s3.a.nosuch is 'x';
comment on table s3.nosuch is 'x';
comment on constraint a_b_check on s3.a is 'con';
comment on constraint nosuch on s3.a is 'con';
comment on index s3.a_pkey is 'idx';
comment on view s3.a is 'x';
create function s3.f(x int) returns int language sql as 'select x';
comment on function s3.f(int) is 'fn';
comment on function s3.f is 'fn';
comment on function s3.f(text) is 'fn';
comment on table s3.a is null;
select obj_description('s3.a'::regclass);
create policy p on s3.a using (true);
comment on policy p on s3.a is 'pol';
comment on policy q on s3.a is 'pol';
comment on type nosuch is 'x';
comment on extension nosuch is 'x';
comment on database nosuch is 'x';
comment on language plpgsql is 'x';
create publication pub;
create publication pub;
create publication pub2 for table s3.a;
alter publication pub add table s3.a;
alter publication pub add table s3.a;
alter publication pub add table s3.nosuch;
alter publication pub drop table s3.a;
alter publication pub drop table s3.a;
alter publication pub set table s3.a;
alter publication pub set (publish = 'insert');
alter publication pub rename to pub3;
alter publication pub3 owner to current_user;
alter publication nosuch add table s3.a;
create publication pub_all for all tables;
alter publication pub_all add table s3.a;
create publication pub_schema for tables in schema s3;
create publication pub_col for table s3.a (id) where (id > 5);
drop publication pub3, pub2;
drop publication pub3;
drop publication if exists pub3;
comment on publication pub_all is 'x';
create statistics st on id, b from s3.a;
alter statistics st set statistics 10;
drop statistics st;
drop statistics if exists st;
-- differs: refused on the embedded engine
create collation german (locale = 'de_DE.utf8');
-- differs: refused on the embedded engine
create collation if not exists mine from "C";
-- differs: not as on PostgreSQL yet
select 'a' collate mine < 'B' collate mine;
-- differs: not as on PostgreSQL yet
drop collation mine;
drop collation nosuch;
drop collation if exists nosuch;
create event trigger et on ddl_command_end execute function nosuch();
drop event trigger if exists et;
-- differs: refused on the embedded engine
create server srv foreign data wrapper nosuch;
-- differs: refused on the embedded engine
create foreign table ft (id int) server nosuch;
-- differs: refused on the embedded engine
create subscription sub connection 'x' publication y with (connect = false);
-- differs: refused on the embedded engine
create tablespace ts location '/tmp/x';
-- differs: refused on the embedded engine
drop tablespace if exists ts;
-- differs: refused on the embedded engine
create database d;
-- differs: refused on the embedded engine
drop database if exists nosuch;
-- differs: refused on the embedded engine
create language nosuch;
create text search configuration simple_copy (copy = simple);
select to_tsvector('simple_copy', 'The Cats');
alter text search configuration simple_copy alter mapping for asciiword with simple;
drop text search configuration simple_copy;
create text search dictionary my_simple (template = simple);
drop text search dictionary my_simple;
-- differs: refused on the embedded engine
create access method am type index handler nosuch;
create aggregate mysum (int) (sfunc = int4pl, stype = int, initcond = '0');
select mysum(x) from (values (1), (2)) v (x);
drop aggregate mysum (int);
create operator === (leftarg = int, rightarg = int, function = int4eq);
select 1 === 1;
drop operator === (int, int);
create cast (int as text) with inout as implicit;
analyze;
analyze s3.a;
analyze s3.nosuch;
analyze s3.a (id, b);
vacuum;
vacuum analyze s3.a;
checkpoint;
-- differs: refused on the embedded engine
load 'nosuch';
lock table s3.a;
lock table s3.a in access exclusive mode nowait;
lock table s3.nosuch;
discard plans;
discard all;
listen ch;
notify ch, 'payload';
unlisten *;
prepare q (int) as select $1 + 1 as r;
execute q (4);
execute q ('5');
execute q;
execute q (1, 2);
execute nosuch (1);
prepare q as select 1;
prepare ins as insert into s3.a values ($1, $2) returning *;
execute ins (1, 'one');
create table from_exec as execute q (9);
select * from from_exec;
deallocate q;
execute q (1);
deallocate nosuch;
deallocate prepare ins;
deallocate all;
-- differs: not as on PostgreSQL yet
explain (costs off) select 1;
show search_path;
show nosuch;
set search_path = s3, public;
show search_path;
select * from a;
set search_path to default;
set local work_mem = '8MB';
show work_mem;
reset work_mem;
set nosuch = 1;
set my.var = 'x';
show my.var;
select current_setting('my.var'), current_setting('my.none', true);
select set_config('my.var', 'y', true);
show my.var;
reset my.var;
set time zone 'Europe/Berlin';
show timezone;
set time zone local;
set timezone = 'nosuch/zone';
-- differs: refused on the embedded engine
set datestyle = 'ISO, DMY';
-- differs: not as on PostgreSQL yet
show server_version_num;
-- differs: not as on PostgreSQL yet
set transaction isolation level serializable;
show transaction_isolation;
set session characteristics as transaction isolation level read committed;
set constraints all deferred;
set constraints nosuch immediate;
-- differs: refused on the embedded engine
set xmloption = document;
set standard_conforming_strings = on;
set client_encoding = 'UTF8';
set client_min_messages = warning;
set check_function_bodies = false;
set row_security = off;
set default_tablespace = '';
set default_table_access_method = heap;
set idle_in_transaction_session_timeout = 0;
set lock_timeout = '1s';
select pg_catalog.set_config('search_path', '', false);
truncate s3.a;
create table s3.fk (a_id int references s3.a (id));
truncate s3.a;
truncate s3.a cascade;
truncate only s3.a, s3.fk;
truncate s3.nosuch;
truncate s3.a, s3.fk restart identity;
drop function s3.f;
drop function s3.f;
drop function if exists s3.f(int);
drop routine if exists s3.f(int);
drop table if exists s3.nosuch;
drop table if exists nosuchschema.t;
drop view if exists s3.a;
drop table s3.a, s3.fk;
drop owned by current_user;
alter database postgres set work_mem = '4MB';
security label on table s3.x is 'y';
-- differs: refused on the embedded engine
import foreign schema x from server y into s3;
-- differs: refused on the embedded engine
create transform for int language sql (from sql with function nosuch(internal));
-- differs: refused on the embedded engine
create conversion c for 'UTF8' to 'LATIN1' from nosuch;
-- differs: refused on the embedded engine
create operator class oc for type int using btree as operator 1 <;
-- differs: refused on the embedded engine
create rule r as on insert to s3.x do nothing;
create table c1 (a int) with (autovacuum_enabled = false);
create table c2 (a int) with (nosuch = 1);
create table c3 (a int) tablespace nosuch;
create table c4 (a int) using heap;
create table c5 (a int) using nosuch;
-- differs: not as on PostgreSQL yet
create table c6 (a int storage plain);
create table c7 (a int compression pglz);
create table c8 (a text compression pglz);
