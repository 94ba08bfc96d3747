-- reset
create type public.mood as enum ('sad', 'ok', 'happy');
create domain public.email as text check (value ~ '@') not null;
create domain public.amount as numeric(10,2) default 0 constraint positive check (value >= 0);
create type public.address as (street text, zip varchar(10), since date);
create table public.people (
  id bigint generated always as identity primary key,
  name text not null,
  nick varchar(20) default 'none',
  mail email,
  age integer check (age > 0 and age < 150),
  born date,
  joined timestamptz not null default now(),
  tags text[] not null default '{}',
  data jsonb default '{}'::jsonb,
  state mood default 'ok',
  balance numeric(12,2) not null default 0,
  score double precision default 1.5,
  active boolean default true,
  full_name text generated always as (name || ' ' || coalesce(nick, '')) stored,
  constraint people_name_len check (char_length(name) between 1 and 100),
  constraint people_state check (state in ('sad', 'ok')),
  unique (name, born)
);
create table public.orders (
  id serial primary key,
  person bigint not null references public.people on delete cascade,
  "Total" amount,
  note character(5),
  status text default 'new' check (status in ('new', 'paid', 'sent')),
  created_at timestamp default current_timestamp,
  key uuid default gen_random_uuid(),
  parent integer references public.orders (id) on update set null on delete set default deferrable initially deferred,
  check (created_at > '2020-01-01'),
  constraint either check ((note is null) <> (status is null)),
  constraint casey check (case when status = 'new' then note is null else true end)
);
create unique index orders_key on public.orders (key);
create index orders_person on public.orders (person, created_at desc) where status <> 'sent';
create index orders_lower on public.orders (lower(status), (person + 1));
create index orders_inc on public.orders (status) include (note, key);
create index people_tags on public.people using gin (tags);
create index people_nulls on public.people (born desc nulls last, age nulls first);
create index people_coll on public.people (name collate "C" text_pattern_ops);
create view public.v_simple as select id, name from people;
create view public.v_where as select p.id, p.name as who, p.age + 1 as next_age from people p where p.active and p.age > 18 order by p.name desc limit 10;
create view public.v_join as select p.name, o."Total", o.status from people p join orders o on o.person = p.id left join orders o2 on o2.parent = o.id where o.status = 'paid' or o2.id is null;
create view public.v_group as select status, count(*) as n, sum("Total") as total, max(created_at) from orders group by status having count(*) > 1 order by count(*) desc;
create view public.v_case as select id, case when age < 18 then 'young' when age < 65 then 'adult' else 'old' end as kind, case state when 'sad' then 1 else 2 end as s from people;
create view public.v_union as select name from people union all select status from orders union select 'x';
create view public.v_with as with recent as (select * from orders where created_at > now() - interval '7 days') select r.id, (select name from people where people.id = r.person) as person_name from recent r;
create view public.v_exists as select name from people p where exists (select 1 from orders o where o.person = p.id) and p.id in (select person from orders) and not (p.age = any (array[1,2,3]));
create view public.v_using as select id, a.name, b.status from people a join orders b using (id);
create view public.v_cross as select a.id, b.id as bid from people a, orders b cross join generate_series(1, 3) g where g = a.id;
create view public.v_json as select json_build_object('id', id, 'name', name) as doc, data->>'k' as k, data->'a'->0 as first, tags[1] as tag from people;
create view public.v_window as select id, row_number() over (partition by status order by created_at desc) as rn, sum("Total") over w as run from orders window w as (order by id);
create view public.v_distinct as select distinct status, coalesce(note, 'none') as note from orders;
create view public.v_diston as select distinct on (person) person, created_at from orders order by person, created_at desc;
create view public.v_values as select * from (values (1, 'a'), (2, 'b')) as t(n, label);
create view public.v_casts as select id::text as id_text, '2024-01-01'::date as d, age::numeric(5,1) as a, name::varchar(5) as n, null::int as z, 1.5 as f, true as b, -1 as m, 'it''s' as q from people;
create view public.v_ops as select name || '!' as x, age * 2 + 1 as y, (age + 1) * 2 as z, age % 2 = 0 as even, name like 'a%' as l, name ilike 'b%' as il, name ~ '^c' as r, age between 1 and 5 as bt, age is distinct from 3 as df, not active as na, -age as neg from people;
create view public.v_funcs as select upper(name) as u, extract(year from born) as yr, date_trunc('day', joined) as dt, joined at time zone 'utc' as tz, position('a' in name) as p, trim(name) as t, substring(name from 1 for 2) as sb, nullif(age, 0) as nf, greatest(age, 1) as g, now() - joined as since, current_date as cd from people;
create view public.v_agg as select array_agg(name order by name) as names, string_agg(name, ', ') filter (where active) as act, count(distinct age) as ages, percentile_cont(0.5) within group (order by age) as med from people;
create view public.v_lateral as select p.id, l.n from people p left join lateral (select count(*) as n from orders o where o.person = p.id) l on true;
create view public.v_alias(a, b) as select id, name from people;
create view public.v_invoker with (security_invoker = true) as select * from orders;
create view public.v_check as select id, active from people where active with check option;
create materialized view public.mv as select status, count(*) as n from orders group by status;
select pg_get_viewdef('v_simple'::regclass);
select pg_get_viewdef('v_simple'::regclass, true);
select pg_get_viewdef('v_where'::regclass);
select pg_get_viewdef('v_where'::regclass, true);
select pg_get_viewdef('v_join'::regclass);
select pg_get_viewdef('v_join'::regclass, true);
select pg_get_viewdef('v_group'::regclass);
select pg_get_viewdef('v_group'::regclass, true);
select pg_get_viewdef('v_case'::regclass);
select pg_get_viewdef('v_case'::regclass, true);
select pg_get_viewdef('v_union'::regclass);
select pg_get_viewdef('v_with'::regclass);
select pg_get_viewdef('v_with'::regclass, true);
select pg_get_viewdef('v_exists'::regclass);
select pg_get_viewdef('v_exists'::regclass, true);
select pg_get_viewdef('v_using'::regclass);
select pg_get_viewdef('v_cross'::regclass);
select pg_get_viewdef('v_cross'::regclass, true);
select pg_get_viewdef('v_json'::regclass);
select pg_get_viewdef('v_json'::regclass, true);
select pg_get_viewdef('v_window'::regclass);
select pg_get_viewdef('v_distinct'::regclass);
select pg_get_viewdef('v_diston'::regclass);
select pg_get_viewdef('v_values'::regclass);
select pg_get_viewdef('v_casts'::regclass);
select pg_get_viewdef('v_casts'::regclass, true);
select pg_get_viewdef('v_ops'::regclass);
select pg_get_viewdef('v_ops'::regclass, true);
select pg_get_viewdef('v_funcs'::regclass);
select pg_get_viewdef('v_funcs'::regclass, true);
select pg_get_viewdef('v_agg'::regclass);
select pg_get_viewdef('v_lateral'::regclass);
select pg_get_viewdef('v_alias'::regclass);
select pg_get_viewdef('v_invoker'::regclass);
select pg_get_viewdef('v_check'::regclass);
select pg_get_viewdef('mv'::regclass);
select pg_get_viewdef('v_where'::regclass, 60);
select pg_get_viewdef('public.v_simple');
select pg_get_viewdef('nosuch');
select pg_get_viewdef(0::oid);
select conname, contype, pg_get_constraintdef(oid) from pg_constraint where conrelid = 'people'::regclass order by conname;
select conname, contype, pg_get_constraintdef(oid, true) from pg_constraint where conrelid = 'people'::regclass order by conname;
select conname, contype, pg_get_constraintdef(oid), condeferrable, condeferred, confupdtype, confdeltype, confmatchtype, conkey, confkey from pg_constraint where conrelid = 'orders'::regclass order by conname;
select conname, pg_get_constraintdef(oid, true) from pg_constraint where conrelid = 'orders'::regclass order by conname;
select conname, pg_get_constraintdef(oid) from pg_constraint where contypid = 'email'::regtype;
select conname, pg_get_constraintdef(oid) from pg_constraint where contypid = 'amount'::regtype;
select indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname;
select c.relname, pg_get_indexdef(i.indexrelid, 0, true), indnatts, indnkeyatts, indisunique, indisprimary, indkey, indoption from pg_index i join pg_class c on c.oid = i.indexrelid join pg_class t on t.oid = i.indrelid where t.relname in ('people', 'orders') order by 1;
select c.relname, pg_get_indexdef(i.indexrelid, k, false) from pg_index i join pg_class c on c.oid = i.indexrelid cross join generate_series(1, 4) k where c.relname like 'orders%' order by 1, k;
select a.attname, pg_get_expr(d.adbin, d.adrelid) from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = 'people'::regclass order by a.attnum;
select a.attname, pg_get_expr(d.adbin, d.adrelid), pg_get_expr(d.adbin, d.adrelid, true) from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum where d.adrelid = 'orders'::regclass order by a.attnum;
select c.relname, pg_get_expr(i.indpred, i.indrelid), pg_get_expr(i.indexprs, i.indrelid) from pg_index i join pg_class c on c.oid = i.indexrelid where c.relname like 'orders%' order by 1;
select pg_get_serial_sequence('orders', 'id'), pg_get_serial_sequence('people', 'id'), pg_get_serial_sequence('people', 'name');
select pg_get_serial_sequence('orders', 'nope');
select viewname, definition from pg_views where schemaname = 'public' and viewname in ('v_simple', 'v_check') order by 1;
select matviewname, hasindexes, ispopulated, definition from pg_matviews where schemaname = 'public';
select schemaname, tablename, rulename, definition from pg_rules where schemaname = 'public' order by 1, 2;
select pg_get_ruledef(r.oid) from pg_rewrite r where ev_class = 'v_simple'::regclass;
create function public.add(a integer, b integer default 2) returns integer language sql immutable strict as $$ select a + b $$;
create function public.items(p bigint, out n integer, out label text) returns setof record language sql stable security definer set search_path = public, pg_temp as 'select 1, ''x''';
create function public.tab(variadic xs integer[]) returns table (x integer, y text) language plpgsql as $$
begin
  return query select 1, 'a';
