do $$ begin
  create type app.invitation_type as enum ('one_time', '24_hour');
exception when duplicate_object then null; end $$;

create or replace function app.generate_token(length int) returns text as $$
  select regexp_replace(replace(replace(replace(replace(encode(extensions.gen_random_bytes(length)::bytea, 'base64'), '/', ''), '+', ''), '\', ''), '=', ''), E'[\\n\\r]+', '', 'g');
$$ language sql;
grant execute on function app.generate_token(int) to authenticated;

create table if not exists app.invitations (
  id uuid unique not null default extensions.uuid_generate_v4(),
  account_role app.account_role not null,
  account_id uuid references app.accounts (id) on delete cascade not null,
  token text unique not null default app.generate_token(30),
  invited_by_user_id uuid references auth.users not null,
  account_name text,
  updated_at timestamp with time zone,
  created_at timestamp with time zone,
  invitation_type app.invitation_type not null,
  primary key (id)
);
grant select, insert, update, delete on table app.invitations to authenticated, service_role;
create trigger set_timestamp before insert or update on app.invitations for each row execute function app.trigger_set_timestamps();
alter table app.invitations enable row level security;
create policy "owners see invitations" on app.invitations for select to authenticated using (
  created_at > (now() - interval '24 hours') and app.has_role_on_account(account_id, 'owner') = true
);
create policy "owners invite" on app.invitations for insert to authenticated with check (
  (select personal_account from app.accounts where id = account_id) = false and app.has_role_on_account(account_id, 'owner') = true
);

create or replace function public.create_invitation(account_id uuid, account_role app.account_role, invitation_type app.invitation_type) returns json
language plpgsql as $$
declare
  new_invitation app.invitations;
begin
  insert into app.invitations (account_id, account_role, invitation_type, invited_by_user_id)
  values (create_invitation.account_id, create_invitation.account_role, create_invitation.invitation_type, auth.uid())
  returning * into new_invitation;
  return json_build_object('token', new_invitation.token);
end
$$;

create or replace function public.accept_invitation(lookup_invitation_token text) returns jsonb
language plpgsql security definer set search_path = public, app as $$
declare
  lookup_account_id uuid;
  new_member_role app.account_role;
  lookup_account_slug text;
begin
  select i.account_id, i.account_role, a.slug into lookup_account_id, new_member_role, lookup_account_slug
  from app.invitations i join app.accounts a on a.id = i.account_id
  where i.token = lookup_invitation_token and i.created_at > now() - interval '24 hours';
  if lookup_account_id is null then
    raise exception 'Invitation not found';
  end if;
  if lookup_account_id is not null then
    insert into app.account_user (account_id, user_id, account_role) values (lookup_account_id, auth.uid(), new_member_role);
    delete from app.invitations where token = lookup_invitation_token and invitation_type = 'one_time';
  end if;
  return json_build_object('account_id', lookup_account_id, 'account_role', new_member_role, 'slug', lookup_account_slug);
exception
  when unique_violation then
    raise exception 'You are already a member of this account';
end;
$$;
grant execute on function public.accept_invitation(text), public.create_invitation(uuid, app.account_role, app.invitation_type) to authenticated;

create or replace function public.get_accounts() returns json language sql as $$
  select coalesce(json_agg(json_build_object(
    'account_id', wu.account_id, 'account_role', wu.account_role,
    'is_primary_owner', a.primary_owner_user_id = auth.uid(),
    'name', a.name, 'slug', a.slug, 'personal_account', a.personal_account) order by a.created_at), '[]'::json)
  from app.account_user wu join app.accounts a on a.id = wu.account_id
  where wu.user_id = auth.uid();
$$;
grant execute on function public.get_accounts() to authenticated, service_role;
