package pgcrypto

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// method is what a type text of encrypt and decrypt asks for: "aes-cbc/pad:pkcs".
type method struct {
	algorithm string
	ecb       bool
	unpadded  bool
}

func readMethod(text string) (*method, error) {
	bad := func() (*method, error) {
		return nil, errs.New("22023", "Cannot use \"%s\": No such cipher algorithm", strings.Clone(text))
	}
	name, options, _ := strings.Cut(strings.ToLower(text), "/")
	text = strings.ToLower(text)
	m := &method{}
	name, mode, _ := strings.Cut(name, "-")
	switch name {
	case "aes", "rijndael", "bf", "blowfish", "des", "des3", "3des", "cast5":
		m.algorithm = name
	default:
		return bad()
	}
	switch mode {
	case "", "cbc":
	case "ecb":
		m.ecb = true
	default:
		return bad()
	}
	if options != "" {
		switch options {
		case "pad:pkcs":
		case "pad:none":
			m.unpadded = true
		default:
			return bad()
		}
	}
	return m, nil
}

func fit(b []byte, n int) []byte {
	out := make([]byte, n)
	copy(out, b)
	return out
}

func (m *method) block(key []byte) (cipher.Block, bool) {
	switch m.algorithm {
	case "aes", "rijndael":
		n := 32
		for _, k := range []int{16, 24, 32} {
			if len(key) <= k {
				n = k
				break
			}
		}
		b, err := aes.NewCipher(fit(key, n))
		return b, err == nil
	case "3des", "des3":
		b, err := des.NewTripleDESCipher(fit(key, 24))
		return b, err == nil
	}
	// The ciphers OpenSSL 3 has put away are not there either.
	return nil, false
}

// raw is encrypt and decrypt: data, key, an initialization vector when there is one, the method.
func raw(v []types.Datum, encrypt bool) (types.Datum, error) {
	m, err := readMethod(v[len(v)-1].S)
	if err != nil {
		return types.Datum{}, err
	}
	word, done := "decrypt", "Decryption failed"
	if encrypt {
		word, done = "encrypt", "Encryption failed"
	}
	if len(v) == 4 {
		word += "_iv"
	}
	b, ok := m.block([]byte(v[1].S))
	if !ok {
		return types.Datum{}, errs.New("39000", "%s error: Cipher cannot be initialized", word)
	}
	failed := errs.New("39000", "%s error: %s", word, done)
	size := b.BlockSize()
	iv := make([]byte, size)
	if len(v) == 4 {
		copy(iv, v[2].S)
	}
	data := []byte(v[0].S)
	if encrypt && !m.unpadded {
		n := size - len(data)%size
		data = append(data, bytes.Repeat([]byte{byte(n)}, n)...)
	}
	if len(data)%size != 0 || !encrypt && !m.unpadded && len(data) == 0 {
		return types.Datum{}, failed
	}
	switch {
	case m.ecb:
		for i := 0; i < len(data); i += size {
			if encrypt {
				b.Encrypt(data[i:], data[i:])
			} else {
				b.Decrypt(data[i:], data[i:])
			}
		}
	case encrypt:
		cipher.NewCBCEncrypter(b, iv).CryptBlocks(data, data)
	default:
		cipher.NewCBCDecrypter(b, iv).CryptBlocks(data, data)
	}
	if !encrypt && !m.unpadded {
		n := int(data[len(data)-1])
		if n < 1 || n > size || !bytes.Equal(data[len(data)-n:], bytes.Repeat([]byte{byte(n)}, n)) {
			return types.Datum{}, failed
		}
		data = data[:len(data)-n]
	}
	return types.Bytes(data), nil
}
