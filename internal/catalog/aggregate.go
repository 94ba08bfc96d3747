package catalog

// AggregateBody is how an aggregate the project made computes its result (pg_aggregate).
type AggregateBody struct {
	// Transition is the function state = f(state, arguments...); State is the state's type as declared.
	Transition OID `json:"transition"`
	State      OID `json:"state"`
	// Final makes the result of the state, 0 when the state is the result. FinalExtra passes it nulls in the place of the arguments.
	Final      OID  `json:"final,omitempty"`
	FinalExtra bool `json:"final_extra,omitempty"`
	// Init is the first state's text, nil for NULL.
	Init *string `json:"init,omitempty"`
	// Inverse, Combine, Serialize and Deserialize are kept for the catalog; nothing calls them.
	Inverse     OID `json:"inverse,omitempty"`
	Combine     OID `json:"combine,omitempty"`
	Serialize   OID `json:"serialize,omitempty"`
	Deserialize OID `json:"deserialize,omitempty"`
	// SortOperator is the operator by which the aggregate picks the first value, "" for none.
	SortOperator string `json:"sort_operator,omitempty"`
}
