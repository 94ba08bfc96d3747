package plan

import (
	"strings"

	"github.com/basement-project/basement/internal/rest"
)

// Allowed gives the methods of a relation, a function or the root, as OPTIONS lists them.
func (m *Model) Allowed(r *rest.Request, role string) (string, error) {
	switch r.Action {
	case rest.RelationInfo:
		t := m.Table(r.Schema, r.Name)
		if t == nil {
			return "", m.noTable(role, r.Schema, r.Name)
		}
		allow := []string{"OPTIONS,GET,HEAD"}
		if t.Insertable {
			allow = append(allow, "POST")
			if t.Updatable && len(t.Key) > 0 {
				allow = append(allow, "PUT")
			}
		}
		if t.Updatable {
			allow = append(allow, "PATCH")
		}
		if t.Deletable {
			allow = append(allow, "DELETE")
		}
		return strings.Join(allow, ","), nil
	case rest.CallInfo:
		f, err := m.findFunction(role, r)
		if err != nil {
			return "", err
		}
		if f.Volatility == 'v' {
			return "OPTIONS,POST", nil
		}
		return "OPTIONS,GET,HEAD,POST", nil
	}
	return "OPTIONS,GET,HEAD", nil
}
