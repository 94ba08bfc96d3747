// Package auth owns the sign-in API below /auth/v1, in the dialect of Supabase's: accounts with e-mail address and password,
// anonymous users, sessions, and their administration.
//
// Start at api.go, which has the routes. It must not know: SQL (auth/store), how passwords are hashed (auth/password), how
// tokens follow each other (auth/session), the engines.
package auth
