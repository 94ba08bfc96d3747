package builtin

import "testing"

func TestBase(t *testing.T) {
	b := Base()
	if n := len(b.FunctionsNamed("pg_catalog", "length")); n != 8 {
		t.Errorf("length has %d overloads", n)
	}
	set := b.FunctionsNamed("pg_catalog", "jsonb_set")
	if len(set) != 1 || !set[0].Params[3].HasDefault || set[0].Params[3].Default != "true" || set[0].Params[3].Name != "create_if_missing" {
		t.Errorf("jsonb_set: %+v", set)
	}
	if n := len(b.OperatorsNamed("pg_catalog", "=")); n < 50 {
		t.Errorf("= has %d overloads", n)
	}
	for _, op := range b.Operators {
		if op.Function == nil {
			t.Errorf("operator %d %s has no function", op.OID, op.Name)
		}
	}
}

func BenchmarkMakeBase(b *testing.B) {
	b.ReportAllocs()
	for range b.N {
		makeBase()
	}
}
