// Package keyword is PostgreSQL's list of key words with their categories, which decide where a word may be a name. It
// is a table and knows nothing of parsing or printing.
package keyword

// Category tells where a keyword may stand as a name without quotes.
type Category uint8

// The categories. A ColName word may name a column or table but no function or type; a TypeFuncName word may name a
// function or type but no column or table; a Reserved word may only be a label after AS.
const (
	Unreserved Category = iota
	ColName
	TypeFuncName
	Reserved
)

// ID is a keyword.
type ID uint16

// Word is a keyword's entry. BareLabel words may be column labels without AS.
type Word struct {
	Name      string
	Category  Category
	BareLabel bool
}

// Lookup finds a keyword by its lower-case name.
func Lookup(name string) (ID, bool) {
	id, ok := byName[name]
	return id, ok
}

// Word is the entry of a keyword.
func (id ID) Word() Word { return words[id] }

// Count is the number of keywords; the IDs are below it.
const Count = len(words)
