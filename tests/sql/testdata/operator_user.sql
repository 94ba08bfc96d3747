-- Operators of one's own.

-- reset
create function ci_eq(a text, b text) returns bool language sql immutable as $$ select lower(a) = lower(b) $$;
create operator === (leftarg = text, rightarg = text, function = ci_eq, commutator = ===, negator = !==);
select 'Abc' === 'aBC', 'a' === 'b', null === 'a';
create table t (id int, s text);
insert into t values (1,'Foo'),(2,'foo'),(3,'bar');
select * from t where s === 'FOO' order by id;
select * from t where s operator(public.===) 'FOO' order by id;
select 'x' === any(array['X','y']), 'x' === all(array['X','y']);
create function dbl(a int) returns int language plpgsql immutable as $$ begin return a * 2; end $$;
create operator @@@ (rightarg = int, procedure = dbl);
select @@@ 5, @@@ (1 + 2);
create operator @@@ (rightarg = int, procedure = dbl);
create operator @#@ (leftarg = int, function = dbl);
create operator @#@ (function = dbl);
create operator @#@ (rightarg = int);
create operator @#@ (rightarg = text, function = dbl);
create operator @#@ (rightarg = int, function = dbl, commutator = @#@);
create operator @#@ (rightarg = int, function = dbl, negator = @#@);
select 1 === 2;
select 'a' @#@ 'b';
create type cx as (r float8, i float8);
create function cx_add(cx, cx) returns cx language sql immutable as $$ select row($1.r + $2.r, $1.i + $2.i)::cx $$;
create operator + (leftarg = cx, rightarg = cx, function = cx_add, commutator = +);
select row(1,2)::cx + row(3,4)::cx;
select (row(1,2)::cx + row(3,4)::cx).r;
create aggregate cxsum(cx) (sfunc = cx_add, stype = cx, initcond = '(0,0)');
select cxsum(v) from (values (row(1,2)::cx), (row(3,4)::cx)) q(v);
drop function ci_eq(text, text);
drop operator === (text, text);
drop operator === (text, text);
drop operator if exists === (text, text);
drop operator @@@ (none, int);
drop function cx_add(cx, cx) cascade;
select row(1,2)::cx + row(3,4)::cx;
comment on operator + (cx, cx) is 'x';