end;
$$;
create function public.void_one() returns void language plpgsql as $f$ begin null; end $f$;
create procedure public.proc(inout x integer, y text) language plpgsql as $$ begin x := 1; end $$;
create function public.trig() returns trigger language plpgsql as $$ begin return new; end $$;
create function public.rows5() returns setof people language sql rows 5 as 'select * from people';
create function public.poly(anyelement) returns anyelement language sql as 'select $1';
select pg_get_functiondef('add(int,int)'::regprocedure);
select pg_get_functiondef('items(bigint)'::regprocedure);
select pg_get_functiondef('tab(int[])'::regprocedure);
select pg_get_functiondef('void_one()'::regprocedure);
select pg_get_functiondef('proc'::regproc);
select pg_get_functiondef('rows5'::regproc);
select pg_get_functiondef('poly'::regproc);
select pg_get_functiondef('count(*)'::regprocedure);
select pg_get_functiondef('sum(int)'::regprocedure);
select proname, pg_get_function_arguments(oid), pg_get_function_identity_arguments(oid), pg_get_function_result(oid) from pg_proc where pronamespace = 'public'::regnamespace order by 1;
select proname, prokind, provolatile, proisstrict, prosecdef, proretset, pronargs, pronargdefaults, provariadic::regtype, prorettype::regtype, proargtypes::regtype[], proallargtypes::regtype[], proargmodes, proargnames, proconfig, prorows, procost from pg_proc where pronamespace = 'public'::regnamespace order by 1;
select pg_get_expr(proargdefaults, 0) from pg_proc where proname = 'add' and pronamespace = 'public'::regnamespace;
select pg_get_function_arg_default('add(int,int)'::regprocedure, 2), pg_get_function_arg_default('add(int,int)'::regprocedure, 1);
create trigger t1 before insert or update of name, age on public.people for each row when (new.age > 5) execute function trig();
create trigger t2 after delete on public.people for each statement execute function trig('a', 'it''s');
create trigger t3 after update on public.orders for each row when (old.status is distinct from new.status and new.note = 'x') execute function trig();
create constraint trigger t4 after insert on public.orders deferrable initially deferred for each row execute function trig();
select tgname, tgtype, tgenabled, tgnargs, tgattr, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal order by 1;
select tgname, pg_get_triggerdef(oid, true) from pg_trigger where not tgisinternal order by 1;
alter table public.people enable row level security;
create policy p_read on public.people for select using (active and name = current_user);
create policy p_all on public.people as restrictive to public using (true) with check (age > 0);
create policy p_sub on public.orders for update using (exists (select 1 from people p where p.id = orders.person and p.name = current_setting('app.user', true))) with check (person in (select id from people));
select schemaname, tablename, policyname, permissive, roles, cmd, qual, with_check from pg_policies where schemaname = 'public' order by 2, 3;
select polname, polcmd, polpermissive, polroles, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid) from pg_policy where polrelid in ('people'::regclass, 'orders'::regclass) order by 1;
