package builtin

import (
	"crypto/md5"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/hex"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/types"
)

// maxText bounds what repeat, lpad and their like may make.
const maxText = 256 << 20

var errTooLong = errs.New("54000", "requested length too large")

func text1(f func(string) string) Func {
	return func(c *Call) (types.Datum, error) { return types.Text(f(c.Args[0].S)), nil }
}

func test2(f func(a, b string) (bool, error), not bool) Func {
	return func(c *Call) (types.Datum, error) {
		ok, err := f(c.Args[0].S, c.Args[1].S)
		return types.Bool(ok != not), err
	}
}

func lower(s string) string { return strings.Map(unicode.ToLower, s) }
func upper(s string) string { return strings.Map(unicode.ToUpper, s) }

func initcap(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		out := unicode.ToUpper(r)
		if inside {
			out = unicode.ToLower(r)
		}
		inside = unicode.IsLetter(r) || unicode.IsDigit(r)
		return out
	}, s)
}

// textTable declares the functions and operators of texts and byte strings.
func textTable() []entry {
	var list []entry
	safe := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, safe: true})
		}
	}
	add := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn})
		}
	}
	native := func(sql string, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, sql: sql, safe: true})
		}
	}
	typed := func(fn Func, sigs ...string) {
		for _, s := range sigs {
			list = append(list, entry{sig: s, fn: fn, typed: true})
		}
	}
	safe(text1(lower), "lower(text)")
	safe(text1(upper), "upper(text)")
	safe(text1(initcap), "initcap(text)")
	native("length($1)", "length(text)", "char_length(text)", "character_length(text)", "textlen(text)")
	native("length(rtrim($1, ' '))", "length(bpchar)", "char_length(bpchar)", "character_length(bpchar)")
	native("octet_length($1)", "octet_length(text)", "octet_length(bytea)", "octet_length(bpchar)", "length(bytea)")
	native("(8 * octet_length($1))", "bit_length(text)", "bit_length(bytea)")
	native("($1 || $2)", "textcat(text,text)")
	// SQLite's replace gives the text itself for an empty second argument, even where the third is NULL.
	safe(func(c *Call) (types.Datum, error) {
		if c.Args[1].S == "" {
			return c.Args[0], nil
		}
		return types.Text(strings.ReplaceAll(c.Args[0].S, c.Args[1].S, c.Args[2].S)), nil
	}, "replace(text,text,text)")
	native("instr($1, $2)", "strpos(text,text)", "position(text,text)")
	native("trim($1, ' ')", "btrim(text)")
	native("ltrim($1, ' ')", "ltrim(text)")
	native("rtrim($1, ' ')", "rtrim(text)", "text(bpchar)")
	native("trim($1, $2)", "btrim(text,text)")
	native("ltrim($1, $2)", "ltrim(text,text)")
	native("rtrim($1, $2)", "rtrim(text,text)")
	native("($1 < $2)", "text_pattern_lt(text,text)")
	native("($1 <= $2)", "text_pattern_le(text,text)")
	native("($1 > $2)", "text_pattern_gt(text,text)")
	native("($1 >= $2)", "text_pattern_ge(text,text)")
	typed(concatTyped, "textanycat(text,anynonarray)", "anytextcat(anynonarray,text)")

	add(substring, "substring(text,int4)", "substr(text,int4)", "substring(text,int4,int4)", "substr(text,int4,int4)")
	add(subbytes, "substring(bytea,int4)", "substr(bytea,int4)", "substring(bytea,int4,int4)", "substr(bytea,int4,int4)")
	safe(func(c *Call) (types.Datum, error) { return types.Text(left(c.Args[0].S, c.Args[1].I)), nil }, "left(text,int4)")
	safe(func(c *Call) (types.Datum, error) {
		s, n := c.Args[0].S, c.Args[1].I
		have := int64(utf8.RuneCountInString(s))
		switch {
		case n == math.MinInt32:
			// PostgreSQL's negation of the least integer gives itself.
			return c.Args[0], nil
		case n < 0:
			n = have + n
		}
		return types.Text(s[len(left(s, max(have-max(n, 0), 0))):]), nil
	}, "right(text,int4)")
	add(pad(true), "lpad(text,int4)", "lpad(text,int4,text)")
	add(pad(false), "rpad(text,int4)", "rpad(text,int4,text)")
	add(func(c *Call) (types.Datum, error) {
		n := max(c.Args[1].I, 0)
		if int64(len(c.Args[0].S))*n > maxText {
			return types.Datum{}, errTooLong
		}
		return types.Text(strings.Repeat(c.Args[0].S, int(n))), nil
	}, "repeat(text,int4)")
	safe(text1(func(s string) string {
		out := make([]byte, len(s))
		at := len(s)
		for _, r := range s {
			at -= utf8.RuneLen(r)
			utf8.EncodeRune(out[at:], r)
		}
		return string(out)
	}), "reverse(text)")
	safe(func(c *Call) (types.Datum, error) {
		return types.Text(translate(c.Args[0].S, c.Args[1].S, c.Args[2].S)), nil
	}, "translate(text,text,text)")
	add(splitPart, "split_part(text,text,int4)")
	add(overlay, "overlay(text,text,int4)", "overlay(text,text,int4,int4)")
	safe(func(c *Call) (types.Datum, error) {
		return types.Bool(strings.HasPrefix(c.Args[0].S, c.Args[1].S)), nil
	}, "starts_with(text,text)")
	add(chr, "chr(int4)")
	safe(func(c *Call) (types.Datum, error) {
		r, _ := utf8.DecodeRuneInString(c.Args[0].S)
		if c.Args[0].S == "" {
			r = 0
		}
		return types.Int(int64(r)), nil
	}, "ascii(text)")
	typed(concat(0), "concat(any)")
	typed(concat(1), "concat_ws(text,any)")
	typed(format, "format(text,any)")
	add(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Datum{}, nil
		}
		return formatText(c.Args[0].S, nil, nil, nil)
	}, "format(text)")
	safe(text1(quoteIdent), "quote_ident(text)")
	safe(text1(quoteLiteral), "quote_literal(text)")
	safe(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Text("NULL"), nil
		}
		return types.Text(quoteLiteral(c.Args[0].S)), nil
	}, "quote_nullable(text)")
	quoteAny := func(c *Call) (types.Datum, error) {
		d, err := types.Cast(c.Desc.Items[0].Type, types.ByOID(types.TextOID), -1, c.Args[0], types.ExplicitCast, c.Env())
		return types.Text(quoteLiteral(d.S)), err
	}
	typed(quoteAny, "quote_literal(anyelement)")
	typed(func(c *Call) (types.Datum, error) {
		if c.Args[0].IsNull() {
			return types.Text("NULL"), nil
		}
		return quoteAny(c)
	}, "quote_nullable(anyelement)")

	safe(func(c *Call) (types.Datum, error) {
		sum := md5.Sum([]byte(c.Args[0].S))
		return types.Text(hex.EncodeToString(sum[:])), nil
	}, "md5(text)", "md5(bytea)")
	bytes1 := func(f func([]byte) []byte) Func {
		return func(c *Call) (types.Datum, error) { return types.Bytes(f([]byte(c.Args[0].S))), nil }
	}
	safe(bytes1(func(b []byte) []byte { s := sha256.Sum256(b); return s[:] }), "sha256(bytea)")
	safe(bytes1(func(b []byte) []byte { s := sha256.Sum224(b); return s[:] }), "sha224(bytea)")
	safe(bytes1(func(b []byte) []byte { s := sha512.Sum512(b); return s[:] }), "sha512(bytea)")
	safe(bytes1(func(b []byte) []byte { s := sha512.Sum384(b); return s[:] }), "sha384(bytea)")
	safe(func(c *Call) (types.Datum, error) {
		return types.Datum{Kind: types.KindBytes, S: c.Args[0].S + c.Args[1].S}, nil
	}, "byteacat(bytea,bytea)")
	add(encode, "encode(bytea,text)")
	add(decode, "decode(text,text)")
	add(func(c *Call) (types.Datum, error) {
		i := c.Args[1].I
		if i < 0 || i >= int64(len(c.Args[0].S)) {
			return types.Datum{}, errs.New("2202E", "index %d out of valid range, 0..%d", i, len(c.Args[0].S)-1)
		}
		return types.Int(int64(c.Args[0].S[i])), nil
	}, "get_byte(bytea,int4)")

	notLike := func(name string, f func(a, b string) (bool, error), types ...string) {
		for _, t := range types {
			list = append(list,
				entry{sig: t + name + "(" + sigType(t) + ",text)", fn: test2(f, false)},
				entry{sig: t + strings.Replace(strings.Replace(name, "like", "nlike", 1), "icnlike", "icnlike", 1) + "(" + sigType(t) + ",text)", fn: test2(f, true)})
		}
	}
	ilike := func(a, b string) (bool, error) { return like(foldCase(a), foldCase(b)) }
	notLike("like", like, "text", "name", "bpchar")
	notLike("iclike", ilike, "text", "name", "bpchar")
	add(test2(like, false), "like(text,text)", "like(name,text)")
	add(test2(like, true), "notlike(text,text)", "notlike(name,text)")
	add(func(c *Call) (types.Datum, error) { return likeEscape(c.Args[0].S, c.Args[1].S) }, "like_escape(text,text)")
	add(func(c *Call) (types.Datum, error) { return similarEscape(c.Args[0], types.Text(`\`)) }, "similar_to_escape(text)")
	add(func(c *Call) (types.Datum, error) { return similarEscape(c.Args[0], c.Args[1]) }, "similar_to_escape(text,text)", "similar_escape(text,text)")
	return append(list, regexTable()...)
}

// sigType is the type of a LIKE function's first argument, by the function's name.
func sigType(prefix string) string { return prefix }

// encoding accepts UTF-8 under its names; other encodings are not here.
func invalidUTF8(s string) error {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n <= 1 || s[i] == 0 {
			b := "0x" + hex.EncodeToString([]byte{s[i]})
			for k := i + 1; k < len(s) && k < i+sequenceLength(s[i]); k++ {
				b += " 0x" + hex.EncodeToString([]byte{s[k]})
			}
			return errs.New("22021", "invalid byte sequence for encoding \"UTF8\": %s", b)
		}
		i += n
	}
	return errs.New("22021", "invalid byte sequence for encoding \"UTF8\"")
}

func sequenceLength(c byte) int {
	switch {
	case c >= 0xF0:
		return 4
	case c >= 0xE0:
		return 3
	case c >= 0xC0:
		return 2
	}
	return 1
}

// left gives the first n characters, all but the last -n for a negative n.
func left(s string, n int64) string {
	if n < 0 {
		n = max(int64(utf8.RuneCountInString(s))+n, 0)
	}
	if n >= int64(len(s)) {
		return s
	}
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// span turns substring's start and length into positions from 0; negative lengths are errors.
func span(args []types.Datum, have int64) (from, to int64, err error) {
	from, to = args[0].I-1, have
	if len(args) > 1 {
		if args[1].I < 0 {
			return 0, 0, errs.New("22011", "negative substring length not allowed")
		}
		to = min(from+args[1].I, have)
	}
	from = max(from, 0)
	return from, max(to, from), nil
}

func substring(c *Call) (types.Datum, error) {
	s := c.Args[0].S
	from, to, err := span(c.Args[1:], int64(len(s)))
	if err != nil {
		return types.Datum{}, err
	}
	head := left(s, from)
	return types.Text(left(s[len(head):], to-from)), nil
}

func subbytes(c *Call) (types.Datum, error) {
	s := c.Args[0].S
	from, to, err := span(c.Args[1:], int64(len(s)))
	if err != nil {
		return types.Datum{}, err
	}
	from = min(from, int64(len(s)))
	return types.Datum{Kind: types.KindBytes, S: s[from:max(min(to, int64(len(s))), from)]}, nil
}

func pad(front bool) Func {
	return func(c *Call) (types.Datum, error) {
		s, n, fill := c.Args[0].S, max(c.Args[1].I, 0), " "
		if len(c.Args) > 2 {
			fill = c.Args[2].S
		}
		if n > maxText/4 {
			return types.Datum{}, errTooLong
		}
		have := int64(utf8.RuneCountInString(s))
		if have >= n || fill == "" {
			return types.Text(left(s, n)), nil
		}
		var b strings.Builder
		fr := []rune(fill)
		for i := int64(0); i < n-have; i++ {
			b.WriteRune(fr[i%int64(len(fr))])
		}
		if front {
			return types.Text(b.String() + s), nil
		}
		return types.Text(s + b.String()), nil
	}
}

func translate(s, from, to string) string {
	f, t := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		for i, x := range f {
			if x == r {
				if i < len(t) {
					return t[i]
				}
				return -1
			}
		}
		return r
	}, s)
}

func splitPart(c *Call) (types.Datum, error) {
	s, sep, n := c.Args[0].S, c.Args[1].S, c.Args[2].I
	if n == 0 {
		return types.Datum{}, errs.New("22023", "field position must not be zero")
	}
	if s == "" {
		return types.Text(""), nil
	}
	parts := []string{s}
	if sep != "" {
		parts = strings.Split(s, sep)
	}
	if n < 0 {
		n = int64(len(parts)) + n + 1
	}
	if n < 1 || n > int64(len(parts)) {
		return types.Text(""), nil
	}
	return types.Text(parts[n-1]), nil
}

func overlay(c *Call) (types.Datum, error) {
	s, with, start := c.Args[0].S, c.Args[1].S, c.Args[2].I
	n := int64(utf8.RuneCountInString(with))
	if len(c.Args) > 3 {
		n = c.Args[3].I
	}
	if start <= 0 {
		return types.Datum{}, errs.New("22011", "negative substring length not allowed")
	}
	if start+n > math.MaxInt32 {
		return types.Datum{}, outOfRange("integer")
	}
	head := left(s, start-1)
	rest := start - 1 + n
	if rest < 0 {
		rest = 0
	}
	return types.Text(head + with + s[len(left(s, rest)):]), nil
}

func chr(c *Call) (types.Datum, error) {
	n := c.Args[0].I
	switch {
	case n < 0:
		return types.Datum{}, errs.New("22023", "character number must be positive")
	case n == 0:
		return types.Datum{}, errs.New("54000", "null character not permitted")
	case n > 0x10FFFF:
		return types.Datum{}, errs.New("54000", "requested character too large for encoding: %d", n)
	case n >= 0xD800 && n <= 0xDFFF:
		return types.Datum{}, errs.New("54000", "requested character not valid for encoding: %d", n)
	}
	return types.Text(string(rune(n))), nil
}

// concatTyped is text || anything.
func concatTyped(c *Call) (types.Datum, error) {
	var b strings.Builder
	for i, d := range c.Args {
		t, err := types.Cast(c.Desc.Items[i].Type, types.ByOID(types.TextOID), -1, d, types.ExplicitCast, c.Env())
		if err != nil {
			return types.Datum{}, err
		}
		b.WriteString(t.S)
	}
	return types.Text(b.String()), nil
}

// concat joins its arguments' texts, NULLs left out; with one leading argument that is the separator.
func concat(skip int) Func {
	return func(c *Call) (types.Datum, error) {
		sep := ""
		if skip == 1 {
			if c.Args[0].IsNull() {
				return types.Datum{}, nil
			}
			sep = c.Args[0].S
		}
		var b strings.Builder
		first := true
		for i := skip; i < len(c.Args); i++ {
			if c.Args[i].IsNull() {
				continue
			}
			if !first {
				b.WriteString(sep)
			}
			first = false
			b.WriteString(types.Out(c.Desc.Items[i].Type, c.Args[i], c.Env()))
		}
		return types.Text(b.String()), nil
	}
}

// quoteIdent is quote_ident, which a type's name in public is printed with.
func quoteIdent(s string) string {
	return types.FormatType(types.NewEnum(0, "public", s, nil), -1)
}

func quoteLiteral(s string) string {
	out := "'" + strings.ReplaceAll(s, "'", "''") + "'"
	if strings.Contains(out, `\`) {
		return "E" + strings.ReplaceAll(out, `\`, `\\`)
	}
	return out
}
