// Package pgcrypto owns the functions of the extension pgcrypto: hashes, password hashes, raw and OpenPGP encryption with a
// password, random bytes.
//
// It must not know SQLite, the catalog or query trees.
package pgcrypto
