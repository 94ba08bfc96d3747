package builtin

import (
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// eventEntries are the functions that tell an event trigger's function what was done.
func eventEntries() []entry {
	rows := func(list [][]types.Datum, yield func([]types.Datum) bool) {
		for _, r := range list {
			if !yield(r) {
				return
			}
		}
	}
	return []entry{
		{sig: "pg_event_trigger_ddl_commands()", set: func(c *Call, yield func([]types.Datum) bool) error {
			tx, err := c.inEngine()
			if err != nil {
				return err
			}
			if tx.Event == nil || tx.Event.Name != "ddl_command_end" && tx.Event.Name != "sql_drop" && tx.Event.Name != "ddl_command_start" {
				return errs.New("39P03", "pg_event_trigger_ddl_commands() can only be called in an event trigger function")
			}
			rows(tx.Event.Commands, yield)
			return nil
		}},
		{sig: "pg_event_trigger_dropped_objects()", set: func(c *Call, yield func([]types.Datum) bool) error {
			tx, err := c.inEngine()
			if err != nil {
				return err
			}
			if tx.Event == nil || tx.Event.Name != "sql_drop" {
				return errs.New("39P03", "pg_event_trigger_dropped_objects() can only be called in a sql_drop event trigger function")
			}
			rows(tx.Event.Dropped, yield)
			return nil
		}},
	}
}
