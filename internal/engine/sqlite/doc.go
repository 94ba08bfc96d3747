// Package sqlite is the embedded engine: one SQLite file behind the engine contract. It owns the file, the connections,
// the one writer that commits in groups, the readers, and the running of guarded statements on them.
//
// It must not know HTTP, REST or projects. What a statement means is decided before it gets here (analysis, guard); how it
// is printed, how rows are changed, and how the catalog is changed are its subpackages' work.
package sqlite
