// Package netaddr owns PostgreSQL's network addresses: inet, cidr, macaddr and macaddr8, as text in and out, their order and
// the functions on them.
//
// It must not know other types, storage or SQL.
package netaddr
