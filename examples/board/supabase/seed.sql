insert into auth.users (id, email, aud, role, created_at) values
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a01', 'mira@example.com', 'authenticated', 'authenticated', '2026-01-05 09:00:00+00'),
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a02', 'jonas@example.com', 'authenticated', 'authenticated', '2026-01-05 09:05:00+00'),
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a03', 'adaeze@example.com', 'authenticated', 'authenticated', '2026-01-06 12:30:00+00');

insert into public.profiles (id, name, about, color) values
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a01', 'Mira', 'Keeps the garden and this board', '#0f766e'),
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a02', 'Jonas', 'Repairs bicycles', '#b45309'),
  ('0f2a6b1e-7c5d-4d0a-9a39-2f6f1f9b1a03', 'Adaeze', 'Reads everything', '#7c3aed');

insert into public.boards (slug, title, description, open_to_guests) values
  ('square', 'Village square', 'Everything that has no other place', true),
  ('swap', 'Give and take', 'Things that look for a new home', true),
  ('books', 'Reading circle', 'What we read, what we thought of it', true),
  ('notices', 'Notices', 'From the people who keep this board', false);

insert into public.posts (board_id, author_id, guest_name, body, created_at)
select b.id, p.id, v.guest, v.body, v.at::timestamptz
from (values
  ('notices', 'Mira', null, 'Welcome! Everybody may read here, and guests may write on every board but this one.', '2026-01-05 10:00:00+00'),
  ('square', 'Jonas', null, 'The pump at the north gate works again. Bring your own bucket, mine has a hole.', '2026-01-05 11:20:00+00'),
  ('square', null, 'A passer-by', 'Lovely benches. Who painted them?', '2026-01-06 08:15:00+00'),
  ('square', 'Mira', null, 'The school''s third form did, with the rest of the blue from the boathouse.', '2026-01-06 09:02:00+00'),
  ('swap', 'Jonas', null, 'Two 28" wheels, true, one with a new tyre. For a jar of anything you have boiled down yourself.', '2026-01-06 17:45:00+00'),
  ('swap', null, 'Hanne', 'Looking for a ladder for one afternoon. I bring it back, and cake.', '2026-01-07 07:30:00+00'),
  ('books', 'Adaeze', null, 'Finished "The Left Hand of Darkness" on the train and missed my stop. Who reads it with me again?', '2026-01-07 19:10:00+00'),
  ('books', 'Mira', null, 'Me. And I vote for something with short chapters next, for people with train stops.', '2026-01-07 20:00:00+00')
) as v (board, author, guest, body, at)
join public.boards b on b.slug = v.board
left join public.profiles p on p.name = v.author
order by v.at;
