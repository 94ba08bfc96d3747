package pipeline

import (
	"net/http/httptest"
	"testing"

	"github.com/basement-project/basement/internal/identity"
)

func TestClaims(t *testing.T) {
	for _, c := range []struct {
		who  identity.Identity
		want string
	}{
		{identity.Identity{Role: "anon"}, `{"role":"anon"}`},
		{identity.Identity{Role: "anon", Claims: "{}"}, `{"role":"anon"}`},
		{identity.Identity{Role: "a", Claims: `{"role":"a","sub":"x"}`}, `{"role":"a","sub":"x"}`},
		{identity.Identity{Role: "a", Claims: `{"app":{"role":"a"},"role":"b"}`}, `{"app":{"role":"a"},"role":"a"}`},
		{identity.Identity{Role: `q"r`, Claims: `{"sub":1}`}, `{"role":"q\"r","sub":1}`},
	} {
		if got := claims(c.who); got != c.want {
			t.Errorf("%+v: %s, want %s", c.who, got, c.want)
		}
	}
}

func TestRequestSettings(t *testing.T) {
	r := httptest.NewRequest("GET", "http://example.org/x", nil)
	r.Header.Set("X-Odd", "a\xffb\"c")
	r.Header.Set("Cookie", "a=1; b=two")
	if got := headers(r); got != `{"host":"example.org","x-odd":"a�b\"c"}` {
		t.Error(got)
	}
	if got := cookies(r); got != `{"a":"1","b":"two"}` {
		t.Error(got)
	}
}
