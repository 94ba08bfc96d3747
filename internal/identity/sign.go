package identity

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"

	"github.com/go-jose/go-jose/v4"
)

// newSigningKey makes a private key for ES256, as the text of a JSON Web Key. Its id is its thumbprint.
func newSigningKey() (string, error) {
	private, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return "", fmt.Errorf("make a signing key: %w", err)
	}
	jwk := jose.JSONWebKey{Key: private, Algorithm: string(jose.ES256), Use: "sig"}
	print, err := jwk.Thumbprint(crypto.SHA256)
	if err != nil {
		return "", fmt.Errorf("make a signing key: %w", err)
	}
	jwk.KeyID = base64.RawURLEncoding.EncodeToString(print)
	text, err := json.Marshal(jwk)
	return string(text), err
}

// SecretKey is the signing key of an HS256 secret.
func SecretKey(secret string) *SigningKey {
	return &SigningKey{algorithm: jose.HS256, private: []byte(secret)}
}

// Sign gives a compact JWT with the claims, the text of a JSON object.
func (k *SigningKey) Sign(claims []byte) (string, error) {
	options := (&jose.SignerOptions{}).WithType("JWT")
	if k.id != "" {
		options = options.WithHeader("kid", k.id)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: k.algorithm, Key: k.private}, options)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	signed, err := signer.Sign(claims)
	if err != nil {
		return "", fmt.Errorf("sign a token: %w", err)
	}
	return signed.CompactSerialize()
}

// Public gives the JSON Web Key Set of the keys that may be known to everybody: shared secrets are none of them.
func (s KeySet) Public() ([]byte, error) {
	document := struct {
		Keys []json.RawMessage `json:"keys"`
	}{Keys: []json.RawMessage{}}
	for _, k := range s {
		if _, secret := k.public.([]byte); secret {
			continue
		}
		text, err := json.Marshal(jose.JSONWebKey{Key: k.public, KeyID: k.id, Algorithm: string(k.algorithm), Use: "sig"})
		if err != nil {
			return nil, fmt.Errorf("publish the signing keys: %w", err)
		}
		document.Keys = append(document.Keys, text)
	}
	return json.Marshal(document)
}
