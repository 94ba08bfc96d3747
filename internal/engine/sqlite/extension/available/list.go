package available

import (
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/btree"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/citext"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/cube"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/fuzzystrmatch"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/hstore"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/intarray"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/ltree"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgcrypto"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgjwt"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgtrgm"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/unaccent"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/uuidossp"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/vector"
)

// made are the extensions whose objects this engine has.
func made() []*extension.Extension {
	return []*extension.Extension{
		btree.GIN(), btree.GIST(), citext.Extension(), cube.Extension(), cube.Earth(), fuzzystrmatch.Extension(), hstore.Extension(), intarray.Extension(), ltree.Extension(), pgjwt.Extension(), pgcrypto.Extension(), pgtrgm.Extension(), unaccent.Extension(), uuidossp.Extension(), vector.Extension(),
	}
}
