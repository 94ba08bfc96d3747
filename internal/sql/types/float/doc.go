// Package float owns the text of float4 and float8: what PostgreSQL reads, and the shortest digits it prints.
//
// It must not know storage or SQL.
package float
