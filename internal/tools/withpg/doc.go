// Command withpg starts a throw-away PostgreSQL cluster, runs the command given to it with the cluster's URL in
// BASEMENT_TEST_DATABASE_URL, stops the cluster and ends as the command ended.
package main
