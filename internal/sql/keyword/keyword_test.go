package keyword

import "testing"

func TestTable(t *testing.T) {
	for i, w := range words {
		if id, ok := Lookup(w.Name); !ok || int(id) != i {
			t.Errorf("%s: ID %d, place %d", w.Name, id, i)
		}
		if i > 0 && words[i-1].Name >= w.Name {
			t.Errorf("%s is out of order", w.Name)
		}
	}
	if len(byName) != Count {
		t.Errorf("%d names for %d words", len(byName), Count)
	}
}
