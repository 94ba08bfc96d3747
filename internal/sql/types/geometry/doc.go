// Package geometry owns PostgreSQL's geometric types: point, lseg, path, box, polygon, line and circle, read in any form and
// printed in the one PostgreSQL prints, and what their operators and functions compute (Calc).
//
// It must not know other types, storage or SQL.
package geometry
