package session

import "github.com/basement-project/basement/internal/sql/types"

// Event is what an event trigger's function may ask about.
type Event struct {
	// Name is "ddl_command_start", "ddl_command_end" or "sql_drop".
	Name string
	// Commands and Dropped are the rows of pg_event_trigger_ddl_commands() and pg_event_trigger_dropped_objects().
	Commands, Dropped [][]types.Datum
}
