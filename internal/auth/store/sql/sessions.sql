-- name: session by id
select s.id, s.user_id, s.created_at, s.not_after, s.refreshed_at, s.aal,
  coalesce((select json_agg(a order by a.created_at, a.id) from auth.mfa_amr_claims a where a.session_id = s.id), '[]') as amr
from auth.sessions s where s.id = $1::uuid;

-- name: add session
insert into auth.sessions (id, user_id, created_at, updated_at, aal, not_after, user_agent, ip)
values ($1::uuid, $2::uuid, $3::timestamptz, $3::timestamptz, 'aal1', $4::timestamptz, $5::text, $6::inet);

-- name: add method
insert into auth.mfa_amr_claims (id, session_id, created_at, updated_at, authentication_method)
values ($1::uuid, $2::uuid, $3::timestamptz, $3::timestamptz, $4);

-- name: session refreshed
update auth.sessions set refreshed_at = $2::timestamptz at time zone 'utc', updated_at = $2::timestamptz, user_agent = $3::text, ip = $4::inet
where id = $1::uuid;

-- name: remove session
delete from auth.sessions where id = $1::uuid;

-- name: remove other sessions
delete from auth.sessions where user_id = $1::uuid and id is distinct from $2::uuid;

-- name: add refresh token
insert into auth.refresh_tokens (instance_id, token, user_id, revoked, created_at, updated_at, parent, session_id)
values ('00000000-0000-0000-0000-000000000000', $1, $2, false, $3::timestamptz, $3::timestamptz, $4, $5::uuid);

-- name: use refresh token
update auth.refresh_tokens set revoked = true, updated_at = $2::timestamptz where token = $1::text and not revoked;

-- name: refresh token
select token, user_id, coalesce(revoked, true) as revoked, updated_at, session_id from auth.refresh_tokens where token = $1::text;

-- name: live refresh token
select id from auth.refresh_tokens where session_id = $1::uuid and not revoked limit 1;

-- name: revoke refresh tokens
update auth.refresh_tokens set revoked = true, updated_at = $2::timestamptz where session_id = $1::uuid and not revoked;

-- name: add audit entry
insert into auth.audit_log_entries (instance_id, id, payload, created_at, ip_address)
values ('00000000-0000-0000-0000-000000000000', $1::uuid, $2::json, $3::timestamptz, $4);
