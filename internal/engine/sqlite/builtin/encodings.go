package builtin

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// charset is an encoding by its PostgreSQL name; a nil table is UTF8.
type charset struct {
	name  string
	table *charmap.Charmap
}

// charsets are the single-byte encodings, by names without punctuation; the others are known by name alone.
var charsets = map[string]charset{
	"utf8": {name: "UTF8"}, "unicode": {name: "UTF8"},
	"latin1": {"LATIN1", charmap.ISO8859_1}, "iso88591": {"LATIN1", charmap.ISO8859_1},
	"latin2": {"LATIN2", charmap.ISO8859_2}, "iso88592": {"LATIN2", charmap.ISO8859_2},
	"latin3": {"LATIN3", charmap.ISO8859_3}, "iso88593": {"LATIN3", charmap.ISO8859_3},
	"latin4": {"LATIN4", charmap.ISO8859_4}, "iso88594": {"LATIN4", charmap.ISO8859_4},
	"latin5": {"LATIN5", charmap.ISO8859_9}, "iso88599": {"LATIN5", charmap.ISO8859_9},
	"latin6": {"LATIN6", charmap.ISO8859_10}, "iso885910": {"LATIN6", charmap.ISO8859_10},
	"latin7": {"LATIN7", charmap.ISO8859_13}, "iso885913": {"LATIN7", charmap.ISO8859_13},
	"latin8": {"LATIN8", charmap.ISO8859_14}, "iso885914": {"LATIN8", charmap.ISO8859_14},
	"latin9": {"LATIN9", charmap.ISO8859_15}, "iso885915": {"LATIN9", charmap.ISO8859_15},
	"latin10": {"LATIN10", charmap.ISO8859_16}, "iso885916": {"LATIN10", charmap.ISO8859_16},
	"iso88595": {"ISO_8859_5", charmap.ISO8859_5}, "iso88596": {"ISO_8859_6", charmap.ISO8859_6},
	"iso88597": {"ISO_8859_7", charmap.ISO8859_7}, "iso88598": {"ISO_8859_8", charmap.ISO8859_8},
	"koi8": {"KOI8R", charmap.KOI8R}, "koi8r": {"KOI8R", charmap.KOI8R}, "koi8u": {"KOI8U", charmap.KOI8U},
	"win866": {"WIN866", charmap.CodePage866}, "alt": {"WIN866", charmap.CodePage866},
	"win874": {"WIN874", charmap.Windows874}, "win1250": {"WIN1250", charmap.Windows1250},
	"win1251": {"WIN1251", charmap.Windows1251}, "win": {"WIN1251", charmap.Windows1251},
	"win1252": {"WIN1252", charmap.Windows1252}, "win1253": {"WIN1253", charmap.Windows1253},
	"win1254": {"WIN1254", charmap.Windows1254}, "win1255": {"WIN1255", charmap.Windows1255},
	"win1256": {"WIN1256", charmap.Windows1256}, "win1257": {"WIN1257", charmap.Windows1257},
	"win1258": {"WIN1258", charmap.Windows1258}, "abc": {"WIN1258", charmap.Windows1258},
}

const wideCharsets = " sqlascii eucjp euccn euckr euctw eucjis2004 muleinternal sjis mskanji shiftjis windows932 big5 windows950 gbk windows936 uhc windows949 gb18030 johab shiftjis2004 "

// charsetOf finds an encoding; which says what it is for ("source", "destination", "").
func charsetOf(which, name string) (charset, error) {
	key := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, name)
	if c, ok := charsets[strings.Replace(key, "windows", "win", 1)]; ok {
		return c, nil
	}
	if key != "" && strings.Contains(wideCharsets, " "+key+" ") {
		return charset{}, errs.Unsupported("encoding \""+strings.Clone(name)+"\"", "Use UTF8 or a single-byte encoding.")
	}
	if which != "" {
		which += " "
	}
	return charset{}, errs.New("22023", "invalid %sencoding name \"%s\"", which, strings.Clone(name))
}

// decode makes UTF-8 of bytes.
func (c charset) decode(s string) (string, error) {
	if c.table == nil {
		if !utf8.ValidString(s) || strings.IndexByte(s, 0) >= 0 {
			return "", invalidUTF8(s)
		}
		return s, nil
	}
	var out strings.Builder
	for i := range len(s) {
		r := c.table.DecodeByte(s[i])
		switch {
		case s[i] == 0:
			return "", errs.New("22021", "invalid byte sequence for encoding \"%s\": 0x00", c.name)
		case r == utf8.RuneError:
			return "", errs.New("22P05", "character with byte sequence 0x%02x in encoding \"%s\" has no equivalent in encoding \"UTF8\"", s[i], c.name)
		}
		out.WriteRune(r)
	}
	return out.String(), nil
}

// encode makes bytes of UTF-8.
func (c charset) encode(s string) (string, error) {
	if c.table == nil {
		return s, nil
	}
	out := make([]byte, 0, len(s))
	for _, r := range s {
		b, ok := c.table.EncodeRune(r)
		if !ok {
			var hex []string
			for _, x := range []byte(string(r)) {
				hex = append(hex, fmt.Sprintf("0x%02x", x))
			}
			return "", errs.New("22P05", "character with byte sequence %s in encoding \"UTF8\" has no equivalent in encoding \"%s\"", strings.Join(hex, " "), c.name)
		}
		out = append(out, b)
	}
	return string(out), nil
}

// encodingTable declares conversions between encodings.
func encodingTable() []entry {
	return []entry{
		{sig: "convert_from(bytea,name)", fn: func(c *Call) (types.Datum, error) {
			from, err := charsetOf("source", c.Args[1].S)
			if err != nil {
				return types.Datum{}, err
			}
			s, err := from.decode(c.Args[0].S)
			return types.Text(s), err
		}},
		{sig: "convert_to(text,name)", fn: func(c *Call) (types.Datum, error) {
			to, err := charsetOf("destination", c.Args[1].S)
			if err != nil {
				return types.Datum{}, err
			}
			s, err := to.encode(c.Args[0].S)
			return bytesOf(s), err
		}},
		{sig: "convert(bytea,name,name)", fn: func(c *Call) (types.Datum, error) {
			from, err := charsetOf("source", c.Args[1].S)
			if err != nil {
				return types.Datum{}, err
			}
			to, err := charsetOf("destination", c.Args[2].S)
			if err != nil {
				return types.Datum{}, err
			}
			s, err := from.decode(c.Args[0].S)
			if err == nil {
				s, err = to.encode(s)
			}
			return bytesOf(s), err
		}},
		{sig: "length(bytea,name)", fn: func(c *Call) (types.Datum, error) {
			from, err := charsetOf("", c.Args[1].S)
			if err != nil {
				return types.Datum{}, err
			}
			if from.table != nil && strings.IndexByte(c.Args[0].S, 0) < 0 {
				return types.Int(int64(len(c.Args[0].S))), nil
			}
			s, err := from.decode(c.Args[0].S)
			return types.Int(int64(utf8.RuneCountInString(s))), err
		}},
	}
}
