-- Events by month in partitions, an audit trail of every table by one trigger function, and a daily report.
create table events (
  id bigint generated always as identity,
  tenant_id int not null,
  kind text not null,
  payload jsonb,
  happened_at timestamptz not null default now(),
  primary key (id, happened_at)
) partition by range (happened_at);
create table events_2024 partition of events for values from ('2024-01-01') to ('2025-01-01');
create table events_2025 partition of events for values from ('2025-01-01') to ('2026-01-01');
create table events_default partition of events default;
create index on events (tenant_id, happened_at desc);

create schema audit;
create table audit.log (
  id bigserial primary key,
  table_name text not null,
  operation text not null,
  row_id text,
  old_row jsonb,
  new_row jsonb,
  by_role name not null default current_user,
  at timestamptz not null default clock_timestamp()
);
create function audit.write() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  insert into audit.log (table_name, operation, row_id, old_row, new_row)
  values (tg_table_schema || '.' || tg_table_name, tg_op,
    coalesce(to_jsonb(new) ->> tg_argv[0], to_jsonb(old) ->> tg_argv[0]),
    case when tg_op <> 'INSERT' then to_jsonb(old) end, case when tg_op <> 'DELETE' then to_jsonb(new) end);
  return null;
end $$;
create procedure audit.watch(target regclass, key text) language plpgsql as $$
begin
  execute format('create trigger audit after insert or update or delete on %s for each row execute function audit.write(%L)', target, key);
end $$;
create table public.settings (key text primary key, value jsonb not null);
call audit.watch('public.settings', 'key');

create function summarise() returns trigger language plpgsql as $$
begin
  insert into public.settings (key, value)
  select 'last batch', jsonb_build_object('rows', count(*), 'kinds', jsonb_agg(distinct kind)) from added
  on conflict (key) do update set value = excluded.value;
  return null;
end $$;
create trigger summarise after insert on events referencing new table as added for each statement execute function summarise();

create view report as
select date_trunc('day', happened_at at time zone 'UTC')::date as day, kind, count(*) as n,
  sum(count(*)) over (partition by kind order by date_trunc('day', happened_at at time zone 'UTC')::date) as running
from events group by 1, 2;

create function setting_view_write() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    delete from public.settings where key = old.key;
    return old;
  end if;
  insert into public.settings values (new.key, to_jsonb(new.value)) on conflict (key) do update set value = excluded.value;
  return new;
end $$;
create view plain_settings as select key, value #>> '{}' as value from public.settings;
create trigger write instead of insert or update or delete on plain_settings for each row execute function setting_view_write();

do $$
begin
  if not exists (select from pg_roles where rolname = 'reporter') then
    create role reporter nologin;
  end if;
  if not exists (select 1 from information_schema.columns where table_schema = 'public' and table_name = 'settings' and column_name = 'note') then
    alter table public.settings add column note text;
  end if;
  if not exists (select 1 from pg_policies where schemaname = 'public' and tablename = 'settings' and policyname = 'all') then
    create policy "all" on public.settings for select to reporter using (true);
  end if;
end $$;
grant select on report to reporter;
alter table public.settings enable row level security;
