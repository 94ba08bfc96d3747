// Package spi owns the small extensions that bring one trigger function each: moddatetime, autoinc and insert_username.
//
// It must not know SQLite, the catalog or how triggers are run.
package spi
