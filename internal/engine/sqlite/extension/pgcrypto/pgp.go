package pgcrypto

import (
	"bytes"
	"compress/flate"
	"compress/zlib"
	"crypto/aes"
	"crypto/cipher"
	"crypto/des"
	"crypto/sha1"
	"encoding/binary"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// The OpenPGP packets of a message encrypted with a password (RFC 4880).
const (
	packetPublicSession = 1
	packetSession       = 3
	packetCompressed    = 8
	packetEncrypted     = 9
	packetLiteral       = 11
	packetProtected     = 18
)

// maxMessage bounds what a compressed message unpacks to.
const maxMessage = 64 << 20

var ciphers = map[string]byte{"3des": 2, "aes": 7, "aes128": 7, "aes192": 8, "aes256": 9}

var hashes = map[string]byte{"md5": 1, "sha1": 2, "sha256": 8, "sha384": 9, "sha512": 10}

func corrupt() error { return errs.New("39000", "Wrong key or corrupt data") }

type pgpOptions struct {
	cipher, s2kCipher, s2kDigest byte
	s2kMode, s2kCount            int
	compress, level              int
	session, noCheck, crlf, utf8 bool
}

func readOptions(text string) (*pgpOptions, error) {
	o := &pgpOptions{cipher: 7, s2kDigest: 2, s2kMode: 3, level: 6}
	illegal := errs.New("39000", "Illegal argument to function")
	for _, part := range strings.Split(text, ",") {
		part = strings.TrimSpace(part)
		if part == "" {
			continue
		}
		key, value, ok := strings.Cut(part, "=")
		if !ok {
			return nil, illegal
		}
		key, value = strings.ToLower(strings.TrimSpace(key)), strings.ToLower(strings.TrimSpace(value))
		n, bad := strconv.Atoi(value)
		on := n != 0
		switch key {
		case "cipher-algo", "s2k-cipher-algo":
			id, ok := ciphers[value]
			if !ok {
				return nil, errs.New("39000", "Unsupported cipher algorithm")
			}
			if key == "cipher-algo" {
				o.cipher = id
			} else {
				o.s2kCipher = id
			}
			continue
		case "s2k-digest-algo":
			id, ok := hashes[value]
			if !ok {
				return nil, errs.New("39000", "Unsupported digest algorithm")
			}
			o.s2kDigest = id
			continue
		case "s2k-mode":
			o.s2kMode = n
		case "s2k-count":
			o.s2kCount = n
		case "compress-algo":
			o.compress = n
		case "compress-level":
			o.level = n
		case "convert-crlf":
			o.crlf = on
		case "disable-mdc":
			o.noCheck = on
		case "sess-key":
			o.session = on
		case "unicode-mode":
			o.utf8 = on
		default:
			return nil, illegal
		}
		if bad != nil || o.s2kMode != 0 && o.s2kMode != 1 && o.s2kMode != 3 || o.compress < 0 || o.compress > 2 || o.level < 0 || o.level > 9 {
			return nil, illegal
		}
	}
	if o.s2kCipher == 0 {
		o.s2kCipher = o.cipher
	}
	return o, nil
}

func blockOf(algorithm byte, key []byte) (cipher.Block, error) {
	switch algorithm {
	case 2:
		return des.NewTripleDESCipher(key)
	case 7, 8, 9:
		return aes.NewCipher(key)
	}
	return nil, errs.New("39000", "Unsupported cipher algorithm")
}

func keySize(algorithm byte) int {
	switch algorithm {
	case 2, 8:
		return 24
	case 9:
		return 32
	}
	return 16
}

// cfb is CFB mode over whole blocks; iv is changed.
func cfb(b cipher.Block, iv, data []byte, encrypt bool) {
	size := b.BlockSize()
	mask := make([]byte, size)
	for i := 0; i < len(data); i += size {
		b.Encrypt(mask, iv)
		part := data[i:min(i+size, len(data))]
		if !encrypt {
			copy(iv, part)
		}
		for j := range part {
			part[j] ^= mask[j]
		}
		if encrypt {
			copy(iv, part)
		}
	}
}

// s2k makes a key of a password.
type s2k struct {
	mode, digest, count byte
	salt                []byte
}

func (s *s2k) bytes() []byte {
	out := append([]byte{s.mode, s.digest}, s.salt...)
	if s.mode == 3 {
		out = append(out, s.count)
	}
	return out
}

func (s *s2k) key(password string, size int) ([]byte, error) {
	name := ""
	for n, id := range hashes {
		if id == s.digest {
			name = n
		}
	}
	if name == "" {
		return nil, errs.New("39000", "Unsupported digest algorithm")
	}
	make, _ := hashNamed(name)
	unit := append(append([]byte(nil), s.salt...), password...)
	total := len(unit)
	if s.mode == 3 {
		total = max(total, int(16+s.count&15)<<(s.count>>4+6))
	}
	var out []byte
	for round := 0; len(out) < size; round++ {
		h := make()
		h.Write(bytes.Repeat([]byte{0}, round))
		for left := total; left > 0 && len(unit) > 0; left -= len(unit) {
			h.Write(unit[:min(left, len(unit))])
		}
		out = h.Sum(out)
	}
	return out[:size], nil
}

func packet(tag byte, body []byte) []byte {
	head := []byte{0xc0 | tag}
	switch n := len(body); {
	case n < 192:
		head = append(head, byte(n))
	case n < 8384:
		head = append(head, byte((n-192)>>8+192), byte(n-192))
	default:
		head = binary.BigEndian.AppendUint32(append(head, 255), uint32(n))
	}
	return append(head, body...)
}

func symEncrypt(v []types.Datum, text bool) (types.Datum, error) {
	options := ""
	if len(v) == 3 {
		options = v[2].S
	}
	o, err := readOptions(options)
	if err != nil {
		return types.Datum{}, err
	}
	if v[1].S == "" {
		return extension.Bad("39000", "Illegal argument to function")
	}
	data := v[0].S
	kind := byte('b')
	if text {
		kind = 't'
		if o.utf8 {
			kind = 'u'
		}
		if o.crlf {
			data = strings.ReplaceAll(data, "\n", "\r\n")
		}
	}
	body := binary.BigEndian.AppendUint32([]byte{kind, 0}, uint32(time.Now().Unix()))
	body = packet(packetLiteral, append(body, data...))
	if o.compress > 0 {
		var b bytes.Buffer
		b.WriteByte(byte(o.compress))
		var w io.WriteCloser
		if o.compress == 1 {
			w, _ = flate.NewWriter(&b, o.level)
		} else {
			w, _ = zlib.NewWriterLevel(&b, o.level)
		}
		_, _ = w.Write(body)
		_ = w.Close()
		body = packet(packetCompressed, b.Bytes())
	}
	way := &s2k{mode: byte(o.s2kMode), digest: o.s2kDigest}
	if way.mode > 0 {
		way.salt = random(8)
	}
	if way.mode == 3 {
		way.count = 0x60 + random(1)[0]&0x1f
		if o.s2kCount > 0 {
			for way.count = 0; way.count < 255 && int(16+way.count&15)<<(way.count>>4+6) < o.s2kCount; {
				way.count++
			}
		}
	}
	cipherOf := o.cipher
	if o.session {
		cipherOf = o.s2kCipher
	}
	key, err := way.key(v[1].S, keySize(cipherOf))
	if err != nil {
		return types.Datum{}, err
	}
	head := append([]byte{4, cipherOf}, way.bytes()...)
	if o.session {
		session := random(keySize(o.cipher))
		sealed := append([]byte{o.cipher}, session...)
		b, err := blockOf(cipherOf, key)
		if err != nil {
			return types.Datum{}, err
		}
		cfb(b, make([]byte, b.BlockSize()), sealed, true)
		head, key = append(head, sealed...), session
	}
	b, err := blockOf(o.cipher, key)
	if err != nil {
		return types.Datum{}, err
	}
	size := b.BlockSize()
	prefix := random(size)
	prefix = append(prefix, prefix[size-2:]...)
	out := packet(packetSession, head)
	iv := make([]byte, size)
	if o.noCheck {
		cfb(b, iv, prefix, true)
		copy(iv, prefix[2:])
		cfb(b, iv, body, true)
		return types.Bytes(append(out, packet(packetEncrypted, append(prefix, body...))...)), nil
	}
	plain := append(append(prefix, body...), 0xd3, 0x14)
	sum := sha1.Sum(plain)
	plain = append(plain, sum[:]...)
	cfb(b, iv, plain, true)
	return types.Bytes(append(out, packet(packetProtected, append([]byte{1}, plain...))...)), nil
}

// readPacket cuts the first packet off a message.
func readPacket(data []byte) (tag byte, body, rest []byte, err error) {
	if len(data) < 2 || data[0]&0x80 == 0 {
		return 0, nil, nil, corrupt()
	}
	take := func(n int) bool {
		if n < 0 || n > len(data) {
			return false
		}
		body, data = append(body, data[:n]...), data[n:]
		return true
	}
	head := data[0]
	data = data[1:]
	if head&0x40 == 0 {
		n := 0
		switch head & 3 {
		case 3:
			n = len(data)
		default:
			size := 1 << (head & 3)
			if len(data) < size {
				return 0, nil, nil, corrupt()
			}
			for range size {
				n, data = n<<8|int(data[0]), data[1:]
			}
		}
		if !take(n) {
			return 0, nil, nil, corrupt()
		}
		return head >> 2 & 15, body, data, nil
	}
	for {
		if len(data) == 0 {
			return 0, nil, nil, corrupt()
		}
		n, partial := int(data[0]), false
		data = data[1:]
		switch {
		case n < 192:
		case n < 224:
			if len(data) < 1 {
				return 0, nil, nil, corrupt()
			}
			n, data = (n-192)<<8+int(data[0])+192, data[1:]
		case n == 255:
			if len(data) < 4 {
				return 0, nil, nil, corrupt()
			}
			n, data = int(binary.BigEndian.Uint32(data)), data[4:]
		default:
			n, partial = 1<<(n&31), true
		}
		if !take(n) {
			return 0, nil, nil, corrupt()
		}
		if !partial {
			return head & 63, body, data, nil
		}
	}
}

func symDecrypt(v []types.Datum, text bool) (types.Datum, error) {
	options := ""
	if len(v) == 3 {
		options = v[2].S
	}
	o, err := readOptions(options)
	if err != nil {
		return types.Datum{}, err
	}
	tag, head, rest, err := readPacket([]byte(v[0].S))
	if err != nil {
		return types.Datum{}, err
	}
	if tag != packetSession || len(head) < 4 || head[0] != 4 {
		return types.Datum{}, corrupt()
	}
	algorithm := head[1]
	way := &s2k{mode: head[2], digest: head[3]}
	head = head[4:]
	if way.mode != 0 && way.mode != 1 && way.mode != 3 {
		return extension.Bad("39000", "Bad S2K mode")
	}
	if way.mode > 0 {
		if len(head) < 8 {
			return types.Datum{}, corrupt()
		}
		way.salt, head = head[:8], head[8:]
	}
	if way.mode == 3 {
		if len(head) < 1 {
			return types.Datum{}, corrupt()
		}
		way.count, head = head[0], head[1:]
	}
	key, err := way.key(v[1].S, keySize(algorithm))
	if err != nil {
		return types.Datum{}, err
	}
	b, err := blockOf(algorithm, key)
	if err != nil {
		return types.Datum{}, err
	}
	if len(head) > 0 {
		cfb(b, make([]byte, b.BlockSize()), head, false)
		if len(head)-1 != keySize(head[0]) {
			return types.Datum{}, corrupt()
		}
		if b, err = blockOf(head[0], head[1:]); err != nil {
			return types.Datum{}, corrupt()
		}
	}
	plain, err := open(b, rest)
	if err != nil {
		return types.Datum{}, err
	}
	kind, data, err := literal(plain, 0)
	if err != nil {
		return types.Datum{}, err
	}
	if !text {
		return types.Bytes(data), nil
	}
	if kind != 't' && kind != 'u' {
		return extension.Bad("39000", "Not text data")
	}
	out := string(data)
	if o.crlf {
		out = strings.ReplaceAll(out, "\r\n", "\n")
	}
	if !utf8.ValidString(out) || strings.IndexByte(out, 0) >= 0 {
		return extension.Bad("22021", "invalid byte sequence for encoding \"UTF8\"")
	}
	return types.Text(out), nil
}

// open decrypts the packet with the data.
func open(b cipher.Block, message []byte) ([]byte, error) {
	tag, data, _, err := readPacket(message)
	if err != nil {
		return nil, err
	}
	size := b.BlockSize()
	iv := make([]byte, size)
	switch tag {
	case packetProtected:
		if len(data) < 1+size+2+22 || data[0] != 1 {
			return nil, corrupt()
		}
		data = data[1:]
		cfb(b, iv, data, false)
		end := len(data) - 20
		sum := sha1.Sum(data[:end])
		if data[size-2] != data[size] || data[size-1] != data[size+1] || !bytes.Equal(sum[:], data[end:]) || data[end-2] != 0xd3 || data[end-1] != 0x14 {
			return nil, corrupt()
		}
		return data[size+2 : end-2], nil
	case packetEncrypted:
		if len(data) < size+2 {
			return nil, corrupt()
		}
		next := append([]byte(nil), data[2:size+2]...)
		cfb(b, iv, data[:size+2], false)
		if data[size-2] != data[size] || data[size-1] != data[size+1] {
			return nil, corrupt()
		}
		cfb(b, next, data[size+2:], false)
		return data[size+2:], nil
	}
	return nil, corrupt()
}

// literal finds the data in decrypted packets.
func literal(data []byte, depth int) (kind byte, out []byte, err error) {
	tag, body, _, err := readPacket(data)
	if err != nil || depth > 4 || len(body) == 0 {
		return 0, nil, corrupt()
	}
	switch tag {
	case packetLiteral:
		if len(body) < 2 || len(body) < 6+int(body[1]) {
			return 0, nil, corrupt()
		}
		return body[0], body[6+int(body[1]):], nil
	case packetCompressed:
		var r io.Reader = bytes.NewReader(body[1:])
		switch body[0] {
		case 0:
		case 1:
			r = flate.NewReader(r)
		case 2:
			if r, err = zlib.NewReader(r); err != nil {
				return 0, nil, corrupt()
			}
		default:
			return 0, nil, errs.New("39000", "Unsupported compression algorithm")
		}
		inner, err := io.ReadAll(io.LimitReader(r, maxMessage))
		if err != nil || len(inner) == maxMessage {
			return 0, nil, corrupt()
		}
		return literal(inner, depth+1)
	}
	return 0, nil, corrupt()
}

// keyID tells what a message is encrypted for.
func keyID(c extension.Call) (types.Datum, error) {
	const hex = "0123456789ABCDEF"
	tag, body, _, err := readPacket([]byte(c.Values()[0].S))
	if err != nil {
		return types.Datum{}, err
	}
	switch tag {
	case packetSession:
		return types.Text("SYMKEY"), nil
	case packetPublicSession:
		if len(body) > 9 && body[0] == 3 {
			out := []byte{}
			for _, b := range body[1:9] {
				out = append(out, hex[b>>4], hex[b&15])
			}
			if string(out) == "0000000000000000" {
				return types.Text("ANYKEY"), nil
			}
			return types.Text(string(out)), nil
		}
	}
	return types.Datum{}, corrupt()
}
