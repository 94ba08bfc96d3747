-- Accounts of people and of teams, roles within them, invitations: the rules live in functions that policies call.
create extension if not exists "uuid-ossp";
create schema if not exists app;
grant usage on schema app to authenticated, service_role;
alter default privileges revoke execute on functions from public;
alter default privileges in schema app revoke execute on functions from anon, authenticated;

do $$
begin
  if not exists (select 1 from pg_type t join pg_namespace n on n.oid = t.typnamespace where t.typname = 'account_role' and n.nspname = 'app') then
    create type app.account_role as enum ('owner', 'member');
  end if;
end;
$$;

create table app.config (enable_teams boolean default true, single_row boolean primary key default true check (single_row));
insert into app.config default values;
grant select on app.config to authenticated, service_role;

create table if not exists app.accounts (
  id uuid unique not null default extensions.uuid_generate_v4(),
  primary_owner_user_id uuid references auth.users not null default auth.uid(),
  name text,
  slug text unique,
  personal_account boolean default false not null,
  updated_at timestamp with time zone,
  created_at timestamp with time zone,
  created_by uuid references auth.users,
  updated_by uuid references auth.users,
  private_metadata jsonb default '{}'::jsonb,
  public_metadata jsonb default '{}'::jsonb,
  primary key (id)
);
alter table app.accounts add constraint accounts_slug_null_if_personal check (
  (personal_account = true and slug is null) or (personal_account = false and slug is not null)
);
grant select, insert, update, delete on table app.accounts to authenticated, service_role;

create or replace function app.trigger_set_timestamps() returns trigger as $$
begin
  if tg_op = 'INSERT' then
    new.created_at = now();
    new.updated_at = now();
  else
    new.updated_at = now();
    new.created_at = old.created_at;
  end if;
  return new;
end
$$ language plpgsql;

create or replace function app.trigger_set_user_tracking() returns trigger as $$
begin
  if tg_op = 'INSERT' then
    new.created_by = auth.uid();
    new.updated_by = auth.uid();
  else
    new.updated_by = auth.uid();
    new.created_by = old.created_by;
  end if;
  return new;
end
$$ language plpgsql;

create trigger set_timestamp before insert or update on app.accounts for each row execute procedure app.trigger_set_timestamps();
create trigger set_user before insert or update on app.accounts for each row execute procedure app.trigger_set_user_tracking();

create or replace function app.protect_account_fields() returns trigger as $$
begin
  if current_user in ('authenticated', 'anon') then
    if new.id <> old.id or new.personal_account <> old.personal_account or new.primary_owner_user_id <> old.primary_owner_user_id then
      raise exception 'You do not have permission to update this field';
    end if;
  end if;
  return new;
end
$$ language plpgsql;
create trigger protect_account_fields before update on app.accounts for each row execute function app.protect_account_fields();

create or replace function app.slugify() returns trigger as $$
begin
  if new.slug is not null then
    new.slug = lower(regexp_replace(new.slug, '[^a-zA-Z0-9-]+', '-', 'g'));
  end if;
  return new;
end
$$ language plpgsql;
create trigger slugify before insert or update on app.accounts for each row execute function app.slugify();

create table if not exists app.account_user (
  user_id uuid references auth.users on delete cascade not null,
  account_id uuid references app.accounts on delete cascade not null,
  account_role app.account_role not null,
  constraint account_user_pkey primary key (user_id, account_id)
);
grant select, insert, update, delete on table app.account_user to authenticated, service_role;
alter table app.accounts enable row level security;
alter table app.account_user enable row level security;

create or replace function app.add_current_user() returns trigger language plpgsql security definer set search_path = public as $$
begin
  if new.primary_owner_user_id = auth.uid() then
    insert into app.account_user (account_id, user_id, account_role) values (new.id, auth.uid(), 'owner');
  end if;
  return new;
end;
$$;
create trigger add_current_user after insert on app.accounts for each row execute function app.add_current_user();

create or replace function app.has_role_on_account(account_id uuid, account_role app.account_role default null) returns boolean
language sql security definer set search_path = public as $$
  select exists (
    select 1 from app.account_user wu
    where wu.user_id = auth.uid() and wu.account_id = has_role_on_account.account_id
      and (wu.account_role = has_role_on_account.account_role or has_role_on_account.account_role is null)
  );
$$;
grant execute on function app.has_role_on_account(uuid, app.account_role) to authenticated, anon, public, service_role;

create policy "own memberships" on app.account_user for select to authenticated using (user_id = auth.uid());
create policy "team mates" on app.account_user for select to authenticated using (app.has_role_on_account(account_id) = true);
create policy "owners remove members" on app.account_user for delete to authenticated using (
  app.has_role_on_account(account_id, 'owner') = true
  and user_id != (select primary_owner_user_id from app.accounts where account_id = accounts.id)
);
create policy "members see accounts" on app.accounts for select to authenticated using (app.has_role_on_account(id) = true);
create policy "primary owners see accounts" on app.accounts for select to authenticated using (primary_owner_user_id = auth.uid());
create policy "owners change accounts" on app.accounts for update to authenticated using (app.has_role_on_account(id, 'owner') = true);
create policy "team accounts are made by anyone signed in" on app.accounts for insert to authenticated with check (personal_account = false);
