-- Who writes: one row for each person who signed up. Guests have none.
create table public.profiles (
  id uuid primary key references auth.users (id) on delete cascade,
  name text not null unique check (char_length(name) between 2 and 40),
  about text not null default '',
  color text not null default '#64748b' check (color ~ '^#[0-9a-f]{6}$'),
  created_at timestamptz not null default now()
);
comment on table public.profiles is 'People with an account';

-- Where they write.
create table public.boards (
  id bigint generated always as identity primary key,
  slug text not null unique check (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$'),
  title text not null,
  description text not null default '',
  open_to_guests boolean not null default true,
  created_at timestamptz not null default now()
);
comment on column public.boards.open_to_guests is 'Whether people without an account may post';

alter table public.profiles enable row level security;
alter table public.boards enable row level security;

create policy "profiles are public" on public.profiles
  for select using (true);
create policy "people make their own profile" on public.profiles
  for insert to authenticated with check (id = auth.uid());
create policy "people change their own profile" on public.profiles
  for update to authenticated using (id = auth.uid()) with check (id = auth.uid());

create policy "boards are public" on public.boards
  for select using (true);
