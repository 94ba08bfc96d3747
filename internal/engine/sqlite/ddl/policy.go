package ddl

import (
	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
)

var policyCommands = map[ast.PolicyCommand]string{ast.PolicyAll: "*", ast.PolicySelect: "r", ast.PolicyInsert: "a",
	ast.PolicyUpdate: "w", ast.PolicyDelete: "d"}

func (r *run) policyTable(v *ast.RangeVar) (*catalog.Relation, error) {
	rel, err := r.ownTable(v)
	if err != nil {
		return nil, err
	}
	if !rel.IsTable() {
		return nil, errs.New("42809", "\"%s\" is not a table", rel.Name)
	}
	return cloneRelation(rel), nil
}

func findPolicy(rel *catalog.Relation, name string) *catalog.Policy {
	for _, p := range rel.Policies {
		if p.Name == name {
			return p
		}
	}
	return nil
}

func (r *run) createPolicy(s *ast.CreatePolicyStmt) error {
	rel, err := r.policyTable(s.Table)
	if err != nil {
		return err
	}
	cmd := policyCommands[s.Command]
	if (cmd == "r" || cmd == "d") && s.WithCheck != nil {
		return errs.New("42601", "WITH CHECK cannot be applied to SELECT or DELETE")
	}
	if cmd == "a" && s.Using != nil {
		return errs.New("42601", "only WITH CHECK expression allowed for INSERT")
	}
	if findPolicy(rel, s.Name) != nil {
		return errs.New("42710", "policy \"%s\" for table \"%s\" already exists", s.Name, rel.Name)
	}
	p := &catalog.Policy{OID: r.edit.NewOID(), Name: s.Name, Command: cmd, Permissive: !s.Restrictive, SearchPath: r.tx.SearchPath()}
	if p.Roles, err = r.policyRoles(s.Roles); err != nil {
		return err
	}
	if err := r.policyTexts(rel, p, s.Using, s.WithCheck); err != nil {
		return err
	}
	rel.Policies = append(rel.Policies, p)
	r.edit.PutRelation(rel)
	return nil
}

// policyRoles resolves the roles; none stands for PUBLIC.
func (r *run) policyRoles(specs []*ast.RoleSpec) ([]string, error) {
	var out []string
	for _, s := range specs {
		name, err := r.role(s)
		if err != nil {
			return nil, err
		}
		if name == catalog.Public {
			return nil, nil
		}
		out = append(out, name)
	}
	return out, nil
}

func (r *run) policyTexts(rel *catalog.Relation, p *catalog.Policy, using, check ast.Expr) error {
	now := r.snap().RelationByOID(rel.OID)
	defer r.quiet()()
	if using != nil {
		if _, err := r.condition(using, "policy", now); err != nil {
			return err
		}
		p.Using = r.stored(using)
	}
	if check != nil {
		if _, err := r.condition(check, "policy", now); err != nil {
			return err
		}
		p.WithCheck = r.stored(check)
	}
	return nil
}

func (r *run) alterPolicy(s *ast.AlterPolicyStmt) error {
	rel, err := r.policyTable(s.Table)
	if err != nil {
		return err
	}
	p := findPolicy(rel, s.Name)
	if p == nil {
		return errs.New("42704", "policy \"%s\" for table \"%s\" does not exist", s.Name, rel.Name)
	}
	if (p.Command == "r" || p.Command == "d") && s.WithCheck != nil {
		return errs.New("42601", "only USING expression allowed for SELECT, DELETE")
	}
	if p.Command == "a" && s.Using != nil {
		return errs.New("42601", "only WITH CHECK expression allowed for INSERT")
	}
	if s.Roles != nil {
		if p.Roles, err = r.policyRoles(s.Roles); err != nil {
			return err
		}
	}
	if err := r.policyTexts(rel, p, s.Using, s.WithCheck); err != nil {
		return err
	}
	r.edit.PutRelation(rel)
	return nil
}
