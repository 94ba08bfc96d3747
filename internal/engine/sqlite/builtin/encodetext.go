package builtin

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

func encode(c *Call) (types.Datum, error) {
	b := []byte(c.Args[0].S)
	switch strings.ToLower(c.Args[1].S) {
	case "hex":
		return types.Text(hex.EncodeToString(b)), nil
	case "base64":
		// Lines of 76 characters, as MIME has them.
		s := base64.StdEncoding.EncodeToString(b)
		var out strings.Builder
		for len(s) > 76 {
			out.WriteString(s[:76] + "\n")
			s = s[76:]
		}
		return types.Text(out.String() + s), nil
	case "escape":
		var out strings.Builder
		for _, x := range b {
			switch {
			case x == 0 || x >= 0x80:
				out.Write([]byte{'\\', x>>6 + '0', x>>3&7 + '0', x&7 + '0'})
			case x == '\\':
				out.WriteString(`\\`)
			default:
				out.WriteByte(x)
			}
		}
		return types.Text(out.String()), nil
	}
	return types.Datum{}, errs.New("22023", "unrecognized encoding: \"%s\"", strings.Clone(c.Args[1].S))
}

func decode(c *Call) (types.Datum, error) {
	s := c.Args[0].S
	blank := func(r rune) rune {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			return -1
		}
		return r
	}
	switch strings.ToLower(c.Args[1].S) {
	case "hex":
		clean := strings.Map(blank, s)
		for _, r := range clean {
			if !strings.ContainsRune("0123456789abcdefABCDEF", r) {
				return types.Datum{}, errs.New("22023", "invalid hexadecimal digit: \"%c\"", r)
			}
		}
		if len(clean)%2 == 1 {
			return types.Datum{}, errs.New("22023", "invalid hexadecimal data: odd number of digits")
		}
		b, _ := hex.DecodeString(clean)
		return types.Bytes(b), nil
	case "base64":
		clean := strings.Map(blank, s)
		for _, r := range clean {
			if !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '+' || r == '/' || r == '=') {
				return types.Datum{}, errs.New("22023", "invalid symbol \"%c\" found while decoding base64 sequence", r)
			}
		}
		b, err := base64.StdEncoding.DecodeString(clean)
		if err != nil {
			return types.Datum{}, errs.New("22023", "invalid base64 end sequence").WithHint("Input data is missing padding, is truncated, or is otherwise corrupted.")
		}
		return types.Bytes(b), nil
	case "escape":
		d, err := types.In(types.ByOID(types.ByteaOID), -1, s, nil)
		return d, err
	}
	return types.Datum{}, errs.New("22023", "unrecognized encoding: \"%s\"", strings.Clone(c.Args[1].S))
}
