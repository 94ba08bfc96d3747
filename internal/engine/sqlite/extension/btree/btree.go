package btree

import (
	_ "embed" // the facts of the extensions' objects

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed gin.tsv
var gin string

//go:embed gist.tsv
var gist string

// GIN is btree_gin.
func GIN() *extension.Extension {
	return &extension.Extension{Name: "btree_gin", Version: "1.3", Comment: "support for indexing common datatypes in GIN", Older: []string{"1.0", "1.1", "1.2"}, Objects: gin}
}

// GIST is btree_gist.
func GIST() *extension.Extension {
	x := &extension.Extension{Name: "btree_gist", Version: "1.7", Comment: "support for indexing common datatypes in GiST",
		Older: []string{"1.2", "1.3", "1.4", "1.5", "1.6"}, Objects: gist, Types: map[string]*types.Native{}}
	for _, name := range []string{"gbtreekey2", "gbtreekey4", "gbtreekey8", "gbtreekey16", "gbtreekey32", "gbtreekey_var"} {
		x.Types[name] = &types.Native{Key: "btree_gist." + name, Unordered: true, In: func(string, *types.Env) (types.Datum, error) {
			return extension.Bad("0A000", "cannot accept a value of type %s", name)
		}}
	}
	whole := func(sig string, low int64, word string) {
		x.Functions = append(x.Functions, extension.Function{Sig: sig, Fn: func(c extension.Call) (types.Datum, error) {
			v := c.Values()
			d := v[0].I - v[1].I
			if (d < 0) != (v[0].I < v[1].I) || d <= low || low > -1<<63 && d >= -low {
				return types.Datum{}, errs.New("22003", "%s out of range", word)
			}
			return types.Int(max(d, -d)), nil
		}})
	}
	whole("int2_dist(int2,int2)", -1<<15, "smallint")
	whole("int4_dist(int4,int4)", -1<<31, "integer")
	whole("int8_dist(int8,int8)", -1<<63, "bigint")
	whole("cash_dist(money,money)", -1<<63, "money")
	whole("oid_dist(oid,oid)", -1<<32, "oid")
	for _, t := range []string{"float4", "float8"} {
		x.Functions = append(x.Functions, extension.Function{Sig: t + "_dist(" + t + "," + t + ")", Same: "abs($1 - $2)"})
	}
	return x
}
