package catalog

// EventTrigger runs a function for DDL statements. Event is "ddl_command_start", "ddl_command_end" or "sql_drop"; Tags are the
// command tags it is for, none for all.
type EventTrigger struct {
	OID      OID      `json:"oid"`
	Name     string   `json:"name"`
	Owner    string   `json:"owner"`
	Event    string   `json:"event"`
	Tags     []string `json:"tags,omitempty"`
	Function OID      `json:"function"`
	Enabled  string   `json:"enabled"` // pg_event_trigger.evtenabled
	Comment  string   `json:"comment,omitempty"`
}
