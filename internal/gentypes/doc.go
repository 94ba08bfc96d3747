// Package gentypes owns the type declarations that a project's schema gives programs in other languages: the file that
// supabase-js infers its queries from, Go structs, Python dataclasses. It reads one catalog snapshot; the same schema
// gives the same text whichever engine it lives in, so everything is ordered by name and never by identifier.
//
// It must not know: engines, requests, files, flags.
package gentypes
