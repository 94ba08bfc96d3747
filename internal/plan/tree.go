package plan

import (
	"strconv"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/rest"
)

// node is a resource of the request: the root, or an embedded one. The passes below fill it.
type node struct {
	name, alias, hint string
	hasAlias, hasHint bool
	join              rest.JoinType
	spread            bool
	depth             int

	fields   []rest.SelectItem
	children []*node
	parent   *node

	filters []rest.Filter
	logic   []rest.Logic
	order   []rest.OrderTerm
	// after is the condition of rows behind a cursor, which counts do not have.
	after *rest.Logic
	// window is the node's range; windowAt tells where its values come from at run time.
	window    rest.Range
	hasWindow bool
	windowAt  int

	// renamed says that a path named the node by its relation although it has an alias.
	renamed bool
	// schema is the request's schema; relation the table, nil when a function's rows have no table's type.
	relation *catalog.Relation
	rel      *Relationship
	// table is the name that the node's columns are qualified with in the statement.
	table string
}

// label is the name under which filters and answers know the node.
func (n *node) label() string {
	if n.hasAlias {
		return n.alias
	}
	return n.name
}

// empty says that nothing of the node is to be shown: rel().
func (n *node) empty() bool {
	if len(n.fields) > 0 {
		return false
	}
	for _, c := range n.children {
		if !c.empty() {
			return false
		}
	}
	return true
}

// warnings tells of names that will stop working.
func (n *node) warnings() []string {
	var out []string
	if n.renamed {
		out = append(out, "`"+n.name+"` to `"+n.alias+"`")
	}
	for _, c := range n.children {
		out = append(out, c.warnings()...)
	}
	return out
}

// toMany says whether the node gives a list.
func (n *node) toMany() bool { return n.rel != nil && !n.rel.ToOne() }

// The places of a window's values besides an index into Request.Ranges.
const (
	rootWindow = -1
	noWindow   = -2
)

// tree makes the nodes of a request and hangs filters, orders, windows and logic on them.
func (m *Model) tree(role string, r *rest.Request, relation *catalog.Relation, name string) (*node, error) {
	root := &node{name: name, table: name, relation: relation, window: rest.AllRows, windowAt: rootWindow}
	root.addItems(r.Select)
	passes := []func(*rest.Request, *node) error{m.addFilters, m.addOrders, m.addWindows, m.addLogic}
	for _, pass := range passes {
		if err := pass(r, root); err != nil {
			return nil, err
		}
	}
	if err := m.addRelationships(role, r, root); err != nil {
		return nil, err
	}
	if err := m.checkOrders(root); err != nil {
		return nil, err
	}
	if err := m.checkAggregates(root); err != nil {
		return nil, err
	}
	if !r.Action.Writes() {
		root.capRows(m.Config.MaxRows)
	}
	return root, nil
}

func (n *node) addItems(items []rest.SelectItem) {
	for _, it := range items {
		if it.Kind == rest.SelectField {
			n.fields = append(n.fields, it)
			continue
		}
		c := &node{name: it.Relation, alias: it.Alias, hasAlias: it.HasAlias, hint: it.Hint, hasHint: it.HasHint, join: it.Join,
			spread: it.Kind == rest.SelectSpread, depth: n.depth + 1, parent: n, window: rest.AllRows, windowAt: noWindow}
		c.addItems(it.Items)
		n.children = append(n.children, c)
	}
}

// at finds the node a path leads to.
func (m *Model) at(root *node, path []string) (*node, error) {
	n := root
	for _, step := range path {
		var found, legacy *node
		for _, c := range n.children {
			if found == nil && (c.label() == step || m.Config.TargetNames && c.name == step) {
				found = c
			}
			if legacy == nil && c.name == step {
				legacy = c
			}
		}
		if found == nil {
			if legacy != nil {
				return nil, targetNamed(step, legacy.alias)
			}
			return nil, notEmbedded(step)
		}
		found.renamed = found.renamed || found.label() != step
		n = found
	}
	return n, nil
}

func (m *Model) addFilters(r *rest.Request, root *node) error {
	for i := range r.Filters {
		f := &r.Filters[i]
		if r.Action.Writes() && len(f.Path) == 0 {
			continue
		}
		n, err := m.at(root, f.Path)
		if err != nil {
			return err
		}
		n.filters = append(n.filters, f.Filter)
	}
	return nil
}

