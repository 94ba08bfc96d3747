package layout

import (
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
)

// TermTable is the name of the table an index of terms is kept in.
func TermTable(x *catalog.Index) string {
	return "basement:terms:" + strconv.FormatUint(uint64(x.OID), 10)
}
