// Package xmltext owns what PostgreSQL asks of xml values: that they are well-formed, and how they are put together.
//
// It must not know storage or SQL.
package xmltext
