// Package uuidossp owns the extension uuid-ossp: UUIDs of all the kinds of RFC 4122.
//
// It must not know SQLite, the catalog or query trees.
package uuidossp
