insert into auth.users (instance_id, id, aud, role, email, encrypted_password, email_confirmed_at, raw_app_meta_data, raw_user_meta_data, created_at, updated_at)
select '00000000-0000-0000-0000-000000000000', gen_random_uuid(), 'authenticated', 'authenticated', 'user' || n || '@example.com',
  crypt('password', gen_salt('bf', 4)), now(), '{"provider":"email","providers":["email"]}', jsonb_build_object('full_name', 'User ' || n), now(), now()
from generate_series(1, 3) as n;

insert into auth.identities (provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
select id::text, id, format('{"sub":"%s","email":"%s"}', id::text, email)::jsonb, 'email', now(), now(), now() from auth.users;
