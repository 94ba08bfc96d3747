package sql

import (
	"regexp"
	"strings"

	"github.com/basement-project/basement/internal/project"
)

// statement is a statement of a script with the directives before it.
type statement struct {
	text    string
	line    int
	reset   bool
	differs string
	// action is what the runner does itself with a statement about transactions, name the savepoint it names.
	action, name string
}

var directive = regexp.MustCompile(`(?m)^-- (reset|differs: *(.*))$`)

// read divides a script.
func read(name, text string) []*statement {
	script := project.ParseScript(name, text)
	var out []*statement
	end := 0
	for _, st := range script.Statements {
		s := &statement{text: st.Text, line: script.Place(st, 0).Line}
		for _, m := range directive.FindAllStringSubmatch(text[end:st.Offset], -1) {
			if m[1] == "reset" {
				s.reset = true
			} else {
				s.differs = m[2]
			}
		}
		end = st.Offset + len(st.Text)
		s.action, s.name = transactional(st.Text)
		out = append(out, s)
	}
	return out
}

var words = regexp.MustCompile(`^(?i)(begin|start\s+transaction|commit|end|rollback|abort|savepoint|release)\b(?:\s+(?:work|transaction)\b)?(\s+to\b)?(?:\s+savepoint\b)?\s*(.*)$`)

func transactional(text string) (action, name string) {
	m := words.FindStringSubmatch(text)
	if m == nil {
		return "", ""
	}
	action = strings.ToLower(strings.Fields(m[1])[0])
	switch action {
	case "start":
		action = "begin"
	case "end":
		action = "commit"
	case "abort":
		action = "rollback"
	}
	if m[2] != "" {
		action = "rollback to"
	}
	return action, strings.ToLower(strings.TrimSpace(m[3]))
}
