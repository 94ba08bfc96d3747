package session

import (
	"github.com/basement-project/basement/internal/analyze/regname"
	"github.com/basement-project/basement/internal/catalog"
)

// Names resolves names of catalog objects in the transaction's catalog and search path.
func (t *Tx) Names() *regname.Names { return regname.In(t.Snapshot, t.LookupPath()) }

// names resolves the texts of reg types in a transaction's catalog and search path.
type names struct{ tx *Tx }

// RegIn finds what a reg type's text names.
func (n *names) RegIn(reg catalog.OID, text string) (catalog.OID, error) {
	return n.tx.Names().RegIn(reg, text)
}

// RegOut prints the name of an object, qualified unless the search path finds it.
func (n *names) RegOut(reg, object catalog.OID) (string, bool) {
	return n.tx.Names().RegOut(reg, object)
}
