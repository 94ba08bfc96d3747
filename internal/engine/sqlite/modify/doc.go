// Package modify owns the writing of rows on the embedded engine: INSERT, UPDATE, DELETE, MERGE and ON CONFLICT, run row by row in
// PostgreSQL's order: the source's rows first, then for each row generated columns, row security checks, NOT NULL, CHECK,
// unique keys, the write itself, and RETURNING; foreign keys and their actions at the end of the statement, or of the
// transaction when deferred. So each failure has PostgreSQL's code, message and detail.
//
// Triggers fire at the places this order has for them: BEFORE ones before the checks, AFTER ones with the foreign keys, INSTEAD OF
// ones in place of a view's write. It must not know: parsing, requests, who may do what (the
// guard has put the row security checks into the tree), how trees become SQLite's SQL (package printer).
package modify
