package layout

import "testing"

func TestNames(t *testing.T) {
	for _, c := range []struct{ schema, name, want string }{
		{"public", "todos", "todos"},
		{"auth", "users", "auth.users"},
		{"public", "auth.users", "auth%2eusers"},
		{"public", "Users", "^Users"},
		{"public", "users", "users"},
		{"My", "a^b", "^My.a%5eb"},
		{"public", "sqlite_x", "%sqlite_x"},
		{"public", "basement:catalog", "basement%3acatalog"},
		{"public", "größe", "größe"},
	} {
		if got := Table(c.schema, c.name); got != c.want {
			t.Errorf("Table(%q, %q) = %q, want %q", c.schema, c.name, got, c.want)
		}
	}
	if got := Column("_rowid_"); got == RowID {
		t.Errorf("a column is named %s", got)
	}
	if got := Quote(`a"b`); got != `"a""b"` {
		t.Errorf("Quote gave %s", got)
	}
}
