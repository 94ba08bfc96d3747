// Package enginetest holds one suite that every engine must pass, and scripts of statements whose answers, errors and
// effects on the catalog must be the same on the embedded engine and on PostgreSQL. It knows engines by their contract.
package enginetest
