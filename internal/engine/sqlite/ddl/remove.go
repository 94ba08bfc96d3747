package ddl

import (
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/errs"
)

// remove drops objects and what depends on them. Without cascade nothing else may depend on them.
func (r *run) remove(targets []object, cascade bool) error {
	// PostgreSQL visits newer dependents first and lists what it found back to front; each object is named with the one that
	// was visited first.
	given := map[object]bool{}
	for _, t := range targets {
		given[t] = true
	}
	type found struct {
		object
		line string
	}
	seen := map[object]bool{}
	var list []found
	var visit func(o object, line string)
	visit = func(o object, line string) {
		seen[o] = true
		edges := r.dependents(o)
		sort.SliceStable(edges, func(i, j int) bool {
			a, b := edges[i].id(), edges[j].id()
			if a != b {
				return a > b
			}
			return edges[i].sub < edges[j].sub
		})
		for _, e := range edges {
			if seen[e.object] || given[e.object] || inRelation(e.kind) && (seen[object{kind: relationObject, oid: e.oid}] || given[object{kind: relationObject, oid: e.oid}]) {
				continue
			}
			why := ""
			if !e.auto {
				on := e.on
				if on == "" {
					on = r.describeParent(o)
				}
				why = r.describe(e.object) + " depends on " + on
			}
			visit(e.object, why)
		}
		list = append(list, found{o, line})
	}
	for i := len(targets) - 1; i >= 0; i-- {
		if !seen[targets[i]] {
			visit(targets[i], "")
		}
	}
	var order []object
	var lines, names []string
	for i := len(list) - 1; i >= 0; i-- {
		order = append(order, list[i].object)
		// What goes with its relation anyway is not worth a word.
		if inRelation(list[i].kind) && seen[object{kind: relationObject, oid: list[i].oid}] {
			continue
		}
		if list[i].line != "" {
			lines = append(lines, list[i].line)
			if cascade {
				names = append(names, "drop cascades to "+r.describe(list[i].object))
			}
		}
	}
	if len(lines) > 0 && !cascade {
		what, it := "desired object(s)", "them"
		if len(targets) == 1 {
			what, it = r.describe(targets[0]), "it"
		}
		return errs.New("2BP01", "cannot drop %s because other objects depend on %s", what, it).
			WithDetail("%s", strings.Join(lines, "\n")).
			WithHint("Use DROP ... CASCADE to drop the dependent objects too.")
	}
	switch len(names) {
	case 0:
	case 1:
		r.notice("NOTICE", errs.New("00000", "%s", names[0]))
	default:
		r.notice("NOTICE", errs.New("00000", "drop cascades to %d other objects", len(names)).WithDetail("%s", strings.Join(names, "\n")))
	}
	sort.SliceStable(order, func(i, j int) bool { return dropRank(order[i]) < dropRank(order[j]) })
	for _, o := range order {
		if err := r.removeOne(o); err != nil {
			return err
		}
	}
	return nil
}

// inRelation says whether things of a kind go with their relation.
func inRelation(k objectKind) bool {
	switch k {
	case columnObject, constraintObject, indexObject, policyObject, triggerObject, defaultObject:
		return true
	}
	return false
}

// dropRank orders the drops so that nothing is left that speaks of what is gone.
func dropRank(o object) int {
	switch o.kind {
	case policyObject, triggerObject, eventTriggerObject:
		return 0
	case domainCheckObject:
		return 1
	case constraintObject:
		return 2
	case indexObject:
		return 3
	case defaultObject:
		return 4
	case columnObject:
		return 5
	case relationObject:
		return 6
	case functionObject:
		return 7
	case sequenceObject:
		return 8
	case typeObject:
		return 9
	}
	return 10
}
