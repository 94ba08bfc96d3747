// Package jsonpath owns SQL/JSON's path language as PostgreSQL has it: reading and printing paths, and running them over
// values of jsonval, in lax and strict mode.
//
// It must not know types besides moments (for .datetime()), storage or SQL.
package jsonpath
