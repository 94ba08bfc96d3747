// Package engine owns the contract both database engines fulfil: run guarded statements as one transaction, run the
// project's own scripts, and give the catalog as an immutable snapshot. engine/sqlite and engine/postgres implement it;
// engine/enginetest holds them to it.
//
// It must not know: HTTP, the API dialects, which engine is behind it.
package engine
