// Package print writes PostgreSQL SQL text from the parse tree of package ast, and is the only maker of such text:
// names are quoted here, values leave as parameters or quoted literals. What it writes parses to the same tree again.
// It knows nothing of catalogs or engines.
package print
