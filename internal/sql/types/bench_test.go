package types

import "testing"

func TestPrintingAllocatesNothing(t *testing.T) {
	values := map[string]string{"bool": "t", "int4": "42", "int8": "-9000000000", "float8": "3.25", "numeric": "12.50", "text": "hello \"you\"", "varchar": "x",
		"uuid": "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11", "date": "2026-01-01", "timestamp": "2026-01-01 12:00:00.5", "timestamptz": "2026-01-01 12:00:00+00",
		"time": "12:00:00", "json": "{\"a\" : 1}", "jsonb": "{\"a\": 1}", "interval": "1 day", "bytea": "\\x0102", "inet": "1.2.3.4"}
	buf := make([]byte, 0, 1024)
	for name, text := range values {
		typ := ByName(name)
		d, err := In(typ, -1, text, nil)
		if err != nil {
			t.Fatal(err)
		}
		if n := testing.AllocsPerRun(100, func() { AppendJSON(buf[:0], typ, d, nil) }); n != 0 && name != "bytea" {
			t.Errorf("AppendJSON of %s: %v allocations", name, n)
		}
		if n := testing.AllocsPerRun(100, func() { AppendOut(buf[:0], typ, d, nil) }); n != 0 && name != "bytea" {
			t.Errorf("AppendOut of %s: %v allocations", name, n)
		}
		if n := testing.AllocsPerRun(100, func() { Compare(typ, d, d) }); n != 0 && name != "interval" && name != "inet" {
			t.Errorf("Compare of %s: %v allocations", name, n)
		}
	}
}

func BenchmarkIn(b *testing.B) {
	for _, c := range [][2]string{{"int4", "42"}, {"uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}, {"timestamptz", "2026-01-01 12:00:00.5+00"}, {"timestamptz", "2026-01-01T12:00:00+02:00"}, {"numeric", "12.50"}, {"jsonb", `{"b": [1, 2, 3], "a": "text"}`}, {"text[]", "{a,b,c}"}, {"interval", "1 day 02:03:04"}, {"date", "2026-01-01"}} {
		b.Run(c[0]+" "+c[1], func(b *testing.B) {
			typ := builtinByAnyName(c[0])
			b.ReportAllocs()
			for b.Loop() {
				_, _ = In(typ, -1, c[1], nil)
			}
		})
	}
}

func BenchmarkAppendJSON(b *testing.B) {
	for _, c := range [][2]string{{"int4", "42"}, {"uuid", "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"}, {"timestamptz", "2026-01-01 12:00:00.5+00"}, {"numeric", "12.50"}, {"text", "hello world, this is a text"}, {"text[]", "{a,b,c}"}, {"float8", "3.25"}} {
		b.Run(c[0], func(b *testing.B) {
			typ := builtinByAnyName(c[0])
			d, _ := In(typ, -1, c[1], nil)
			buf := make([]byte, 0, 256)
			b.ReportAllocs()
			for b.Loop() {
				_ = AppendJSON(buf[:0], typ, d, nil)
			}
		})
	}
}

func FuzzIn(f *testing.F) {
	users := userTypes()
	var all []*Type
	for _, b := range Builtin() {
		if b.Kind != PseudoType {
			all = append(all, b)
		}
	}
	for _, name := range []string{"mood", "mood[]", "posint", "code", "pair", "pair[]", "nest", "floatrange"} {
		all = append(all, users[name])
	}
	for i, t := range all {
		for _, text := range plainTexts[FormatType(t, -1)] {
			f.Add(uint8(i), text)
		}
		for _, text := range plainTexts[t.Name] {
			f.Add(uint8(i), text)
		}
	}
	env := testEnv()
	f.Fuzz(func(t *testing.T, which uint8, text string) {
		typ := all[int(which)%len(all)]
		d, err := In(typ, -1, text, env)
		if err != nil {
			return
		}
		out := Out(typ, d, env)
		AppendJSON(nil, typ, d, env)
		again, err := In(typ, -1, out, env)
		if err != nil || again != d {
			t.Fatalf("%s %q: stored %v, printed %q, read again %v, %v", typ, text, d, out, again, err)
		}
		if Compare(typ, d, again) != 0 {
			t.Fatalf("%s %q does not equal itself", typ, text)
		}
	})
}
