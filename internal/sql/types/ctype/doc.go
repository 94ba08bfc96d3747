// Package ctype owns the classes of characters (letters, spaces, ...) as a PostgreSQL server with the locale C.UTF-8 has
// them, and changes of case.
//
// classes.txt holds each class as ranges: the distance of the first character from the last one before, and the range's
// length when it is longer than one, in base 36.
package ctype
