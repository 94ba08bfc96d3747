package available

import "github.com/basement-project/basement/internal/engine/sqlite/extension"

// empty are extensions that may be created and bring nothing here: nothing a statement names, or what is unknown then when a
// statement names it. Dumps of Supabase projects create those that every such project has.
func empty() []*extension.Extension {
	x := func(name, version, schema, comment string, older ...string) *extension.Extension {
		return &extension.Extension{Name: name, Version: version, Schema: schema, Comment: comment, Older: older}
	}
	return []*extension.Extension{
		x("pg_graphql", "1.5.11", "graphql", "pg_graphql: GraphQL support", "1.4.0", "1.5.0", "1.5.4", "1.5.6", "1.5.7", "1.5.9"),
		x("supabase_vault", "0.3.1", "vault", "Supabase Vault Extension", "0.2.8", "0.2.9"),
		x("pgsodium", "3.1.8", "", "Postgres extension for libsodium functions"),
		x("pg_stat_statements", "1.10", "", "track planning and execution statistics of all SQL statements executed", "1.9", "1.11"),
		x("pgaudit", "1.7", "", "provides auditing functionality"),
		x("hypopg", "1.4.1", "", "Hypothetical indexes for PostgreSQL", "1.3.1"),
		x("index_advisor", "0.2.0", "", "Query index advisor"),
		x("plpgsql_check", "2.7", "", "extended check for plpgsql functions"),
		x("pg_prewarm", "1.2", "", "prewarm relation data"),
		x("pgstattuple", "1.5", "", "show tuple-level statistics"),
		x("pg_walinspect", "1.0", "", "functions to inspect contents of PostgreSQL Write-Ahead Log"),
		x("pgrowlocks", "1.2", "", "show row-level locking information"),
		x("amcheck", "1.3", "", "functions for verifying relation integrity"),
		x("pg_repack", "1.5.2", "", "Reorganize tables in PostgreSQL databases with minimal locks"),
		x("sslinfo", "1.2", "", "information about SSL certificates"),
		x("bloom", "1.0", "", "bloom access method - signature file based index"),
	}
}

// refused are extensions that cannot be what they are here.
func refused() []*extension.Extension {
	x := func(name, why, hint string) *extension.Extension {
		return &extension.Extension{Name: name, Refused: why, Hint: hint}
	}
	const server = "Use a PostgreSQL server that has it: start with --database."
	return []*extension.Extension{
		x("pg_cron", "nothing runs statements at times of their own", "Let the system's scheduler call an API function, or use a PostgreSQL server that has pg_cron."),
		x("pg_net", "statements make no requests to other servers", "Make the request in the program that writes the row, or use a PostgreSQL server that has pg_net."),
		x("http", "statements make no requests to other servers", "Make the request in the program that runs the statement, or use a PostgreSQL server that has http."),
		x("pgmq", "it is written for PostgreSQL's own procedures", "Keep the queue in a table and take rows with DELETE ... RETURNING, or use a PostgreSQL server that has pgmq."),
		x("wrappers", "there are no foreign tables", server),
		x("postgres_fdw", "there are no foreign tables", server),
		x("file_fdw", "there are no foreign tables", server),
		x("dblink", "statements open no connections to other servers", server),
		x("postgis", "it has no geometry of its own", "Keep longitude and latitude in columns, or use the extensions cube and earthdistance; "+server),
		x("postgis_topology", "it has no geometry of its own", server),
		x("postgis_raster", "it has no geometry of its own", server),
		x("postgis_tiger_geocoder", "it has no geometry of its own", server),
		x("address_standardizer", "it comes with PostGIS", server),
		x("pgrouting", "it has no geometry of its own", server),
		x("timescaledb", "tables are not divided by time", "Use an ordinary table with an index on the time, or a PostgreSQL server that has timescaledb."),
		x("plv8", "functions are written in SQL and PL/pgSQL", "Write the function in PL/pgSQL, or use a PostgreSQL server that has plv8."),
		x("plpython3u", "functions are written in SQL and PL/pgSQL", "Write the function in PL/pgSQL."),
		x("plperl", "functions are written in SQL and PL/pgSQL", "Write the function in PL/pgSQL."),
		x("pltcl", "functions are written in SQL and PL/pgSQL", "Write the function in PL/pgSQL."),
		x("pljava", "functions are written in SQL and PL/pgSQL", "Write the function in PL/pgSQL."),
		x("pgroonga", "it is an index of its own", "Use full text search (to_tsvector) or pg_trgm."),
		x("rum", "it is an index of its own", "Use a GIN index."),
		x("pgtap", "it tests PostgreSQL's own catalogs", "Run the tests on a PostgreSQL server that has pgtap."),
		x("lo", "there are no large objects", "Keep the bytes in a bytea column, or in storage."),
		x("pg_partman", "partitions are not made by themselves", "Use an ordinary table, or a PostgreSQL server that has pg_partman."),
		x("isn", "it has no table of the ranges of publishers", "Keep the number in a text column with a CHECK constraint."),
		x("seg", "it has no intervals of that kind", "Use a range type (numrange)."),
		x("tablefunc", "a function cannot run a query whose columns the caller names", "Write the pivot with aggregates: max(value) FILTER (WHERE category = '...')."),
		x("dict_int", "text search dictionaries are built in", "Use one of the built-in configurations."),
		x("dict_xsyn", "text search dictionaries are built in", "Use one of the built-in configurations."),
		x("tcn", "nobody listens for notifications of that kind", "Write the trigger in PL/pgSQL."),
		x("xml2", "there is no XPath", "Keep the values in columns or jsonb."),
		x("pg_tle", "extensions are part of the program", "Write the extension's statements as a migration."),
	}
}
