create extension if not exists moddatetime schema extensions;
create table rooms (
  id uuid primary key default gen_random_uuid(),
  topic text not null unique,
  updated_at timestamptz not null default now()
);
create table rooms_users (
  user_id uuid references auth.users (id),
  room_topic text references rooms (topic) on update cascade,
  joined_at timestamptz default current_timestamp,
  unique (user_id, room_topic)
);
create table chat_messages (
  id bigserial primary key,
  room_topic text not null references rooms (topic) on update cascade on delete cascade,
  author uuid not null default auth.uid() references auth.users,
  body text not null check (length(body) between 1 and 2000),
  created_at timestamptz not null default now(),
  edited boolean not null default false
);
create index chat_messages_room_idx on chat_messages (room_topic, created_at desc);
create index chat_messages_body_idx on chat_messages using gin (to_tsvector('english', body));
alter table rooms enable row level security;
alter table rooms_users enable row level security;
alter table chat_messages enable row level security;
create policy "see rooms" on rooms for select to authenticated using (true);
create policy "see own rooms" on rooms_users for select to authenticated using ((select auth.uid()) = user_id);
create policy "read what is said in own rooms" on chat_messages for select to authenticated using (
  exists (select from rooms_users u where u.user_id = (select auth.uid()) and u.room_topic = chat_messages.room_topic)
);
create policy "say something" on chat_messages for insert to authenticated with check (
  author = (select auth.uid())
  and exists (select from rooms_users u where u.user_id = (select auth.uid()) and u.room_topic = chat_messages.room_topic)
);

create policy "authenticated can receive broadcast" on realtime.messages for select to authenticated using (
  exists (
    select user_id from rooms_users
    where user_id = (select auth.uid()) and room_topic = (select realtime.topic())
      and realtime.messages.extension in ('broadcast', 'presence')
  )
);
create policy "authenticated can send broadcast" on realtime.messages for insert to authenticated with check (
  exists (
    select user_id from rooms_users
    where user_id = (select auth.uid()) and room_topic = (select realtime.topic())
      and realtime.messages.extension in ('broadcast')
  )
);

create trigger handle_updated_at before update on rooms
  for each row execute procedure moddatetime (updated_at);

create or replace function room_messages_changes() returns trigger security definer language plpgsql as $$
begin
  perform realtime.broadcast_changes('room:' || coalesce(new.room_topic, old.room_topic), tg_op, tg_op, tg_table_name, tg_table_schema, new, old);
  return null;
end;
$$;
create trigger room_messages_changes after insert or update or delete on chat_messages
  for each row execute function room_messages_changes();

create view room_activity with (security_invoker) as
select r.topic, count(m.*) as messages, max(m.created_at) as last_message,
  count(distinct m.author) filter (where m.created_at > now() - interval '7 days') as active_authors
from rooms r left join chat_messages m on m.room_topic = r.topic group by r.topic;
