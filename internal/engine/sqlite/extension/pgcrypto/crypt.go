package pgcrypto

import (
	"crypto/md5"
	"strconv"
	"strings"

	//lint:ignore SA1019 crypt() of type bf is this cipher
	"golang.org/x/crypto/blowfish"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// alphabet is crypt's base 64, bcryptAlphabet bcrypt's.
const (
	alphabet       = "./0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
	bcryptAlphabet = "./ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
)

// maxCost bounds what one call may work: 2^16 rounds of bcrypt are some seconds.
const maxCost = 16

func invalidSalt() error { return errs.New("22023", "invalid salt") }

// Crypt hashes a password as crypt(3) does, by the algorithm its salt (or an earlier hash) names.
func Crypt(password, salt string) (string, error) {
	switch {
	case strings.HasPrefix(salt, "$2a$"), strings.HasPrefix(salt, "$2x$"):
		return bcrypt(password, salt)
	case strings.HasPrefix(salt, "$2$"):
		return "", errs.New("39000", "crypt(3) returned NULL")
	case strings.HasPrefix(salt, "$1$"):
		return md5crypt(password, salt), nil
	case strings.HasPrefix(salt, "_"):
		return xdes(password, salt)
	}
	return desCrypt(password, salt)
}

func genSalt(kind string, rounds int) (types.Datum, error) {
	bad := func() (types.Datum, error) {
		return types.Datum{}, errs.New("22023", "gen_salt: Incorrect number of rounds")
	}
	switch kind := strings.ToLower(kind); kind {
	case "des":
		if rounds != 0 && rounds != 25 {
			return bad()
		}
		b := random(2)
		return types.Text(string([]byte{alphabet[b[0]&63], alphabet[b[1]&63]})), nil
	case "md5":
		if rounds != 0 && rounds != 1000 {
			return bad()
		}
		out := []byte("$1$")
		for _, b := range random(8) {
			out = append(out, alphabet[b&63])
		}
		return types.Text(string(out)), nil
	case "xdes":
		if rounds == 0 {
			rounds = 29 * 25
		}
		if rounds < 1 || rounds > 0xffffff || rounds%2 == 0 {
			return bad()
		}
		out := append([]byte("_"), least(uint64(rounds), 4)...)
		for _, b := range random(4) {
			out = append(out, alphabet[b&63])
		}
		return types.Text(string(out)), nil
	case "bf":
		if rounds == 0 {
			rounds = 6
		}
		if rounds < 4 || rounds > 31 {
			return bad()
		}
		return types.Text("$2a$" + string([]byte{'0' + byte(rounds/10), '0' + byte(rounds%10)}) + "$" + bcryptEncode(random(16))), nil
	}
	return types.Datum{}, errs.New("22023", "gen_salt: Unknown salt algorithm")
}

// least writes n with crypt's digits, the least significant first.
func least(n uint64, digits int) []byte {
	out := make([]byte, digits)
	for i := range out {
		out[i] = alphabet[n&63]
		n >>= 6
	}
	return out
}

func bcryptEncode(b []byte) string {
	var out []byte
	for len(b) > 0 {
		n := min(len(b), 3)
		var v uint32
		for i := range 3 {
			v <<= 8
			if i < n {
				v |= uint32(b[i])
			}
		}
		for i := 0; i <= n; i++ {
			out = append(out, bcryptAlphabet[v>>(18-6*i)&63])
		}
		b = b[n:]
	}
	return string(out)
}

func bcryptDecode(s string) ([]byte, bool) {
	var out []byte
	for len(s) > 0 {
		n := min(len(s), 4)
		var v uint32
		for i := range 4 {
			v <<= 6
			if i < n {
				k := strings.IndexByte(bcryptAlphabet, s[i])
				if k < 0 {
					return nil, false
				}
				v |= uint32(k)
			}
		}
		for i := 0; i < n-1; i++ {
			out = append(out, byte(v>>(16-8*i)))
		}
		s = s[n:]
	}
	return out, true
}

func bcrypt(password, salt string) (string, error) {
	if len(salt) < 29 || salt[6] != '$' {
		return "", invalidSalt()
	}
	cost, err := strconv.Atoi(salt[4:6])
	raw, ok := bcryptDecode(salt[7:29])
	if err != nil || !ok || cost < 4 || cost > 31 {
		return "", invalidSalt()
	}
	if cost > maxCost {
		return "", errs.Unsupported("bcrypt with more than 2^"+strconv.Itoa(maxCost)+" rounds", "Use fewer rounds: gen_salt('bf', 12).")
	}
	key := append([]byte(password), 0)
	if salt[2] == 'x' {
		key = signExtended(key)
	}
	if len(key) > 72 {
		key = key[:72]
	}
	c, err := blowfish.NewSaltedCipher(key, raw)
	if err != nil {
		return "", errs.Internal("bcrypt", err)
	}
	for range uint64(1) << cost {
		blowfish.ExpandKey(key, c)
		blowfish.ExpandKey(raw, c)
	}
	data := []byte("OrpheanBeholderScryDoubt")
	for i := 0; i < 24; i += 8 {
		for range 64 {
			c.Encrypt(data[i:i+8], data[i:i+8])
		}
	}
	// The salt's last digit holds two bits only.
	return salt[:7] + bcryptEncode(raw) + bcryptEncode(data[:23]), nil
}

// signExtended is the key as the faulty implementation read it whose hashes $2x$ marks.
func signExtended(key []byte) []byte {
	out := make([]byte, 0, 72)
	at := 0
	for range 18 {
		var w uint32
		for range 4 {
			w = w<<8 | uint32(int32(int8(key[at])))
			at = (at + 1) % len(key)
		}
		out = append(out, byte(w>>24), byte(w>>16), byte(w>>8), byte(w))
	}
	return out
}

func md5crypt(password, setting string) string {
	salt := setting[3:]
	if i := strings.IndexByte(salt, '$'); i >= 0 {
		salt = salt[:i]
	}
	if len(salt) > 8 {
		salt = salt[:8]
	}
	alt := md5.Sum([]byte(password + salt + password))
	h := md5.New()
	h.Write([]byte(password + "$1$" + salt))
	for n := len(password); n > 0; n -= 16 {
		h.Write(alt[:min(n, 16)])
	}
	for n := len(password); n > 0; n >>= 1 {
		if n&1 == 1 {
			h.Write([]byte{0})
		} else if password != "" {
			h.Write([]byte{password[0]})
		}
	}
	sum := h.Sum(nil)
	for i := range 1000 {
		h.Reset()
		if i&1 == 1 {
			h.Write([]byte(password))
		} else {
			h.Write(sum)
		}
		if i%3 != 0 {
			h.Write([]byte(salt))
		}
		if i%7 != 0 {
			h.Write([]byte(password))
		}
		if i&1 == 1 {
			h.Write(sum)
		} else {
			h.Write([]byte(password))
		}
		sum = h.Sum(nil)
	}
	out := []byte("$1$" + salt + "$")
	for _, g := range [][3]int{{0, 6, 12}, {1, 7, 13}, {2, 8, 14}, {3, 9, 15}, {4, 10, 5}} {
		out = append(out, least(uint64(sum[g[0]])<<16|uint64(sum[g[1]])<<8|uint64(sum[g[2]]), 4)...)
	}
	return string(append(out, least(uint64(sum[11]), 2)...))
}
