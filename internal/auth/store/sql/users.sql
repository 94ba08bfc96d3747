-- name: user by id
select u.*, coalesce((select json_agg(i order by i.created_at, i.provider, i.id) from auth.identities i where i.user_id = u.id), '[]') as identities
from auth.users u where u.id = $1::uuid;

-- name: user by email
select u.*, coalesce((select json_agg(i order by i.created_at, i.provider, i.id) from auth.identities i where i.user_id = u.id), '[]') as identities
from auth.users u where u.email = $1::text and not u.is_sso_user and u.deleted_at is null;

-- name: user to change
select u.*, coalesce((select json_agg(i order by i.created_at, i.provider, i.id) from auth.identities i where i.user_id = u.id), '[]') as identities
from auth.users u where u.id = $1::uuid for update;

-- name: page of users
select u.*, coalesce((select json_agg(i order by i.created_at, i.provider, i.id) from auth.identities i where i.user_id = u.id), '[]') as identities
from auth.users u
where $1::text is null or strpos(lower(u.email), $1) > 0 or strpos(u.phone, $1) > 0 or strpos(lower(u.raw_user_meta_data ->> 'full_name'), $1) > 0
order by u.created_at desc, u.id
limit $2::bigint offset $3::bigint;

-- name: number of users
select count(*) as count from auth.users u
where $1::text is null or strpos(lower(u.email), $1) > 0 or strpos(u.phone, $1) > 0 or strpos(lower(u.raw_user_meta_data ->> 'full_name'), $1) > 0;

-- name: address taken
select u.id from auth.users u
where (u.email = $1::text and not u.is_sso_user or u.phone = $2::text) and u.id is distinct from $3::uuid;

-- name: add user
insert into auth.users (instance_id, id, aud, role, email, phone, encrypted_password, email_confirmed_at, phone_confirmed_at,
  raw_app_meta_data, raw_user_meta_data, is_anonymous, banned_until, created_at, updated_at,
  confirmation_token, recovery_token, email_change_token_new, email_change)
values ('00000000-0000-0000-0000-000000000000', $1::uuid, $2, $3, $4, $5, $6, $7::timestamptz, $8::timestamptz,
  $9::jsonb, $10::jsonb, $11::boolean, $12::timestamptz, $13::timestamptz, $13::timestamptz, '', '', '', '');

-- name: change user
update auth.users set aud = $2, role = $3, email = $4, phone = $5, encrypted_password = $6, email_confirmed_at = $7::timestamptz,
  phone_confirmed_at = $8::timestamptz, raw_app_meta_data = $9::jsonb, raw_user_meta_data = $10::jsonb, is_anonymous = $11::boolean,
  banned_until = $12::timestamptz, updated_at = $13::timestamptz
where id = $1::uuid;

-- name: add to metadata of user
update auth.users set raw_user_meta_data = coalesce(raw_user_meta_data, '{}') || $2::jsonb where id = $1::uuid;

-- name: sign user in
update auth.users set last_sign_in_at = $3::timestamptz, updated_at = $3::timestamptz, encrypted_password = coalesce($4::text, encrypted_password)
where id = $1::uuid and encrypted_password is not distinct from $2::text and deleted_at is null;

-- name: remove user
delete from auth.users where id = $1::uuid;

-- name: hide user
update auth.users set email = $2::text, phone = $3::text, encrypted_password = '', raw_app_meta_data = '{}', raw_user_meta_data = '{}',
  confirmation_token = '', recovery_token = '', email_change = '', email_change_token_new = '', email_change_token_current = '',
  phone_change = '', phone_change_token = '', reauthentication_token = '', deleted_at = $4::timestamptz, updated_at = $4::timestamptz
where id = $1::uuid;

-- name: add identity
insert into auth.identities (id, provider_id, user_id, identity_data, provider, last_sign_in_at, created_at, updated_at)
values ($1::uuid, $2, $3::uuid, $4::jsonb, $5, $6::timestamptz, $6::timestamptz, $6::timestamptz);

-- name: change identity data
update auth.identities set identity_data = identity_data || $3::jsonb, updated_at = $4::timestamptz where user_id = $1::uuid and provider = $2;

-- name: identities signed in
update auth.identities set last_sign_in_at = $3::timestamptz, updated_at = $3::timestamptz where user_id = $1::uuid and provider = $2;

-- name: remove identities of user
delete from auth.identities where user_id = $1::uuid;
