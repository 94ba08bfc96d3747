create table profiles (
  id uuid primary key references auth.users on delete cascade,
  email text,
  name text
);
alter table profiles enable row level security;
create policy "one's own profile" on profiles to authenticated using (id = auth.uid()) with check (id = auth.uid());

create table notes (
  id bigint generated always as identity primary key,
  owner uuid not null default auth.uid() references auth.users on delete cascade,
  body text not null
);
alter table notes enable row level security;
create policy "one's own notes" on notes to authenticated using (owner = auth.uid()) with check (owner = auth.uid());
create policy "guests write nothing" on notes as restrictive for insert to authenticated
  with check (coalesce((auth.jwt() ->> 'is_anonymous')::boolean, false) is false);

create function handle_new_user() returns trigger language plpgsql security definer set search_path = '' as $$
begin
  if new.raw_user_meta_data ->> 'name' = 'refused' then
    raise exception 'this name is not for you';
  end if;
  insert into public.profiles (id, email, name) values (new.id, new.email, new.raw_user_meta_data ->> 'name');
  return new;
end
$$;
create trigger on_auth_user_created after insert on auth.users for each row execute function handle_new_user();
