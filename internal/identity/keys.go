package identity

import (
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// The claims of the legacy keys, as every local Supabase project has them: the same issuer and expiry (in 2032), so
// that the well-known secret gives the well-known keys.
const (
	legacyIssuer = "supabase-demo"
	legacyExpiry = 1983812996
)

// The roles the two kinds of key stand for.
const (
	RoleAnonymous = "anon"
	RoleService   = "service_role"
)

// Prefixes of the opaque keys.
const (
	publishablePrefix = "sb_publishable_"
	secretPrefix      = "sb_secret_"
)

// Keys is a project's API keys: two legacy keys (tokens) and two opaque ones.
type Keys struct {
	Anon        string
	ServiceRole string
	Publishable string
	Secret      string
}

// LegacyKeys signs the anon and service_role keys: with the signing key when there is one, else HS256 with secret.
func LegacyKeys(secret string, signing *SigningKey) (anon, serviceRole string, err error) {
	if anon, err = legacyKey(RoleAnonymous, secret, signing); err != nil {
		return "", "", err
	}
	serviceRole, err = legacyKey(RoleService, secret, signing)
	return anon, serviceRole, err
}

func legacyClaims(role string) string {
	return fmt.Sprintf(`{"iss":"%s","role":"%s","exp":%d}`, legacyIssuer, role, legacyExpiry)
}

// sortedLegacyClaims is what verifying a legacy key of the role gives as claims.
func sortedLegacyClaims(role string) string {
	return fmt.Sprintf(`{"exp":%d,"iss":"%s","role":"%s"}`, legacyExpiry, legacyIssuer, role)
}

func legacyKey(role, secret string, signing *SigningKey) (string, error) {
	key := jose.SigningKey{Algorithm: jose.HS256, Key: []byte(secret)}
	options := (&jose.SignerOptions{}).WithType("JWT")
	if signing != nil {
		key = jose.SigningKey{Algorithm: signing.algorithm, Key: signing.private}
		if signing.id != "" {
			options = options.WithHeader("kid", signing.id)
		}
	}
	signer, err := jose.NewSigner(key, options)
	if err != nil {
		return "", fmt.Errorf("sign the %s key: %w", role, err)
	}
	signed, err := signer.Sign([]byte(legacyClaims(role)))
	if err != nil {
		return "", fmt.Errorf("sign the %s key: %w", role, err)
	}
	return signed.CompactSerialize()
}

// opaque resolves an opaque key in constant time: the role and claims its legacy key would give.
func (k Keys) opaque(apikey string) (Identity, bool) {
	switch {
	case sameKey(apikey, k.Secret):
		return Identity{Role: RoleService, Claims: sortedLegacyClaims(RoleService)}, true
	case sameKey(apikey, k.Publishable):
		return Identity{Role: RoleAnonymous, Claims: sortedLegacyClaims(RoleAnonymous)}, true
	}
	return Identity{}, false
}

func sameKey(given, want string) bool {
	if want == "" {
		return false
	}
	a, b := sha256.Sum256([]byte(given)), sha256.Sum256([]byte(want))
	return subtle.ConstantTimeCompare(a[:], b[:]) == 1
}

func newOpaqueKey(prefix string) string {
	var raw [16]byte
	_, _ = rand.Read(raw[:])
	body := base64.RawURLEncoding.EncodeToString(raw[:])
	check := sha256.Sum256([]byte(prefix + body))
	return prefix + body + "_" + base64.RawURLEncoding.EncodeToString(check[:6])
}

func newSecret() string {
	var raw [30]byte
	_, _ = rand.Read(raw[:])
	return base64.RawURLEncoding.EncodeToString(raw[:])
}
