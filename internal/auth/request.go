package auth

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/netip"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/auth/store"
)

// maxBody bounds a request's body, in bytes.
const maxBody = 1 << 20

// read reads the body, a JSON object, into a value; an empty body changes nothing.
func (x *exchange) read(into any) error {
	body, err := io.ReadAll(http.MaxBytesReader(x.w, x.r.Body, maxBody))
	if tooLarge := (*http.MaxBytesError)(nil); errors.As(err, &tooLarge) {
		return fail(http.StatusRequestEntityTooLarge, "request_entity_too_large", "The request's body is too large")
	}
	if err != nil {
		return fail(http.StatusBadRequest, "bad_json", "Could not read the request's body")
	}
	if len(strings.TrimSpace(string(body))) == 0 {
		return nil
	}
	if err := json.Unmarshal(body, into); err != nil || !utf8.Valid(body) {
		return fail(http.StatusBadRequest, "bad_json", "Could not parse request body as JSON")
	}
	if bytes.Contains(body, []byte(`\u0000`)) {
		var whole any
		if json.Unmarshal(body, &whole) != nil || hasNUL(whole) {
			return invalid("The character \\u0000 is in no text")
		}
	}
	return nil
}

// hasNUL says whether a JSON value has the character that PostgreSQL's texts never have.
func hasNUL(value any) bool {
	switch v := value.(type) {
	case string:
		return strings.ContainsRune(v, 0)
	case []any:
		return slices.ContainsFunc(v, hasNUL)
	case map[string]any:
		for key, member := range v {
			if strings.ContainsRune(key, 0) || hasNUL(member) {
				return true
			}
		}
	}
	return false
}

func (x *exchange) from() store.From {
	f := store.From{UserAgent: strings.ToValidUTF8(strings.ReplaceAll(x.r.UserAgent(), "\x00", ""), "")}
	if len(f.UserAgent) > 1024 {
		f.UserAgent = strings.ToValidUTF8(f.UserAgent[:1024], "")
	}
	if x.ip != "" {
		f.IP = &x.ip
	}
	return f
}

// clientAddress is the address a request comes from: the connection's, or, as long as that is a proxy's, the last one
// that the proxy names.
func clientAddress(r *http.Request, proxies []netip.Prefix) string {
	at, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil {
		return ""
	}
	address := at.Addr().Unmap().WithZone("")
	var named []string
	for _, line := range r.Header.Values("X-Forwarded-For") {
		named = append(named, strings.Split(line, ",")...)
	}
	for i := len(named) - 1; i >= 0 && within(address, proxies); i-- {
		before, err := netip.ParseAddr(strings.TrimSpace(named[i]))
		if err != nil {
			break
		}
		address = before.Unmap().WithZone("")
	}
	return address.String()
}

func within(address netip.Addr, networks []netip.Prefix) bool {
	for _, n := range networks {
		if n.Contains(address) {
			return true
		}
	}
	return false
}

// limited is the key by which an address is limited: a customer has a whole network of 64 bits in IPv6.
func (x *exchange) limited() string {
	if a, err := netip.ParseAddr(x.ip); err == nil && a.Is6() {
		if p, err := a.Prefix(64); err == nil {
			return p.String()
		}
	}
	return x.ip
}

// addressForm is what HTML calls a valid e-mail address.
var addressForm = regexp.MustCompile("^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?(?:\\.[a-zA-Z0-9](?:[a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$")

// validAddress gives an e-mail address in the form it is kept: in lower case.
func validAddress(email string) (string, error) {
	switch {
	case email == "":
		return "", invalid("An email address is required")
	case len(email) > 255:
		return "", invalid("An email address is too long")
	case !addressForm.MatchString(email):
		return "", invalid("Unable to validate email address: invalid format")
	}
	return strings.ToLower(email), nil
}

var numberForm = regexp.MustCompile(`^[1-9][0-9]{1,14}$`)

// validNumber gives a phone number in the form it is kept: E.164 without the plus.
func validNumber(phone string) (string, error) {
	number := strings.NewReplacer("+", "", " ", "").Replace(phone)
	if !numberForm.MatchString(number) {
		return "", invalid("Invalid phone number format (E.164 required)")
	}
	return number, nil
}
