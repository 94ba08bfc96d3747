package extension

import (
	"time"

	"github.com/basement-project/basement/internal/sql/types"
)

// Trigger is what a trigger function in Go sees of the event it is called for.
type Trigger struct {
	// When is "BEFORE" or "AFTER", Level "ROW" or "STATEMENT", Op "INSERT", "UPDATE", "DELETE" or "TRUNCATE".
	When, Level, Op string
	Table           string
	Columns         []Column
	Args            []string
	// Old and New are the rows, nil where there is none.
	Old, New []types.Datum
	// Now is the transaction's start, User current_user.
	Now  time.Time
	User string
	// NextVal draws from a sequence named as nextval's argument names it.
	NextVal func(name string) (int64, error)
	// Vector is to_tsvector.
	Vector func(config, text string) (types.Datum, error)
}

// Column is a column of the trigger's table.
type Column struct {
	Name string
	Type *types.Type
}

// Column finds a column by name, -1 when there is none.
func (t *Trigger) Column(name string) int {
	for i, c := range t.Columns {
		if c.Name == name {
			return i
		}
	}
	return -1
}

// TriggerFunc gives the row to go on with, nil to leave it out.
type TriggerFunc func(t *Trigger) ([]types.Datum, error)
