package identity

import (
	"bytes"
	"encoding/json"
	"io"
	"math/big"
	"strings"
	"time"
)

// allowedSkew is how far clocks may differ.
const allowedSkew = 30 * time.Second

// claims is a verified token's payload: its text, its role, and what must be judged at each use.
type claims struct {
	text          string
	role          string
	hasRole       bool
	exp, nbf, iat *int64
	audiences     []string
	hasAudience   bool
	audienceText  bool
	badType       map[string]bool
}

func parseClaims(payload []byte, path rolePath) (*claims, error) {
	decoder := json.NewDecoder(bytes.NewReader(payload))
	decoder.UseNumber()
	var object map[string]any
	if err := decoder.Decode(&object); err != nil || object == nil {
		return nil, badClaims("Parsing claims failed")
	}
	if _, err := decoder.Token(); err != io.EOF {
		return nil, badClaims("Parsing claims failed")
	}
	c := &claims{text: compactJSON(object), badType: map[string]bool{}}
	c.exp = c.seconds(object, "exp")
	c.nbf = c.seconds(object, "nbf")
	c.iat = c.seconds(object, "iat")
	switch aud := object["aud"].(type) {
	case nil:
	case string:
		c.hasAudience, c.audienceText, c.audiences = true, true, []string{aud}
	case []any:
		c.hasAudience = true
		for _, member := range aud {
			text, ok := member.(string)
			if !ok {
				c.badType["aud"] = true
				break
			}
			c.audiences = append(c.audiences, text)
		}
	default:
		c.badType["aud"] = true
	}
	if value, ok := path.find(object); ok {
		c.hasRole = true
		if text, isText := value.(string); isText {
			c.role = text
		} else {
			c.role = compactJSON(value)
		}
	}
	return c, nil
}

// seconds reads a time claim: whole seconds; a number that is not whole or too large counts as 0, as PostgREST has it.
func (c *claims) seconds(object map[string]any, name string) *int64 {
	switch value := object[name].(type) {
	case nil:
		return nil
	case json.Number:
		var seconds int64
		if whole, ok := wholeNumber(value.String()); ok {
			seconds = whole
		}
		return &seconds
	default:
		c.badType[name] = true
		return nil
	}
}

func wholeNumber(text string) (int64, bool) {
	// An exponent can name a number of a billion digits; no time needs more than this many characters.
	if i := strings.IndexAny(text, "eE"); i >= 0 && len(text)-i > 4 {
		return 0, false
	}
	if len(text) > 64 {
		return 0, false
	}
	number, ok := new(big.Rat).SetString(text)
	if !ok || !number.IsInt() || !number.Num().IsInt64() {
		return 0, false
	}
	return number.Num().Int64(), true
}

// check judges the claims at a moment.
func (c *claims) check(now time.Time, audience string) error {
	second := now.Unix()
	skew := int64(allowedSkew / time.Second)
	switch {
	case c.badType["exp"]:
		return badClaims("The JWT 'exp' claim must be a number")
	case c.exp != nil && second-skew > *c.exp:
		return badClaims("JWT expired")
	case c.badType["nbf"]:
		return badClaims("The JWT 'nbf' claim must be a number")
	case c.nbf != nil && second+skew < *c.nbf:
		return badClaims("JWT not yet valid")
	case c.badType["iat"]:
		return badClaims("The JWT 'iat' claim must be a number")
	case c.iat != nil && second+skew < *c.iat:
		return badClaims("JWT issued at future")
	case c.badType["aud"]:
		return badClaims("The JWT 'aud' claim must be a string or an array of strings")
	}
	if audience == "" || !c.hasAudience || (!c.audienceText && len(c.audiences) == 0) {
		return nil
	}
	for _, a := range c.audiences {
		if a == audience {
			return nil
		}
	}
	return badClaims("JWT not in audience")
}

// compactJSON prints a value with sorted keys and nothing escaped that JSON does not require.
func compactJSON(value any) string {
	var out strings.Builder
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return "{}"
	}
	return strings.TrimSuffix(out.String(), "\n")
}