func (m *Model) addOrders(r *rest.Request, root *node) error {
	for _, o := range r.Order {
		n, err := m.at(root, o.Path)
		if err != nil {
			return err
		}
		n.order = o.Terms
	}
	return nil
}

func (m *Model) addWindows(r *rest.Request, root *node) error {
	if r.Action.Writes() {
		return nil
	}
	for i, w := range r.Ranges {
		n, err := m.at(root, w.Path)
		if err != nil {
			return err
		}
		n.window, n.hasWindow, n.windowAt = w.Range, !w.Range.IsAll(), i
	}
	root.window, root.hasWindow = r.Top, !r.Top.IsAll()
	return nil
}

func (m *Model) addLogic(r *rest.Request, root *node) error {
	for _, l := range r.Logic {
		if r.Action.Writes() && len(l.Path) == 0 {
			continue
		}
		n, err := m.at(root, l.Path)
		if err != nil {
			return err
		}
		n.logic = append(n.logic, l.Tree)
	}
	return nil
}

// addRelationships joins every node to its parent, top down.
func (m *Model) addRelationships(role string, r *rest.Request, n *node) error {
	for _, c := range n.children {
		origin := n.name
		if n.rel != nil {
			origin = n.rel.Foreign.Name
		}
		rel, err := m.findRelationship(role, r.Schema, origin, c.name, c.hint, c.hasHint)
		if err != nil {
			return err
		}
		c.rel = rel
		c.relation = m.Snapshot.Relation(rel.Foreign.Schema, rel.Foreign.Name)
		c.table = c.freeName(rel.Foreign.Name + "_" + strconv.Itoa(c.depth))
		if err := m.addRelationships(role, r, c); err != nil {
			return err
		}
	}
	return nil
}

// freeName makes a table name that no resource above has, so that joins upwards stay clear.
func (n *node) freeName(name string) string {
	for p := n.parent; p != nil; p = p.parent {
		if p.table == name {
			return n.freeName(name + "_")
		}
	}
	return name
}

func (n *node) child(label string) *node {
	for _, c := range n.children {
		if c.label() == label {
			return c
		}
	}
	return nil
}

// checkOrders refuses orders by embedded resources that have many rows for one.
func (m *Model) checkOrders(n *node) error {
	for _, t := range n.order {
		if t.Relation == "" {
			continue
		}
		c := n.child(t.Relation)
		if c == nil {
			return notEmbedded(t.Relation)
		}
		if c.toMany() {
			origin := n.name
			if n.rel != nil {
				origin = n.rel.Foreign.Name
			}
			return relatedOrder(origin, c.label())
		}
	}
	for _, c := range n.children {
		if err := m.checkOrders(c); err != nil {
			return err
		}
	}
	return nil
}

func (m *Model) checkAggregates(n *node) error {
	for _, f := range n.fields {
		if f.Aggregate == "" {
			continue
		}
		if !m.Config.Aggregates {
			return errs.New("PGRST123", "Use of aggregate functions is not allowed")
		}
	}
	for _, c := range n.children {
		if err := m.checkAggregates(c); err != nil {
			return err
		}
	}
	if n.spread && n.toMany() && n.aggregates() {
		return errs.New("PGRST127", "Feature not implemented").
			WithDetail("Aggregates are not implemented for one-to-many or many-to-many spreads.")
	}
	return nil
}

// aggregates says whether the node's own query groups: it has an aggregate, or a to-one spread below it has one.
func (n *node) aggregates() bool {
	for _, f := range n.fields {
		if f.Aggregate != "" {
			return true
		}
	}
	for _, c := range n.children {
		if c.spread && !c.toMany() && c.aggregates() {
			return true
		}
	}
	return false
}

// capRows applies the configured maximum to every list.
func (n *node) capRows(most int64) {
	if most < 0 {
		return
	}
	if n.parent == nil || n.toMany() {
		n.window = n.window.Restrict(most)
		n.hasWindow = true
	}
	for _, c := range n.children {
		c.capRows(most)
	}
}
