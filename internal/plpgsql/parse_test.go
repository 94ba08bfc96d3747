package plpgsql

import (
	"testing"

	"github.com/basement-project/basement/internal/errs"
)

var bodies = []string{
	`begin end`,
	`declare a int := 1; b a%type; r record; c constant text not null default 'x'; cur cursor (k int) for select k; begin
	 a := a + 1; r.x := 3; if a > 1 then null; elsif a = 2 then a = 3; else return; end if;
	 for i in reverse 10..1 by 2 loop continue when i = 3; exit; end loop;
	 for r in select 1 as x loop raise notice 'x % %%', r.x; end loop;
	 for r in execute 'select $1' using a loop perform f(a); end loop;
	 for q in cur(1) loop null; end loop;
	 <<l>> while a < 3 loop exit l; end loop l;
	 foreach a slice 1 in array array[1,2] loop null; end loop;
	 case a when 1, 2 then null; else null; end case;
	 case when a = 1 then null; end case;
	 select 1, 2 into strict a, b from t where a > 1;
	 insert into t (x) values (1) returning x into a;
	 execute 'x' || a into a using b, c;
	 get diagnostics a = row_count; open cur(1); fetch next from cur into r; fetch cur into r; move forward 2 from cur; close cur;
	 assert a = 1, 'no'; call p(1); commit;
	 begin a := 1/0; exception when division_by_zero or sqlstate '22012' then raise; when others then get stacked diagnostics b = message_text; raise exception using errcode = 'P0001', message = sqlerrm; end;
	end;`,
}

func TestParse(t *testing.T) {
	for _, b := range bodies {
		if _, err := Parse(b, Options{Void: true}); err != nil {
			t.Errorf("%s: %v at %d", b, err, errs.Of(err).Position)
		}
	}
	for _, c := range []struct{ body, code, message string }{
		{`begin x := 1; end`, "42601", `"x" is not a known variable`},
		{`begin if 1 then end`, "42601", `syntax error at end of input`},
		{`begin return 1; end`, "42804", `RETURN cannot have a parameter in function returning void`},
		{`declare a int; a int; begin end`, "42601", `duplicate declaration at or near "a"`},
		{`begin exit; end`, "42601", `EXIT cannot be used outside a loop, unless it has a label`},
		{`begin raise exception '%'; end`, "42601", `too few parameters specified for RAISE`},
		{`begin selec 1; end`, "42601", `syntax error at or near "selec"`},
		{`begin null end`, "42601", `syntax error at or near "end"`},
		{`begin null;`, "42601", `syntax error at end of input`},
		{`declare a constant int := 1; begin a := 2; end`, "22005", `variable "a" is declared CONSTANT`},
		{`begin exception when nothing then null; end`, "42704", `unrecognized exception condition "nothing"`},
	} {
		_, err := Parse(c.body, Options{Void: true})
		e := errs.Of(err)
		if e == nil || e.Code != c.code || e.Message != c.message {
			t.Errorf("%s: %v", c.body, err)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, b := range bodies {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, body string) {
		_, err := Parse(body, Options{Set: len(body)%2 == 0})
		if e := errs.Of(err); err != nil && (e == nil || e.Code == "XX000") {
			t.Errorf("%v", err)
		}
	})
}
