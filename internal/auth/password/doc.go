// Package password owns passwords: hashing with argon2id, checking the hashes of this and other programs, and the rules
// new passwords keep. It bounds how many are hashed at once: each takes 19 MiB and a processor for some ten milliseconds.
//
// It must not know: users, requests, the database.
package password
