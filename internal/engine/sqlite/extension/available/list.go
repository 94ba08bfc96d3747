package available

import (
	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/citext"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/hstore"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgcrypto"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/pgtrgm"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/unaccent"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/uuidossp"
	"github.com/basement-project/basement/internal/engine/sqlite/extension/vector"
)

// made are the extensions whose objects this engine has.
func made() []*extension.Extension {
	return []*extension.Extension{
		citext.Extension(), hstore.Extension(), pgcrypto.Extension(), pgtrgm.Extension(), unaccent.Extension(), uuidossp.Extension(), vector.Extension(),
	}
}

// empty are extensions that may be created and bring nothing here: what they bring elsewhere is then unknown when it is named.
// Dumps of Supabase projects create those that every such project has.
func empty() []*extension.Extension {
	x := func(name, version, comment string, older ...string) *extension.Extension {
		return &extension.Extension{Name: name, Version: version, Comment: comment, Older: older}
	}
	return []*extension.Extension{
		x("pg_graphql", "1.5.11", "GraphQL support"),
	}
}

func refused() []*extension.Extension { return nil }
