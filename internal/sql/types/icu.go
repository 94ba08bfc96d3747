package types

import (
	"strings"

	"golang.org/x/text/cases"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// icuPrefix begins the names of SQLite's collations for PostgreSQL's ICU collations.
const icuPrefix = "icu "

// ByBytes says whether a collation orders texts by their bytes, as the embedded engine's default does.
func ByBytes(name string) bool {
	switch name {
	case "", "default", "C", "POSIX", "ucs_basic", "C.utf8", "C.UTF-8", "pg_c_utf8":
		return true
	}
	return false
}

// ICU says whether a name is one of PostgreSQL's ICU collations ("en-x-icu", "de-AT-x-icu", "und-x-icu") whose order is
// known here.
func ICU(name string) bool {
	_, ok := icuTag(name)
	return ok
}

func icuTag(name string) (language.Tag, bool) {
	locale, ok := strings.CutSuffix(name, "-x-icu")
	if !ok || locale == "" {
		return language.Und, false
	}
	base, _, _ := strings.Cut(locale, "-")
	if unlikeICU[base] {
		return language.Und, false
	}
	tag, err := language.Parse(locale)
	return tag, err == nil && tag.String() == locale
}

// unlikeICU are languages whose order differs in parts from the one of PostgreSQL's ICU.
var unlikeICU = map[string]bool{
	"az": true, "be": true, "bg": true, "br": true, "bs": true, "da": true, "dsb": true, "el": true, "haw": true, "hr": true,
	"hsb": true, "ja": true, "kk": true, "ko": true, "ku": true, "ky": true, "mk": true, "mn": true, "mt": true, "nb": true,
	"no": true, "ru": true, "smn": true, "sr": true, "th": true, "tk": true, "uk": true, "uz": true, "wae": true, "wo": true,
	"yue": true, "zh": true,
}

// CaseUnder gives upper, lower or initcap of a text under a collation with rules of its own; ok is false where those of
// the database's own apply.
func CaseUnder(fn, collation, s string) (out string, ok bool) {
	if tag, icu := icuTag(collation); icu {
		switch fn {
		case "upper":
			return cases.Upper(tag).String(s), true
		case "lower":
			return cases.Lower(tag).String(s), true
		}
		return cases.Title(tag).String(s), true
	}
	switch collation {
	case "C", "POSIX", "ucs_basic":
	default:
		return "", false
	}
	b := []byte(s)
	word := false
	for i, c := range b {
		letter := c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
		up := fn == "upper" || fn == "initcap" && !word
		switch {
		case up && c >= 'a' && c <= 'z':
			b[i] = c - 32
		case !up && c >= 'A' && c <= 'Z':
			b[i] = c + 32
		}
		word = letter || c >= '0' && c <= '9'
	}
	return string(b), true
}

// Collated gives a text type with a collation of its own.
func Collated(t *Type, name string) *Type {
	if t.Collate == name {
		return t
	}
	c := *t
	c.Collate = name
	return &c
}

// Collatable says whether values of a type have a collation.
func Collatable(t *Type) bool {
	t = t.Underlying()
	for t.Kind == ArrayType {
		t = t.Elem.Underlying()
	}
	return t.Category == 'S' && t.OID != CharOID
}

// NewCollator gives the comparison of a SQLite collation that stands for one of ICU, nil for other names. Texts that
// compare equal are ordered by their bytes, as PostgreSQL orders them. It must be used by one goroutine at a time.
func NewCollator(name string) func(a, b []byte) int {
	locale, ok := strings.CutPrefix(name, icuPrefix)
	if !ok {
		return nil
	}
	tag, ok := icuTag(locale)
	if !ok {
		return nil
	}
	c := collate.New(tag)
	return func(a, b []byte) int {
		if r := c.Compare(a, b); r != 0 {
			return r
		}
		return strings.Compare(string(a), string(b))
	}
}
