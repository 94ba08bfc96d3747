package identity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// minimumSecret is the length in bytes below which a text secret is refused, as PostgREST does.
const minimumSecret = 32

// key is one key that may verify tokens, with the one algorithm it verifies.
type key struct {
	id        string
	algorithm jose.SignatureAlgorithm
	public    any
}

// KeySet is the keys tokens are verified with.
type KeySet []key

// SigningKey is a private key of the project's signing keys file.
type SigningKey struct {
	id        string
	algorithm jose.SignatureAlgorithm
	private   any
}

// ParseSecret reads a JWT secret as PostgREST does: a JSON Web Key Set, one JSON Web Key, or plain text for HS256.
func ParseSecret(secret string, isBase64 bool) (KeySet, error) {
	raw := []byte(secret)
	if isBase64 {
		standard := strings.NewReplacer("_", "/", "-", "+", ".", "=").Replace(strings.TrimSpace(secret))
		decoded, err := base64.StdEncoding.DecodeString(standard)
		if err != nil {
			return nil, errors.New("the JWT secret is not base64")
		}
		raw = decoded
	}
	if set, isJSON, err := parseJWKs(raw); isJSON {
		return set, err
	}
	if len(raw) < minimumSecret {
		return nil, fmt.Errorf("the JWT secret must be at least %d characters long", minimumSecret)
	}
	return TextSecret(string(raw)), nil
}

// TextSecret is the key set of one HS256 secret.
func TextSecret(secret string) KeySet {
	return KeySet{{algorithm: jose.HS256, public: []byte(secret)}}
}

func parseJWKs(raw []byte) (set KeySet, isJSON bool, err error) {
	var document struct {
		Keys []json.RawMessage `json:"keys"`
		Type string            `json:"kty"`
	}
	if json.Unmarshal(raw, &document) != nil {
		return nil, false, nil
	}
	members := document.Keys
	if members == nil && document.Type != "" {
		members = []json.RawMessage{raw}
	}
	if members == nil {
		return nil, false, nil
	}
	for i, member := range members {
		var jwk jose.JSONWebKey
		if err := json.Unmarshal(member, &jwk); err != nil {
			return nil, true, fmt.Errorf("key %d of the JWT key set: %w", i+1, err)
		}
		if jwk.Use == "enc" {
			continue
		}
		algorithm, err := algorithmOf(jwk)
		if err != nil {
			return nil, true, fmt.Errorf("key %d of the JWT key set: %w", i+1, err)
		}
		set = append(set, key{id: jwk.KeyID, algorithm: algorithm, public: publicPart(jwk.Key)})
	}
	if len(set) == 0 {
		return nil, true, errors.New("the JWT key set has no key that verifies signatures")
	}
	return set, true, nil
}

// ParseSigningKeys reads a signing keys file: a JSON array of private keys, or a key set. The first key signs.
func ParseSigningKeys(raw []byte) (*SigningKey, KeySet, error) {
	var members []json.RawMessage
	if err := json.Unmarshal(raw, &members); err != nil {
		var document struct {
			Keys []json.RawMessage `json:"keys"`
		}
		if err := json.Unmarshal(raw, &document); err != nil || document.Keys == nil {
			return nil, nil, errors.New("not a JSON array of keys")
		}
		members = document.Keys
	}
	var first *SigningKey
	var set KeySet
	for i, member := range members {
		var jwk jose.JSONWebKey
		if err := json.Unmarshal(member, &jwk); err != nil {
			return nil, nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		algorithm, err := algorithmOf(jwk)
		if err != nil {
			return nil, nil, fmt.Errorf("key %d: %w", i+1, err)
		}
		if first == nil {
			if jwk.IsPublic() {
				return nil, nil, fmt.Errorf("key %d is public: a signing key is needed", i+1)
			}
			first = &SigningKey{id: jwk.KeyID, algorithm: algorithm, private: jwk.Key}
		}
		set = append(set, key{id: jwk.KeyID, algorithm: algorithm, public: publicPart(jwk.Key)})
	}
	if first == nil {
		return nil, nil, errors.New("no keys")
	}
	return first, set, nil
}

func publicPart(k any) any {
	if private, ok := k.(crypto.Signer); ok {
		return private.Public()
	}
	return k
}

// algorithmOf is the key's one algorithm: the one it names, else the usual one of its type. A name that does not suit
// the type is an error: it is how a public key gets mistaken for a shared secret.
func algorithmOf(jwk jose.JSONWebKey) (jose.SignatureAlgorithm, error) {
	var allowed []jose.SignatureAlgorithm
	switch k := publicPart(jwk.Key).(type) {
	case []byte:
		allowed = []jose.SignatureAlgorithm{jose.HS256, jose.HS384, jose.HS512}
	case *rsa.PublicKey:
		allowed = []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512, jose.PS256, jose.PS384, jose.PS512}
	case *ecdsa.PublicKey:
		switch k.Curve.Params().BitSize {
		case 256:
			allowed = []jose.SignatureAlgorithm{jose.ES256}
		case 384:
			allowed = []jose.SignatureAlgorithm{jose.ES384}
		case 521:
			allowed = []jose.SignatureAlgorithm{jose.ES512}
		}
	case ed25519.PublicKey:
		allowed = []jose.SignatureAlgorithm{jose.EdDSA}
	}
	if len(allowed) == 0 {
		return "", fmt.Errorf("keys of type %T are not supported", jwk.Key)
	}
	if jwk.Algorithm == "" {
		return allowed[0], nil
	}
	for _, a := range allowed {
		if string(a) == jwk.Algorithm {
			return a, nil
		}
	}
	return "", fmt.Errorf("algorithm %q does not suit the key's type", jwk.Algorithm)
}
