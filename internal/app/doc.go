// Package app owns the wiring and the command line: it builds everything by hand, top to bottom, and knows everybody.
// What can be named and tested apart does not belong here.
package app
