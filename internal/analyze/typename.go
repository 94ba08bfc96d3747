package analyze

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

// Type resolves a written type: the type and its typmod, -1 for none.
func Type(snap *catalog.Snapshot, n *ast.TypeName, opt Options) (t *types.Type, typmod int32, err error) {
	defer recovered(&err)
	t, typmod = newAnalyzer(snap, opt).resolveType(n)
	return t, typmod, nil
}
