package ddl

import (
	"strings"

	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

// relOptions merges WITH (...) options.
func (r *run) relOptions(old map[string]string, list []*ast.DefElem) (map[string]string, error) {
	out := old
	for _, o := range list {
		name := o.Name
		if o.Namespace != "" {
			name = o.Namespace + "." + name
		}
		value := optionText(o.Arg)
		if o.Arg == nil {
			value = "true"
		}
		switch name {
		case "security_invoker", "security_barrier":
			switch strings.ToLower(value) {
			case "true", "on", "yes", "1":
				value = "true"
			case "false", "off", "no", "0":
				value = "false"
			default:
				return nil, errs.New("22023", "invalid value for boolean option \"%s\": %s", name, value)
			}
		case "check_option":
			if value != "local" && value != "cascaded" {
				return nil, errs.New("22023", "invalid value for enum option \"check_option\": %s", value).
					WithDetail("Valid values are \"local\" and \"cascaded\".")
			}
		}
		out = withOption(out, name, value)
	}
	return out, nil
}

func withOption(m map[string]string, name, value string) map[string]string {
	out := map[string]string{}
	for k, v := range m {
		out[k] = v
	}
	out[name] = value
	return out
}

// optionText is the text of an option's argument.
func optionText(n ast.Node) string {
	switch x := n.(type) {
	case *ast.AConst:
		return constText(x)
	case *ast.TypeName:
		return x.Names[len(x.Names)-1]
	case *ast.ColumnRef:
		return strings.Join(x.Fields, ".")
	}
	return ""
}

func constText(c *ast.AConst) string {
	switch c.Kind {
	case ast.ConstInteger:
		return itoa(int(c.Int))
	case ast.ConstBoolean:
		if c.Bool {
			return "true"
		}
		return "false"
	}
	return c.Text
}
