// Package migrate owns which of a project's migrations and seed files a database has, and applies those it lacks, each
// file whole or not at all. History is kept where the Supabase CLI keeps it. It knows engines by their admin
// transactions alone, and nothing of how progress is shown.
package migrate
