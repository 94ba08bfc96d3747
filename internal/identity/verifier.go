package identity

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// cacheEntries bounds the verified tokens kept; a thousand signed-in users is a few hundred kilobytes.
const cacheEntries = 1000

// Rules is how tokens are judged, in PostgREST's terms.
type Rules struct {
	// Keys verify signatures; without any, every token is refused with PGRST300.
	Keys KeySet
	// Audience, when set, must be among the token's aud.
	Audience string
	// RoleClaimKey is the JSON path of the role claim; "" means $.role.
	RoleClaimKey string
	// AnonymousRole is the role without a token or role claim; "" refuses those with PGRST302.
	AnonymousRole string
}

// Verifier turns a token into an identity. It is safe for concurrent use and remembers signatures it has checked; the
// times in a token are judged anew each time.
type Verifier struct {
	rules Rules
	path  rolePath
	mu    sync.RWMutex
	known map[[sha256.Size]byte]*claims
}

// NewVerifier makes a verifier; it fails when the role claim key is not a JSON path it knows.
func NewVerifier(rules Rules) (*Verifier, error) {
	if rules.RoleClaimKey == "" {
		rules.RoleClaimKey = "$.role"
	}
	path, err := parseRolePath(rules.RoleClaimKey)
	if err != nil {
		return nil, err
	}
	return &Verifier{rules: rules, path: path, known: make(map[[sha256.Size]byte]*claims)}, nil
}

func (v *Verifier) anonymous() (Identity, error) {
	if v.rules.AnonymousRole == "" {
		return Identity{}, tokenRequired()
	}
	return Identity{Role: v.rules.AnonymousRole, Claims: "{}", Anonymous: true}, nil
}

// Verify checks a compact JWT at a moment and gives the identity it proves. The token is not echoed in errors.
func (v *Verifier) Verify(token string, now time.Time) (Identity, error) {
	if len(v.rules.Keys) == 0 {
		return Identity{}, secretMissing()
	}
	if token == "" {
		return Identity{}, undecodable("Empty JWT is sent in Authorization header", "")
	}
	hash := sha256.Sum256([]byte(token))
	v.mu.RLock()
	c := v.known[hash]
	v.mu.RUnlock()
	if c == nil {
		payload, err := v.decode(token)
		if err != nil {
			return Identity{}, err
		}
		if c, err = parseClaims(payload, v.path); err != nil {
			return Identity{}, err
		}
		v.remember(hash, c)
	}
	if err := c.check(now, v.rules.Audience); err != nil {
		return Identity{}, err
	}
	role := v.rules.AnonymousRole
	if c.hasRole {
		role = c.role
	}
	if role == "" && !c.hasRole {
		return Identity{}, tokenRequired()
	}
	return Identity{Role: role, Claims: c.text, Anonymous: role == v.rules.AnonymousRole}, nil
}

func (v *Verifier) remember(hash [sha256.Size]byte, c *claims) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.known) >= cacheEntries {
		// Map order is random, so this drops a random tenth: as good as anything when tokens live an hour.
		drop := cacheEntries / 10
		for k := range v.known {
			delete(v.known, k)
			if drop--; drop == 0 {
				break
			}
		}
	}
	v.known[hash] = c
}

// decode checks the token's form and signature and gives its payload.
func (v *Verifier) decode(token string) ([]byte, error) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return nil, undecodable(fmt.Sprintf("Expected 3 parts in JWT; got %d", len(parts)), "")
	}
	raw, err := base64.RawURLEncoding.DecodeString(parts[0])
	if err != nil {
		return nil, undecodable("JWT cryptographic operation failed", "")
	}
	var header struct {
		Algorithm string `json:"alg"`
		KeyID     string `json:"kid"`
	}
	if err := json.Unmarshal(raw, &header); err != nil {
		return nil, undecodable("JWT couldn't be decoded", "")
	}
	if strings.EqualFold(header.Algorithm, "none") {
		return nil, undecodable("Wrong or unsupported encoding algorithm",
			"JWT is unsecured but expected 'alg' was not 'none'")
	}
	var suitable []key
	for _, k := range v.rules.Keys {
		if string(k.algorithm) == header.Algorithm && (header.KeyID == "" || header.KeyID == k.id) {
			suitable = append(suitable, k)
		}
	}
	if len(suitable) == 0 {
		return nil, undecodable("No suitable key or wrong key type", "No suitable key was found to decode the JWT")
	}
	for _, k := range suitable {
		signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{k.algorithm})
		if err != nil {
			continue
		}
		if payload, err := signed.Verify(k.public); err == nil {
			return payload, nil
		}
	}
	return nil, undecodable("No suitable key or wrong key type", "None of the keys was able to decode the JWT")
}
