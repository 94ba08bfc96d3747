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
	{"authenticator", "anon"}, {"authenticator", "authenticated"}, {"authenticator", "service_role"},
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
	{"extensions", "uuid_generate_v4", `create function extensions.uuid_generate_v4() returns uuid language sql volatile as
$$ select gen_random_uuid() $$`},
}

// serverStatements are for a PostgreSQL server alone. A statement that fails for want of rights or of an extension is
// passed over: what it adds can be done without.
var serverStatements = []string{
	`create extension if not exists "uuid-ossp" with schema extensions`,
	`create or replace function basement.notify_schema() returns event_trigger language plpgsql as
$$ begin notify basement_schema; end $$`,
	`create event trigger basement_ddl on ddl_command_end execute function basement.notify_schema()`,
	`create event trigger basement_drop on sql_drop execute function basement.notify_schema()`,
}
