package migrate

import (
	"context"
	"regexp"
	"strings"

	"github.com/basement-project/basement/internal/engine"
)

// concurrently finds the word that lets an index be made or dropped beside running writes, which PostgreSQL refuses within
// a transaction (25001). A file is applied as one.
var concurrently = regexp.MustCompile(`(?is)^((?:\s|--[^\n]*\n|/\*.*?\*/)*(?:create\s+(?:unique\s+)?index|drop\s+index|reindex\s+(?:index|table|schema))\s+)(concurrently)\b`)

// withoutConcurrently takes the word out of a statement, whose positions stay, and says so: the index is the same.
func withoutConcurrently(ctx context.Context, text string) string {
	m := concurrently.FindStringSubmatchIndex(text)
	if m == nil {
		return text
	}
	if tell := engine.Notices(ctx); tell != nil {
		tell(engine.Notice{Severity: "NOTICE", Code: "00000", Message: "CONCURRENTLY is left out: the file is applied as one transaction"})
	}
	return text[:m[4]] + strings.Repeat(" ", m[5]-m[4]) + text[m[5]:]
}
