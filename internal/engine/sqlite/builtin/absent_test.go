package builtin

import (
	"regexp"
	"testing"

	"github.com/basement-project/basement/internal/sql/types"
)

// absent are the functions without a form, by kind: a call of one is refused, or, where it says so, served without a form.
var absent = map[string]string{
	"aggregates and window functions that SQLite runs itself": `count|min|max|bool_and|bool_or|every|rank|dense_rank|percent_rank|cume_dist|row_number|ntile|lag|lead|first_value|last_value|nth_value`,
	"binary output": `.*send`,
	"support of operator classes, windows and casts": `in_range|hash.*|.*_hash(_extended)?|.*record_?image.*|bt.*equalimage|amvalidate|spg_.*|gin_.*|brin_.*|interval|.*typmod(in|out)|satisfies_hash_partition`,
	"steps of aggregates":                            `.*_accum(_inv)?|.*_combine|.*_transfn|.*_statefunc|float8_(avg|corr|covar|regr|stddev|var).*|int[248]+_(sum|avg).*|int8_avg|int2int4_sum|int8(inc|dec)_any|interval_avg`,
	"a server's statistics":                          `pg_stat_.*|pg_statio_.*`,
	"a server's files, log and replication":          `pg_(ls|read|stat_file|rotate|current_logfile|log_backend).*|pg_(backup|wal|current_wal|last_wal|last_xact|create|copy|drop|switch|promote|is_wal|get_wal|control|logical|replication|get_repl|export|show_repl|get_publication|safe_snapshot).*|pg_(hba|ident|reload|show_all|config|jit|get_backend|get_shmem|notification|tablespace|filenode|lock_status|blocking|isolation).*|binary_upgrade.*|plpgsql_.*|fmgr_.*|postgresql_fdw.*`,
	"large objects":                                  `lo_.*|loread|lowrite`,
	"XML by path and of queries":                     `xpath.*|xmlexists|xmlvalidate|.*_to_xml.*`,
	"transactions of others":                         `age|mxid_age|pg_snapshot.*|txid_.*|pg_visible_in_snapshot|pg_xact.*|pg_get_multixact.*|pg_last_committed.*|currtid2|pg_prepared.*|pg_cursor`,
	"rights as values":                               `acl.*|makeaclitem|has_parameter_privilege`,
	"corners of text search":                         `ts_.*|tsq_.*|unnest`,
	"corners of the catalog":                         `pg_.*|current_query|getpgusername`,
	"encodings a database here cannot have":          `to_ascii`,
}

// TestWhatHasNoForm says which functions a user could call are refused; one of no kind above is missing.
func TestWhatHasNoForm(t *testing.T) {
	kinds := map[string]*regexp.Regexp{}
	for kind, pattern := range absent {
		kinds[kind] = regexp.MustCompile("^(" + pattern + ")$")
	}
	counts := map[string]int{}
	for _, f := range Base().Functions {
		if f.Schema != "pg_catalog" || forms().byOID[f.OID] != nil || !callable(f.Returns) {
			continue
		}
		ok := true
		for _, p := range f.Inputs() {
			ok = ok && callable(p.Type)
		}
		if !ok {
			continue
		}
		found := ""
		for kind, re := range kinds {
			// The corners are what no other kind takes.
			if re.MatchString(f.Name) && (found == "" || found == "corners of the catalog") {
				found = kind
			}
		}
		if found == "" {
			t.Errorf("%s has no form and is of no kind of absent functions", signature(f))
		}
		counts[found]++
	}
	for kind, n := range counts {
		t.Logf("%4d %s", n, kind)
	}
}

// callable says whether SQL can make or take values of a type.
func callable(oid types.OID) bool {
	t := types.ByOID(oid)
	if t == nil {
		return false
	}
	switch t.Name {
	case "internal", "cstring", "_cstring", "trigger", "event_trigger", "language_handler", "index_am_handler", "table_am_handler", "fdw_handler", "tsm_handler", "pg_ddl_command":
		return false
	}
	return true
}
