// Package system owns Basement's own schemas: the roles, schemas, tables and functions that a project's first migration
// may count on, as Supabase's projects have them. They are SQL files, applied like migrations and remembered apart from
// the project's. It knows engines by their admin transactions and catalog alone.
package system
