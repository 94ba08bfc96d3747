package system

// role is a role every project has. PostgreSQL keeps roles for all databases of a server, so one that is there already
// is left as it is.
type role struct{ name, options string }

var roles = []role{
	{"postgres", "nologin"},
	{"anon", "nologin noinherit"},
	{"authenticated", "nologin noinherit"},
	{"service_role", "nologin noinherit bypassrls"},
	{"authenticator", "login noinherit"},
	{"supabase_admin", "nologin noinherit"},
	{"supabase_auth_admin", "nologin noinherit"},
	{"supabase_storage_admin", "nologin noinherit"},
	{"dashboard_user", "nologin noinherit"},
}

// memberships are who may act as whom.
var memberships = []struct{ member, of string }{
	{"postgres", "anon"}, {"postgres", "authenticated"}, {"postgres", "service_role"},
	{"authenticator", "anon"}, {"authenticator", "authenticated"}, {"authenticator", "service_role"},
	{"authenticator", "supabase_auth_admin"},
}

// function is a function every project has. The embedded engine has them built in; where one is there already it is
// left as it is.
type function struct{ schema, name, sql string }

var functions = []function{
	{"auth", "jwt", `create function auth.jwt() returns jsonb language sql stable as
$$ select coalesce(nullif(current_setting('request.jwt.claim', true), ''), nullif(current_setting('request.jwt.claims', true), ''))::jsonb $$`},
	{"auth", "uid", `create function auth.uid() returns uuid language sql stable as
$$ select coalesce(nullif(current_setting('request.jwt.claim.sub', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'sub')::uuid $$`},
	{"auth", "role", `create function auth.role() returns text language sql stable as
$$ select coalesce(nullif(current_setting('request.jwt.claim.role', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'role') $$`},
	{"auth", "email", `create function auth.email() returns text language sql stable as
$$ select coalesce(nullif(current_setting('request.jwt.claim.email', true), ''), nullif(current_setting('request.jwt.claims', true), '')::jsonb ->> 'email') $$`},
	{"storage", "foldername", `create function storage.foldername(name text) returns text[] language sql immutable as
$$ select (string_to_array(name, '/'))[1 : array_length(string_to_array(name, '/'), 1) - 1] $$`},
	{"storage", "filename", `create function storage.filename(name text) returns text language sql immutable as
$$ select (string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)] $$`},
	{"storage", "extension", `create function storage.extension(name text) returns text language sql immutable as
$$ select reverse(split_part(reverse((string_to_array(name, '/'))[array_length(string_to_array(name, '/'), 1)]), '.', 1)) $$`},
	{"storage", "operation", `create function storage.operation() returns text language sql stable as
$$ select current_setting('storage.operation', true) $$`},
	{"storage", "allow_only_operation", `create function storage.allow_only_operation(expected_operation text) returns boolean language sql stable as
$$ select coalesce(regexp_replace(storage.operation(), '^storage[.]', '') = nullif(regexp_replace(expected_operation, '^storage[.]', ''), ''), false) $$`},
	{"storage", "allow_any_operation", `create function storage.allow_any_operation(expected_operations text[]) returns boolean language sql stable as
$$ select exists (select from unnest(expected_operations) as expected where storage.allow_only_operation(expected)) $$`},
	{"storage", "get_size_by_bucket", `create function storage.get_size_by_bucket() returns table(size bigint, bucket_id text) language sql stable as
$$ select sum((o.metadata ->> 'size')::bigint)::bigint, o.bucket_id from storage.objects o group by o.bucket_id $$`},
	{"realtime", "topic", `create function realtime.topic() returns text language sql stable as
$$ select nullif(current_setting('realtime.topic', true), '') $$`},
	{"realtime", "send", `create function realtime.send(payload jsonb, event text, topic text, private boolean default true) returns void language plpgsql as
$$
declare
  message_id uuid := gen_random_uuid();
begin
  perform set_config('realtime.topic', topic, true);
  insert into realtime.messages (id, payload, event, topic, private, extension)
  values (message_id, case when payload ? 'id' then payload else payload || jsonb_build_object('id', message_id) end, event, topic, private, 'broadcast');
exception when others then
  raise warning 'the message was not sent: %', sqlerrm;
end
$$`},
	{"realtime", "broadcast_changes", `create function realtime.broadcast_changes(topic_name text, event_name text, operation text, table_name text, table_schema text, new record, old record, level text default 'ROW') returns void language plpgsql as
$$
begin
  if level = 'STATEMENT' then
    raise exception 'broadcast_changes needs a trigger for each row';
  end if;
  if operation not in ('INSERT', 'UPDATE', 'DELETE') then
    raise exception 'unexpected operation: %', operation;
  end if;
  perform realtime.send(jsonb_build_object('schema', table_schema, 'table', table_name, 'operation', operation, 'record', new, 'old_record', old),
    event_name, topic_name);
end
$$`},
	{"extensions", "uuid_generate_v4", `create function extensions.uuid_generate_v4() returns uuid language sql volatile as
$$ select gen_random_uuid() $$`},
}

// extensions are there in every project, as on Supabase: migrations and seeds call their functions without creating them.
var extensions = []string{
	`create extension if not exists "uuid-ossp" with schema extensions`,
	`create extension if not exists pgcrypto with schema extensions`,
}

// serverStatements are for a PostgreSQL server alone. A statement that fails for want of rights or of an extension is
// passed over: what it adds can be done without.
var serverStatements = []string{
	`create or replace function basement.notify_schema() returns event_trigger language plpgsql as
$$ begin notify basement_schema; end $$`,
	`create event trigger basement_ddl on ddl_command_end execute function basement.notify_schema()`,
	`create event trigger basement_drop on sql_drop execute function basement.notify_schema()`,
}
