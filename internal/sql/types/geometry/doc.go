// Package geometry owns the text forms of PostgreSQL's geometric types: point, lseg, path, box, polygon, line and circle,
// read in any form and printed in the one PostgreSQL prints. Their operators are not here.
//
// It must not know other types, storage or SQL.
package geometry
