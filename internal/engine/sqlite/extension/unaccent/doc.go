// Package unaccent owns the extension unaccent: letters without their accents. rules.tsv holds what the standard rules turn
// each character into, by code point.
//
// It must not know SQLite, the catalog or query trees.
package unaccent
