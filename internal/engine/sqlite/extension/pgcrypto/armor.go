package pgcrypto

import (
	"encoding/base64"
	"strings"

	"github.com/basement-project/basement/internal/engine/sqlite/extension"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

const (
	armorStart = "-----BEGIN PGP MESSAGE-----\n"
	armorEnd   = "-----END PGP MESSAGE-----\n"
)

// crc24 is OpenPGP's checksum.
func crc24(b []byte) uint32 {
	crc := uint32(0xb704ce)
	for _, c := range b {
		crc ^= uint32(c) << 16
		for range 8 {
			if crc <<= 1; crc&0x1000000 != 0 {
				crc ^= 0x1864cfb
			}
		}
	}
	return crc & 0xffffff
}

func armor(c extension.Call) (types.Datum, error) {
	v := c.Values()
	data := []byte(v[0].S)
	var b strings.Builder
	b.WriteString(armorStart)
	if len(v) == 3 {
		keys, values := extension.Array(v[1]), extension.Array(v[2])
		if len(keys.Dims) > 1 || len(values.Dims) > 1 {
			return extension.Bad("2202E", "wrong number of array subscripts")
		}
		if len(keys.Elems) != len(values.Elems) {
			return extension.Bad("2202E", "mismatched array dimensions")
		}
		for i, k := range keys.Elems {
			e := values.Elems[i]
			switch {
			case k.Null:
				return extension.Bad("22004", "null value not allowed for header key")
			case e.Null:
				return extension.Bad("22004", "null value not allowed for header value")
			case !ascii(k.Text):
				return extension.Bad("22023", "header key must not contain non-ASCII characters")
			case strings.Contains(k.Text, ": "):
				return extension.Bad("22023", "header key must not contain \": \"")
			case strings.Contains(k.Text, "\n"):
				return extension.Bad("22023", "header key must not contain newlines")
			case !ascii(e.Text):
				return extension.Bad("22023", "header value must not contain non-ASCII characters")
			case strings.Contains(e.Text, "\n"):
				return extension.Bad("22023", "header value must not contain newlines")
			}
			b.WriteString(k.Text + ": " + e.Text + "\n")
		}
	}
	b.WriteString("\n")
	text := base64.StdEncoding.EncodeToString(data)
	for len(text) > 76 {
		b.WriteString(text[:76] + "\n")
		text = text[76:]
	}
	b.WriteString(text)
	if text != "" {
		b.WriteString("\n")
	}
	crc := crc24(data)
	b.WriteString("=" + base64.StdEncoding.EncodeToString([]byte{byte(crc >> 16), byte(crc >> 8), byte(crc)}) + "\n" + armorEnd)
	return types.Text(b.String()), nil
}

func ascii(s string) bool {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return false
		}
	}
	return true
}

func corruptArmor() error { return errs.New("39000", "Corrupt ascii-armor") }

// armorParts cuts an armored text into its headers and its base 64.
func armorParts(s string) (headers []string, body string, err error) {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	start := -1
	for i, l := range lines {
		if strings.HasPrefix(l, "-----BEGIN ") && strings.HasSuffix(strings.TrimRight(l, " \t"), "-----") {
			start = i
			break
		}
	}
	if start < 0 {
		return nil, "", corruptArmor()
	}
	lines = lines[start+1:]
	for len(lines) > 0 && strings.TrimSpace(lines[0]) != "" {
		headers = append(headers, lines[0])
		lines = lines[1:]
	}
	if len(lines) == 0 {
		return nil, "", corruptArmor()
	}
	for i, l := range lines {
		if strings.HasPrefix(l, "-----END ") {
			return headers, strings.Join(lines[1:i], "\n"), nil
		}
	}
	return nil, "", corruptArmor()
}

func dearmor(c extension.Call) (types.Datum, error) {
	_, body, err := armorParts(c.Values()[0].S)
	if err != nil {
		return types.Datum{}, err
	}
	body = strings.TrimSpace(body)
	i := strings.LastIndex(body, "\n=")
	sum := ""
	switch {
	case i >= 0:
		body, sum = body[:i], body[i+2:]
	case strings.HasPrefix(body, "="):
		body, sum = "", body[1:]
	default:
		return types.Datum{}, corruptArmor()
	}
	data, err := base64.StdEncoding.DecodeString(strings.NewReplacer("\n", "", " ", "", "\t", "").Replace(body))
	if err != nil {
		return types.Datum{}, corruptArmor()
	}
	crc, err := base64.StdEncoding.DecodeString(strings.TrimSpace(sum))
	if want := crc24(data); err != nil || len(crc) != 3 || uint32(crc[0])<<16|uint32(crc[1])<<8|uint32(crc[2]) != want {
		return types.Datum{}, corruptArmor()
	}
	return types.Bytes(data), nil
}

func armorHeaders(c extension.Call, yield func([]types.Datum) bool) error {
	headers, _, err := armorParts(c.Values()[0].S)
	if err != nil {
		return err
	}
	for _, h := range headers {
		k, v, ok := strings.Cut(h, ": ")
		if !ok {
			return corruptArmor()
		}
		if !yield([]types.Datum{types.Text(k), types.Text(v)}) {
			return nil
		}
	}
	return nil
}
