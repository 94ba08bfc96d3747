// Command imports checks which folder of internal/ imports which, against the table in rules.go. It is how the design
// stays true: what a package must not know it cannot import.
package main
