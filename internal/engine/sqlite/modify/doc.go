// Package modify owns the writing of rows on the embedded engine: INSERT, UPDATE, DELETE and ON CONFLICT, run row by row in
// PostgreSQL's order: the source's rows first, then for each row generated columns, row security checks, NOT NULL, CHECK,
// unique keys, the write itself, and RETURNING; foreign keys and their actions at the end of the statement, or of the
// transaction when deferred. So each failure has PostgreSQL's code, message and detail.
//
// Triggers belong at the places this order leaves for them. It must not know: parsing, requests, who may do what (the
// guard has put the row security checks into the tree), how trees become SQLite's SQL (package printer).
package modify
