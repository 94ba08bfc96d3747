package catalog

// Operator is an operator: Left is 0 for a prefix operator.
type Operator struct {
	OID    OID    `json:"oid"`
	Schema string `json:"schema"`
	Name   string `json:"name"`
	Left   OID    `json:"left,omitempty"`
	Right  OID    `json:"right"`
	Result OID    `json:"result"`
	// Function is the function behind the operator: its rights, volatility and strictness.
	Function *Function `json:"-"`
	// FunctionOID finds Function in the snapshot's own functions; 0 where Function is given.
	FunctionOID OID `json:"function,omitempty"`
	// Extension is the extension it belongs to, 0 for none.
	Extension OID    `json:"extension,omitempty"`
	Owner     string `json:"owner,omitempty"`
	Comment   string `json:"comment,omitempty"`
	// Commutator and Negator are the names of the operators that swap or negate this one, "" when there are none.
	Commutator string `json:"commutator,omitempty"`
	Negator    string `json:"negator,omitempty"`
}

// linkOperators gives the operators with their functions.
func (s *Snapshot) linkOperators(list []*Operator) []*Operator {
	out := list
	for i, x := range list {
		if x.FunctionOID == 0 {
			continue
		}
		if i == 0 || &out[0] == &list[0] {
			out = append([]*Operator(nil), list...)
		}
		y := *x
		y.Function = s.FunctionByOID(x.FunctionOID)
		out[i] = &y
	}
	return out
}

// OperatorsNamed gives the operators of one schema with one name.
func (s *Snapshot) OperatorsNamed(schema, name string) []*Operator {
	x := s.operators[Name{schema, name}]
	if s.Base == nil {
		return x
	}
	if b := s.Base.OperatorsNamed(schema, name); len(b) > 0 {
		if len(x) == 0 {
			return b
		}
		return append(append([]*Operator(nil), x...), b...)
	}
	return x
}

// CastOf gives the cast a project made between two types, nil when there is none.
func (s *Snapshot) CastOf(from, to OID) *Cast {
	for _, c := range s.Casts {
		if c.From == from && c.To == to {
			return c
		}
	}
	if s.Base != nil {
		return s.Base.CastOf(from, to)
	}
	return nil
}
