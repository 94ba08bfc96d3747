-- A post is either a person's or a guest's, never both.
create table public.posts (
  id bigint generated always as identity primary key,
  board_id bigint not null references public.boards (id) on delete cascade,
  author_id uuid default auth.uid() references public.profiles (id) on delete cascade,
  guest_name text check (char_length(guest_name) between 2 and 40),
  body text not null check (char_length(btrim(body)) between 1 and 2000),
  created_at timestamptz not null default now(),
  constraint posts_one_author check ((author_id is null) <> (guest_name is null))
);
create index posts_newest on public.posts (board_id, created_at desc, id desc);
create index posts_by_author on public.posts (author_id);

alter table public.posts enable row level security;

create policy "posts are public" on public.posts
  for select using (true);

-- Guests: only as a guest, only where the board is open to them, and only these columns.
create policy "guests post on open boards" on public.posts
  for insert to anon
  with check (
    author_id is null
    and exists (select 1 from public.boards b where b.id = board_id and b.open_to_guests)
  );
revoke insert, update, delete on public.posts from anon;
grant insert (board_id, guest_name, body) on public.posts to anon;

-- People: only as themselves.
create policy "people post as themselves" on public.posts
  for insert to authenticated with check (author_id = auth.uid());
create policy "people edit their posts" on public.posts
  for update to authenticated using (author_id = auth.uid()) with check (author_id = auth.uid());
create policy "people delete their posts" on public.posts
  for delete to authenticated using (author_id = auth.uid());

-- What the page's list of boards shows. It runs with the rights of whoever asks.
create view public.board_overview with (security_invoker = on) as
  select b.id, b.slug, b.title, b.description, b.open_to_guests, count(p.id) as posts, max(p.created_at) as last_post_at
  from public.boards b left join public.posts p on p.board_id = b.id
  group by b.id, b.slug, b.title, b.description, b.open_to_guests;
