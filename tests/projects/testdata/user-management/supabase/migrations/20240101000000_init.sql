-- One profile for each user, made by a trigger at sign-up, and a bucket for pictures.
create table profiles (
  id uuid references auth.users on delete cascade not null primary key,
  updated_at timestamp with time zone,
  username text unique,
  full_name text,
  avatar_url text,
  website text,
  constraint username_length check (char_length(username) >= 3)
);

alter table profiles enable row level security;

create policy "Profiles can be seen by everyone." on profiles for select using (true);
create policy "A user makes their own profile." on profiles for insert with check ((select auth.uid()) = id);
create policy "A user changes their own profile." on profiles for update using ((select auth.uid()) = id);

create function public.handle_new_user()
returns trigger
set search_path = ''
as $$
begin
  insert into public.profiles (id, full_name, avatar_url)
  values (new.id, new.raw_user_meta_data->>'full_name', new.raw_user_meta_data->>'avatar_url');
  return new;
end;
$$ language plpgsql security definer;

create trigger on_auth_user_created
  after insert on auth.users
  for each row execute procedure public.handle_new_user();

insert into storage.buckets (id, name) values ('avatars', 'avatars');

create policy "Pictures can be seen by everyone." on storage.objects for select using (bucket_id = 'avatars');
create policy "Anyone signed in can add a picture." on storage.objects for insert with check (bucket_id = 'avatars');
create policy "A user changes their own picture." on storage.objects for update
  using ((select auth.uid()) = owner) with check (bucket_id = 'avatars');
