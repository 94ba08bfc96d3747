-- reset
-- Triggers and writes as projects have them.
create table t(id int primary key, v int);
insert into t select i, i from generate_series(1,5) i;
do $$ declare c cursor for select * from t; r record; begin for r in c loop update t set v = v + 100 where current of c; end loop; end $$;
select * from t order by id;
-- handle_new_user and friends
create table public.profiles(id uuid primary key references auth.users on delete cascade, full_name text, avatar_url text, updated_at timestamptz);
alter table profiles enable row level security;
create function public.handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into public.profiles (id, full_name, avatar_url) values (new.id, new.raw_user_meta_data->>'full_name', new.raw_user_meta_data->>'avatar_url');
  return new;
end; $$;
create trigger on_auth_user_created after insert on auth.users for each row execute procedure public.handle_new_user();
insert into auth.users(id, email, raw_user_meta_data) values ('00000000-0000-0000-0000-000000000001', 'a@b.c', '{"full_name": "Ann"}');
select * from profiles;
delete from auth.users where email = 'a@b.c';
select count(*) from profiles;
-- audit with to_jsonb and hstore-less diffs
create table audit(id bigserial primary key, tbl regclass, op text, old_row jsonb, new_row jsonb, changed text[], who text default current_user);
create function audit() returns trigger language plpgsql as $$
declare changed text[];
begin
  if tg_op = 'UPDATE' then
    select array_agg(k order by k) into changed from jsonb_object_keys(to_jsonb(new)) k where to_jsonb(new) -> k is distinct from to_jsonb(old) -> k;
  end if;
  insert into audit(tbl, op, old_row, new_row, changed) values (tg_relid::regclass, tg_op, to_jsonb(old), to_jsonb(new), changed);
  return coalesce(new, old);
end $$;
create trigger audit after insert or update or delete on t for each row execute function audit();
insert into t values (9, 9);
update t set v = 10 where id = 9;
delete from t where id = 9;
select tbl, op, old_row, new_row, changed from audit order by id;
-- counters
create table post(id int primary key, likes int default 0);
create table likes(post int references post on delete cascade, who int, primary key (post, who));
create function count_likes() returns trigger language plpgsql as $$
begin
  if (tg_op = 'INSERT') then update post set likes = likes + 1 where id = new.post; return new;
  elsif (tg_op = 'DELETE') then update post set likes = likes - 1 where id = old.post; return old; end if;
  return null;
end $$;
create trigger count_likes after insert or delete on likes for each row execute function count_likes();
insert into post values (1), (2);
insert into likes values (1, 1), (1, 2), (2, 1);
delete from likes where who = 1;
select * from post order by id;
delete from post where id = 1;
select * from post;
-- a trigger that stops changes of a column
create function fixed() returns trigger language plpgsql as $$ begin if new.id is distinct from old.id then raise exception 'id is fixed' using errcode = '42501', hint = 'Leave it.'; end if; return new; end $$;
create trigger fixed before update of id on post for each row execute function fixed();
update post set id = 3;
update post set id = 2;
-- slugs, defaults by trigger, search vectors
create table article(id serial primary key, title text not null, slug text unique, fts tsvector, version int not null default 1, updated_at timestamptz);
create function slugify() returns trigger language plpgsql as $$
begin
  if new.slug is null then new.slug := trim(both '-' from regexp_replace(lower(new.title), '[^a-z0-9]+', '-', 'g')); end if;
  new.fts := setweight(to_tsvector('english', coalesce(new.title, '')), 'A');
  if tg_op = 'UPDATE' then new.version := old.version + 1; end if;
  return new;
end $$;
create trigger slugify before insert or update on article for each row execute function slugify();
insert into article(title) values ('Hello, World!'), ('  Spaces  and -- dashes ') returning id, slug, fts, version;
update article set title = 'Changed' where id = 1 returning slug, fts, version;
insert into article(title) values ('hello world');
-- a view with INSTEAD OF over a join with json
create table org(id int primary key, name text);
create table member(org int references org, name text, primary key (org, name));
create view org_full as select o.id, o.name, (select coalesce(json_agg(m.name order by m.name), '[]') from member m where m.org = o.id) as members from org o;
create function org_full_write() returns trigger language plpgsql as $$
begin
  insert into org values (new.id, new.name) on conflict (id) do update set name = excluded.name;
  delete from member where org = new.id;
  insert into member select new.id, x from json_array_elements_text(new.members) x;
  return new;
end $$;
create trigger w instead of insert or update on org_full for each row execute function org_full_write();
insert into org_full values (1, 'one', '["b", "a"]') returning *;
update org_full set members = '["z"]' where id = 1 returning *;
select * from org_full;
-- queue: skip locked, limits in subqueries
create table job(id serial primary key, state text default 'new', at int);
insert into job(at) values (3), (1), (2);
update job set state = 'taken' where id = (select id from job where state = 'new' order by at limit 1 for update skip locked) returning *;
with next as (select id from job where state = 'new' order by at limit 1 for update) update job j set state = 'taken' from next where j.id = next.id returning j.*;
delete from job where id in (select id from job where state = 'taken' order by at limit 1) returning id;
select * from job order by id;
-- moving rows, upserts with counters
create table arch(like job);
with gone as (delete from job where state = 'taken' returning *) insert into arch select * from gone returning id, state;
create table hits(page text primary key, n int not null default 1, first timestamptz default '2026-01-01');
insert into hits(page) values ('/a') on conflict (page) do update set n = hits.n + 1 returning *;
insert into hits(page) values ('/a'), ('/b') on conflict (page) do update set n = hits.n + excluded.n returning page, n, (xmax = 0) as inserted;
-- xmax tells what an upsert did
delete from hits;
insert into hits(page) values ('/a') returning xmax, xmax = 0 as inserted;
insert into hits(page) values ('/a'), ('/b') on conflict (page) do update set n = hits.n + excluded.n returning page, n, (xmax = 0) as inserted;
insert into hits(page) values ('/a'), ('/c') on conflict (page) do update set n = 7 returning page, case when xmax = 0 then 'i' else 'u' end, xmax::text::int > 0;
with x as (insert into hits(page) values ('/a'), ('/d') on conflict (page) do update set n = 8 returning *, (xmax = 0) as ins) select count(*) filter (where ins), count(*) filter (where not ins) from x;
update hits set n = 9 where page = '/d' returning xmax;
