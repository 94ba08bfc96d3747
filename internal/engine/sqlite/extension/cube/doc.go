// Package cube owns the extensions cube (boxes in any number of dimensions) and earthdistance (points on the earth as cubes).
// A cube is stored as its output text.
//
// It must not know SQLite, the catalog or query trees.
package cube
