// Package store owns the statements on schema auth: users, identities, sessions, refresh tokens, the audit log. Its SQL is
// in sql/*.sql; every statement passes the guard as the role supabase_auth_admin.
//
// It must not know: HTTP, what a request may do, how tokens and passwords are made.
package store
