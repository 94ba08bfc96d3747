package pgcrypto

import (
	"crypto/hmac"
	"crypto/md5"
	"crypto/rand"
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	_ "embed" // the facts of the extension's objects
	"hash"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

//go:embed objects.tsv
var objects string

// Extension is pgcrypto.
func Extension() *extension.Extension {
	fn := func(sig string, f extension.Func) extension.Function { return extension.Function{Sig: sig, Fn: f} }
	x := &extension.Extension{Name: "pgcrypto", Version: "1.3", Comment: "cryptographic functions", Older: []string{"1.0", "1.1", "1.2"}, Objects: objects,
		Functions: []extension.Function{
			fn("digest(text,text)", digest), fn("digest(bytea,text)", digest),
			fn("hmac(text,text,text)", mac), fn("hmac(bytea,bytea,text)", mac),
			fn("crypt(text,text)", func(c extension.Call) (types.Datum, error) {
				v := c.Values()
				s, err := Crypt(extension.Own(v[0]), extension.Own(v[1]))
				return types.Text(s), err
			}),
			fn("gen_salt(text)", func(c extension.Call) (types.Datum, error) { return genSalt(c.Values()[0].S, 0) }),
			fn("gen_salt(text,int4)", func(c extension.Call) (types.Datum, error) {
				return genSalt(c.Values()[0].S, int(c.Values()[1].I))
			}),
			fn("gen_random_bytes(int4)", func(c extension.Call) (types.Datum, error) {
				n := c.Values()[0].I
				if n < 1 || n > 1024 {
					return extension.Bad("39000", "Length not in range")
				}
				return types.Bytes(random(int(n))), nil
			}),
			fn("gen_random_uuid()", func(extension.Call) (types.Datum, error) { return types.Text(uuid()), nil }),
			fn("encrypt(bytea,bytea,text)", func(c extension.Call) (types.Datum, error) { return raw(c.Values(), true) }),
			fn("decrypt(bytea,bytea,text)", func(c extension.Call) (types.Datum, error) { return raw(c.Values(), false) }),
			fn("encrypt_iv(bytea,bytea,bytea,text)", func(c extension.Call) (types.Datum, error) { return raw(c.Values(), true) }),
			fn("decrypt_iv(bytea,bytea,bytea,text)", func(c extension.Call) (types.Datum, error) { return raw(c.Values(), false) }),
			fn("armor(bytea)", armor), fn("armor(bytea,_text,_text)", armor), fn("dearmor(text)", dearmor),
			{Sig: "pgp_armor_headers(text)", Set: armorHeaders},
			fn("pgp_key_id(bytea)", keyID),
		}}
	for _, opt := range []string{")", ",text)"} {
		x.Functions = append(x.Functions,
			fn("pgp_sym_encrypt(text,text"+opt, func(c extension.Call) (types.Datum, error) { return symEncrypt(c.Values(), true) }),
			fn("pgp_sym_encrypt_bytea(bytea,text"+opt, func(c extension.Call) (types.Datum, error) { return symEncrypt(c.Values(), false) }),
			fn("pgp_sym_decrypt(bytea,text"+opt, func(c extension.Call) (types.Datum, error) { return symDecrypt(c.Values(), true) }),
			fn("pgp_sym_decrypt_bytea(bytea,text"+opt, func(c extension.Call) (types.Datum, error) { return symDecrypt(c.Values(), false) }))
	}
	return x
}

func random(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b)
	return b
}

func uuid() string {
	const digits = "0123456789abcdef"
	b := random(16)
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	out := make([]byte, 0, 36)
	for i, c := range b {
		if i == 4 || i == 6 || i == 8 || i == 10 {
			out = append(out, '-')
		}
		out = append(out, digits[c>>4], digits[c&15])
	}
	return string(out)
}

// hashNamed finds a hash by the name SQL gives.
func hashNamed(name string) (func() hash.Hash, error) {
	switch strings.ToLower(name) {
	case "md5":
		return md5.New, nil
	case "sha1":
		return sha1.New, nil
	case "sha224":
		return sha256.New224, nil
	case "sha256":
		return sha256.New, nil
	case "sha384":
		return sha512.New384, nil
	case "sha512":
		return sha512.New, nil
	}
	return nil, errs.New("22023", "Cannot use \"%s\": No such hash algorithm", strings.Clone(strings.ToLower(name)))
}

func digest(c extension.Call) (types.Datum, error) {
	v := c.Values()
	make, err := hashNamed(v[1].S)
	if err != nil {
		return types.Datum{}, err
	}
	h := make()
	h.Write([]byte(v[0].S))
	return types.Bytes(h.Sum(nil)), nil
}

func mac(c extension.Call) (types.Datum, error) {
	v := c.Values()
	make, err := hashNamed(v[2].S)
	if err != nil {
		return types.Datum{}, err
	}
	h := hmac.New(make, []byte(v[1].S))
	h.Write([]byte(v[0].S))
	return types.Bytes(h.Sum(nil)), nil
}
