package config

import (
	"reflect"
	"strings"
	"testing"
)

func TestDatabaseOverrides(t *testing.T) {
	c := &Config{Schemas: []string{"public"}, MaxRows: 1000}
	a, faults := c.API(map[string]string{
		"pgrst.db_schemas": `v1, SPECIAL "@/\#~_-`, "pgrst.db_anon_role": "", "pgrst.db_tx_end": "rollback-allow-override",
		"pgrst.db_aggregates_enabled": "True", "pgrst.server_timing_enabled": "1", "pgrst.db_max_rows": "2",
		"pgrst.app_settings_app_host": "localhost", "pgrst.jwt_secret": "x", "pgrst.db_extra_search_path": "",
		"pgrst.openapi_mode": "sometimes", "pgrst.db_plan_enabled": "maybe", "statement_timeout": "1s", "pgrst.unheard_of": "x",
	})
	if !reflect.DeepEqual(a.Schemas, []string{"v1", `SPECIAL "@/\#~_-`}) || a.AnonymousRole != "" || !a.Rollback || !a.AllowOverride ||
		!a.Aggregates || !a.ServerTiming || a.MaxRows != 2 || a.AppSettings["app.settings.app_host"] != "localhost" || !a.HasJWTSecret ||
		a.ExtraSearchPath != nil || a.OpenAPIMode != "follow-privileges" {
		t.Errorf("%+v", a)
	}
	if len(faults) != 2 || !strings.HasPrefix(faults[0], "pgrst.db_plan_enabled: ") || !strings.HasPrefix(faults[1], "pgrst.openapi_mode: ") {
		t.Errorf("%q", faults)
	}
	if a, _ := c.API(nil); a.AnonymousRole != "anon" || a.MaxRows != 1000 || a.Rollback {
		t.Errorf("%+v", a)
	}
}
