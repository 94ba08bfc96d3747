// Package regname owns the names of catalog objects as values: what the texts of regclass, regproc, regtype and their like
// mean in a search path, and how an object is named so that the path finds it.
//
// It must not know: statements, transactions, who asks.
package regname
