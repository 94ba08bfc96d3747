create table public.notes (
  id bigint generated always as identity primary key,
  body text not null check (body <> ''),
  tags jsonb not null default '[]',
  made timestamptz not null default now()
);
alter table public.notes enable row level security;
create policy everybody on public.notes for all using (true) with check (true);
