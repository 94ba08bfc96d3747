// Package golden runs tables of cases whose expected answers were written down from a real PostgreSQL: with -update and
// BASEMENT_TEST_DATABASE_URL set the answers are asked of that server and the file is rewritten, without it the Go function
// must give what the file says. It is for tests only and knows nothing of types.
package golden
