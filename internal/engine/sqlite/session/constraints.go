package session

import "github.com/basement-project/basement/internal/catalog"

// modes are what SET CONSTRAINTS made of the deferrable constraints in this transaction.
type modes struct {
	all *bool
	one map[catalog.OID]bool
}

// IsDeferred says whether a constraint is checked at the end of the transaction now.
func (t *Tx) IsDeferred(con *catalog.Constraint) bool {
	if !con.Deferrable {
		return false
	}
	if d, ok := t.modes.one[con.OID]; ok {
		return d
	}
	if t.modes.all != nil {
		return *t.modes.all
	}
	return con.InitiallyDeferred
}

// SetConstraints is SET CONSTRAINTS for the listed constraints, for all without a list. Made immediate, what was kept for
// them is checked at once.
func (t *Tx) SetConstraints(list []catalog.OID, deferred bool) error {
	if list == nil {
		t.modes = modes{all: &deferred}
	} else {
		if t.modes.one == nil {
			t.modes.one = map[catalog.OID]bool{}
		}
		for _, oid := range list {
			t.modes.one[oid] = deferred
		}
	}
	if deferred {
		return nil
	}
	named := map[catalog.OID]bool{}
	for _, oid := range list {
		named[oid] = true
	}
	return t.RunDeferred(func(oid catalog.OID) bool { return list == nil || named[oid] })
}
