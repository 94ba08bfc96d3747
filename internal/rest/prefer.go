package rest

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
)

// Preferences are the values of Prefer, each "" when it was not given.
type Preferences struct {
	Resolution string // merge-duplicates, ignore-duplicates
	Return     string // representation, minimal, headers-only
	Count      string // exact, planned, estimated
	Tx         string // commit, rollback
	Missing    string // default, null
	Handling   string // strict, lenient
	Timezone   string
	// MaxAffected counts with HasMaxAffected.
	MaxAffected    int64
	HasMaxAffected bool
	// Keyset asks for pages by keyset: pagination=keyset.
	Keyset bool
	// Batch, Nested and ExplainDenial are the preferences of their names.
	Batch, Nested, ExplainDenial bool
	// Invalid are the preferences nobody knows.
	Invalid []string
}

// Strict says that unknown preferences are errors and that max-affected is enforced.
func (p *Preferences) Strict() bool { return p.Handling == "strict" }

// The preferences of what the dialect has beyond others.
const (
	// BatchPreference asks for several requests in one transaction: POST /batch without it names a relation.
	BatchPreference = "batch=atomic"
	// NestedPreference asks that rows within a row of an insert's body are inserted too, and related to it.
	NestedPreference = "nested=insert"
	// DenialPreference asks why a request was refused or saw no rows.
	DenialPreference = "explain-denial"
)

// ParsePreferences reads the Prefer headers. The first of a kind counts. Without allowTx, tx is known but has no effect.
func ParsePreferences(header http.Header, allowTx bool) Preferences {
	var p Preferences
	for _, line := range header["Prefer"] {
		for _, one := range strings.Split(line, ",") {
			p.add(strings.TrimSpace(one), allowTx)
		}
	}
	return p
}

func (p *Preferences) add(one string, allowTx bool) {
	set := func(at *string, value string) {
		if *at == "" {
			*at = value
		}
	}
	switch one {
	case BatchPreference:
		p.Batch = true
		return
	case NestedPreference:
		p.Nested = true
		return
	case DenialPreference:
		p.ExplainDenial = true
		return
	}
	name, value, _ := strings.Cut(one, "=")
	switch name {
	case "resolution":
		if value == "merge-duplicates" || value == "ignore-duplicates" {
			set(&p.Resolution, value)
			return
		}
	case "return":
		if value == "representation" || value == "minimal" || value == "headers-only" {
			set(&p.Return, value)
			return
		}
	case "count":
		if value == "exact" || value == "planned" || value == "estimated" {
			set(&p.Count, value)
			return
		}
	case "tx":
		if value == "commit" || value == "rollback" {
			if allowTx {
				set(&p.Tx, value)
			}
			return
		}
	case "missing":
		if value == "default" || value == "null" {
			set(&p.Missing, value)
			return
		}
	case "pagination":
		if value == "keyset" {
			p.Keyset = true
			return
		}
	case "handling":
		if value == "strict" || value == "lenient" {
			set(&p.Handling, value)
			return
		}
	case "timezone":
		if strings.HasPrefix(one, "timezone=") {
			set(&p.Timezone, value)
			return
		}
	case "max-affected":
		if strings.HasPrefix(one, "max-affected=") {
			if n, err := strconv.ParseInt(value, 10, 64); err == nil && !p.HasMaxAffected {
				p.MaxAffected, p.HasMaxAffected = n, true
			}
			return
		}
	}
	p.Invalid = append(p.Invalid, one)
}

// applied is the Preference-Applied header's value.
func (p *Preferences) applied() string {
	var out []string
	add := func(name, value string) {
		if value != "" {
			out = append(out, name+"="+value)
		}
	}
	add("resolution", p.Resolution)
	add("missing", p.Missing)
	add("return", p.Return)
	add("count", p.Count)
	add("tx", p.Tx)
	add("handling", p.Handling)
	add("timezone", p.Timezone)
	if p.Keyset {
		add("pagination", "keyset")
	}
	if p.Strict() && p.HasMaxAffected {
		add("max-affected", strconv.FormatInt(p.MaxAffected, 10))
	}
	return strings.Join(out, ", ")
}

// shape gives everything of p that the plan depends on.
func (p *Preferences) shape(b []byte) []byte {
	for _, s := range []string{p.Resolution, p.Return, p.Count, p.Missing} {
		b = append(append(b, s...), '|')
	}
	if p.HasMaxAffected && p.Strict() {
		b = append(b, 'm')
	}
	if p.Keyset {
		b = append(b, 'k')
	}
	return b
}

// WantsCount says that the total number of rows is asked for.
func (p *Preferences) WantsCount() bool { return p.Count == "exact" || p.Count == "estimated" }

// WantsEstimate says that the planner's guess is asked for.
func (p *Preferences) WantsEstimate() bool { return p.Count == "planned" || p.Count == "estimated" }

func sortedUnique(names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	return slices.Compact(out)
}
