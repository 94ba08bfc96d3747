package auth

import (
	"net/http"
	"net/netip"
	"testing"
)

func TestClientAddress(t *testing.T) {
	inside := []netip.Prefix{netip.MustParsePrefix("10.0.0.0/8")}
	for _, c := range []struct {
		remote string
		named  []string
		proxy  []netip.Prefix
		want   string
	}{
		{"192.0.2.1:99", nil, nil, "192.0.2.1"},
		{"192.0.2.1:99", []string{"198.51.100.7"}, nil, "192.0.2.1"},
		{"192.0.2.1:99", []string{"198.51.100.7"}, inside, "192.0.2.1"},
		{"10.0.0.1:99", []string{"198.51.100.7"}, inside, "198.51.100.7"},
		{"10.0.0.1:99", []string{"203.0.113.9, 198.51.100.7, 10.2.2.2"}, inside, "198.51.100.7"},
		{"10.0.0.1:99", []string{"203.0.113.9", "198.51.100.7"}, inside, "198.51.100.7"},
		{"10.0.0.1:99", []string{"x"}, inside, "10.0.0.1"},
		{"[::ffff:10.0.0.1]:99", []string{"2001:db8::1"}, inside, "2001:db8::1"},
		{"pipe", nil, nil, ""},
	} {
		r := &http.Request{RemoteAddr: c.remote, Header: http.Header{"X-Forwarded-For": c.named}}
		if got := clientAddress(r, c.proxy); got != c.want {
			t.Errorf("%s %v: %q, want %q", c.remote, c.named, got, c.want)
		}
	}
}

func TestValidAddress(t *testing.T) {
	for in, want := range map[string]string{
		"Ada@Example.com": "ada@example.com", "a+b@x.y.example": "a+b@x.y.example", "": "", "a": "", "a@": "", "@b": "", "a b@c.d": "", "a@b\n": "", "a@b\x00c": "",
		"ä@b.c": "",
	} {
		if got, err := validAddress(in); got != want || (err == nil) != (want != "") {
			t.Errorf("%q: %q %v", in, got, err)
		}
	}
}
