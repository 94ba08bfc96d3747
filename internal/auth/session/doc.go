// Package session owns what a signed-in client holds: access tokens (their claims and signature) and refresh tokens (how
// one follows from another, what using one twice means).
//
// A refresh token is 128 random bits or follows from the one before it by a key of the server; the database keeps its hash
// alone. So clients that use a token at the same time are all given the one that follows, though nobody keeps it.
//
// It must not know: HTTP, passwords, how users come to be.
package session
