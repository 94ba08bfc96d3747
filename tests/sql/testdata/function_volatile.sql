-- reset
-- Volatile functions see what the statement that calls them has changed so far, stable ones do not.
create table v (id int, n int);
create function total() returns bigint language sql as 'select count(*) from v';
create function total(least int) returns bigint language sql as 'select count(*) from v where id >= least';
create function highest() returns v language sql as 'select * from v order by id desc limit 1';
create function stotal() returns bigint language sql stable as 'select count(*) from v';
create function plus(a int) returns int language sql as 'select a + 1';
insert into v select i, total() from generate_series(1, 3) i;
select * from v order by id;
insert into v select i + 10, stotal() from generate_series(1, 3) i;
select * from v order by id;
insert into v (id, n) values (21, total()), (22, total(12)), (23, plus(total()::int)) returning *;
update v set n = n + total();
select * from v order by id;
insert into v select i + 30, (highest()).id from generate_series(1, 3) i returning *;
create table w (id int, n int default total());
insert into w (id) select i from generate_series(1, 2) i;
insert into w values (3, total()), (4, default) returning *;
select * from w order by id;
update w set n = (select max(n) from w) + total() where id = 1 returning n;
delete from w where n > total();
select count(*) from w;
