// Command load measures Basement beside its peers on one machine: it starts each, loads the same authors, posts and notes,
// puts the same work on each with the same generator (wrk when it is installed, else one in Go), in rounds one after the
// other, and prints medians, their spread, CPU per request and memory as a table and as JSON, with ratios.
//
// The peers are bare (a handler written by hand, with prepared statements on the same SQLite driver and the same settings:
// what the driver and net/http allow), PocketBase (a module of its own under pocketbase, so that its needs are not ours)
// and, when a PostgreSQL is given, Basement and a bare pgx handler on it.
//
// It must not know: anything of Basement but its command line and its HTTP API.
package main
