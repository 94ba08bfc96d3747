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

// What verifying the legacy keys gives as claims.
const (
	sortedAnonymousClaims = `{"exp":1983812996,"iss":"supabase-demo","role":"anon"}`
	sortedServiceClaims   = `{"exp":1983812996,"iss":"supabase-demo","role":"service_role"}`
)

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

// opaqueKeys are the opaque keys as hashes, so that comparing takes the same time for every key.
type opaqueKeys struct {
	publishable, secret       [sha256.Size]byte
	hasPublishable, hasSecret bool
}

func hashKeys(k Keys) opaqueKeys {
	return opaqueKeys{
		publishable: sha256.Sum256([]byte(k.Publishable)), hasPublishable: k.Publishable != "",
		secret: sha256.Sum256([]byte(k.Secret)), hasSecret: k.Secret != "",
	}
}

// resolve gives the role and claims that the opaque key's legacy key would give.
func (o *opaqueKeys) resolve(apikey string) (Identity, bool) {
	given := sha256.Sum256([]byte(apikey))
	switch {
	case o.hasSecret && subtle.ConstantTimeCompare(given[:], o.secret[:]) == 1:
		return Identity{Role: RoleService, Claims: sortedServiceClaims}, true
	case o.hasPublishable && subtle.ConstantTimeCompare(given[:], o.publishable[:]) == 1:
		return Identity{Role: RoleAnonymous, Claims: sortedAnonymousClaims}, true
	}
	return Identity{}, false
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
