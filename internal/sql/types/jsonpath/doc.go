// Package jsonpath owns PostgreSQL's jsonpath: reading and printing paths, and running them over jsonb values with lax and
// strict rules. It knows jsonval and numeric; it must not know storage, SQL or the catalog.
package jsonpath
