package gentypes

import (
	"strings"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// order compares names as the Supabase CLI's generator does, by the root collation: "_" before letters, capitals beside
// their small letters. It is for one goroutine.
type order struct{ collator *collate.Collator }

func newOrder() order { return order{collate.New(language.AmericanEnglish)} }

// compare never says that two different names are equal.
func (o order) compare(a, b string) int {
	if c := o.collator.CompareString(a, b); c != 0 {
		return c
	}
	return strings.Compare(a, b)
}
