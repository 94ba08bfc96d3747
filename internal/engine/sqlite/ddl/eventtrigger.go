package ddl

import (
	"slices"
	"sort"
	"strings"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/types"
)

const eventTriggerObject objectKind = 100

func (r *run) eventTrigger(name string) (int, *catalog.EventTrigger, error) {
	for i, t := range r.snap().EventTriggers {
		if t.Name == name {
			return i, t, nil
		}
	}
	return 0, nil, errs.New("42704", "event trigger \"%s\" does not exist", name)
}

// putEventTrigger replaces the event trigger at a place of the list; nil removes it, a place behind the last adds.
func (r *run) putEventTrigger(i int, t *catalog.EventTrigger) {
	list := slices.Clone(r.snap().EventTriggers)
	switch {
	case t == nil:
		list = slices.Delete(list, i, i+1)
	case i == len(list):
		list = append(list, t)
	default:
		list[i] = t
	}
	r.edit.SetEventTriggers(list)
}

func (r *run) createEventTrigger(s *ast.CreateEventTrigStmt) error {
	if !r.superuser() {
		return errs.New("42501", "permission denied to create event trigger \"%s\"", s.Name).
			WithHint("Must be superuser to create an event trigger.")
	}
	switch s.Event {
	case "ddl_command_start", "ddl_command_end", "sql_drop":
	case "table_rewrite":
		return r.unsupported(s.Pos, "an event trigger for table_rewrite", "Tables are never rewritten in a way that a project could see.")
	default:
		return errs.New("42601", "unrecognized event name \"%s\"", s.Event)
	}
	t := &catalog.EventTrigger{Name: s.Name, Owner: r.tx.Role(), Event: s.Event, Enabled: "O"}
	for i, w := range s.When {
		if w.Name != "tag" {
			return errs.New("42601", "unrecognized filter variable \"%s\"", w.Name)
		}
		if i > 0 {
			return errs.New("42601", "filter variable \"%s\" specified more than once", w.Name)
		}
		for _, v := range w.Values {
			tag := strings.ToUpper(v)
			if !knownTag(tag) {
				return errs.New("42601", "filter value \"%s\" not recognized for filter variable \"%s\"", v, w.Name)
			}
			if unwatched(tag) {
				return errs.New("0A000", "event triggers are not supported for %s", v)
			}
			t.Tags = append(t.Tags, tag)
		}
	}
	if _, old, _ := r.eventTrigger(s.Name); old != nil {
		return errs.New("42710", "event trigger \"%s\" already exists", s.Name)
	}
	fn, err := r.function(&ast.ObjectWithArgs{Name: s.Func}, ast.ObjectFunction)
	if err != nil {
		return err
	}
	if fn.Returns != types.EventTriggerOID {
		return errs.New("42P17", "function %s must return type %s", quote(fn.Name), "event_trigger")
	}
	t.Function, t.OID = fn.OID, r.edit.NewOID()
	r.putEventTrigger(len(r.snap().EventTriggers), t)
	return nil
}

// changeEventTrigger changes a copy of an event trigger.
func (r *run) changeEventTrigger(name string, change func(t *catalog.EventTrigger) error) error {
	i, t, err := r.eventTrigger(name)
	if err != nil {
		return err
	}
	if err := r.mustOwn(t.Owner, "event trigger", t.Name); err != nil {
		return err
	}
	x := *t
	if err := change(&x); err != nil {
		return err
	}
	r.putEventTrigger(i, &x)
	return nil
}

func (r *run) alterEventTrigger(s *ast.AlterEventTrigStmt) error {
	return r.changeEventTrigger(s.Name, func(t *catalog.EventTrigger) error {
		t.Enabled = map[ast.TriggerState]string{ast.TriggerEnabled: "O", ast.TriggerEnabledReplica: "R", ast.TriggerEnabledAlways: "A",
			ast.TriggerDisabled: "D"}[s.State]
		return nil
	})
}

func (r *run) renameEventTrigger(old, name string) error {
	return r.changeEventTrigger(old, func(t *catalog.EventTrigger) error {
		if _, taken, _ := r.eventTrigger(name); taken != nil {
			return errs.New("42710", "event trigger \"%s\" already exists", name)
		}
		t.Name = name
		return nil
	})
}

func (r *run) ownEventTrigger(name, owner string) error {
	return r.changeEventTrigger(name, func(t *catalog.EventTrigger) error {
		if x := r.snap().Role(owner); x == nil || !x.Superuser {
			return errs.New("42501", "permission denied to change owner of event trigger \"%s\"", name).
				WithHint("The owner of an event trigger must be a superuser.")
		}
		t.Owner = owner
		return nil
	})
}

// removeEventTrigger drops one by its identifier.
func (r *run) removeEventTrigger(oid catalog.OID) {
	for i, t := range r.snap().EventTriggers {
		if t.OID == oid {
			r.putEventTrigger(i, nil)
			return
		}
	}
}

// onEventFunction finds the event triggers that run a function.
func (r *run) onEventFunction(oid catalog.OID) []edge {
	var out []edge
	for _, t := range r.snap().EventTriggers {
		if t.Function == oid {
			out = append(out, edge{object: object{kind: eventTriggerObject, oid: t.OID}})
		}
	}
	return out
}

func (r *run) describeEventTrigger(oid catalog.OID) string {
	for _, t := range r.snap().EventTriggers {
		if t.OID == oid {
			return "event trigger " + quote(t.Name)
		}
	}
	return "event trigger"
}

// unwatched says that a command is about things that do not belong to a database, or about event triggers.
func unwatched(tag string) bool {
	for _, word := range []string{"ROLE", "DATABASE", "TABLESPACE", "EVENT TRIGGER"} {
		if strings.HasSuffix(tag, " "+word) {
			return true
		}
	}
	return false
}

var watchedVerbs = []string{"CREATE ", "ALTER ", "DROP "}

var watchedObjects = strings.Split("ACCESS METHOD,AGGREGATE,CAST,COLLATION,CONVERSION,DEFAULT PRIVILEGES,DOMAIN,EXTENSION,FOREIGN DATA WRAPPER,"+
	"FOREIGN TABLE,FUNCTION,INDEX,LANGUAGE,LARGE OBJECT,MATERIALIZED VIEW,OPERATOR,OPERATOR CLASS,OPERATOR FAMILY,OWNED,POLICY,PROCEDURE,"+
	"PUBLICATION,ROUTINE,RULE,SCHEMA,SEQUENCE,SERVER,STATISTICS,SUBSCRIPTION,TABLE,TABLE AS,TEXT SEARCH CONFIGURATION,TEXT SEARCH DICTIONARY,"+
	"TEXT SEARCH PARSER,TEXT SEARCH TEMPLATE,TRANSFORM,TRIGGER,TYPE,USER MAPPING,VIEW,ROLE,DATABASE,TABLESPACE,EVENT TRIGGER", ",")

// knownTag says that there is such a command.
func knownTag(tag string) bool {
	switch tag {
	case "COMMENT", "GRANT", "REVOKE", "IMPORT FOREIGN SCHEMA", "REFRESH MATERIALIZED VIEW", "REINDEX", "SECURITY LABEL", "SELECT INTO":
		return true
	}
	for _, v := range watchedVerbs {
		if rest, ok := strings.CutPrefix(tag, v); ok && slices.Contains(watchedObjects, rest) {
			return true
		}
	}
	return false
}

// watched says that event triggers fire for a command.
func watched(tag string, stmt ast.Statement) bool {
	if s, ok := stmt.(*ast.CommentStmt); ok && s.Object != nil {
		switch s.Object.Kind {
		case ast.ObjectEventTrigger, ast.ObjectRole, ast.ObjectDatabase, ast.ObjectTablespace:
			return false
		}
	}
	return knownTag(tag) && !unwatched(tag)
}

// fireEvent runs the event triggers for an event.
func (x *Executor) fireEvent(tx *session.Tx, e *session.Event, tag string) error {
	var list []*catalog.EventTrigger
	mode, _ := tx.Setting("session_replication_role")
	for _, t := range tx.Snapshot.EventTriggers {
		fires := t.Enabled == "A" || t.Enabled == "O" && mode != "replica" || t.Enabled == "R" && mode == "replica"
		if fires && t.Event == e.Name && (len(t.Tags) == 0 || slices.Contains(t.Tags, tag)) {
			list = append(list, t)
		}
	}
	sort.SliceStable(list, func(i, j int) bool { return list[i].Name < list[j].Name })
	outer := tx.Event
	tx.Event = e
	defer func() { tx.Event = outer }()
	for _, t := range list {
		fn := tx.Snapshot.FunctionByOID(t.Function)
		if fn == nil {
			continue
		}
		if err := x.tools.FireEvent(tx, fn, e.Name, tag); err != nil {
			return err
		}
	}
	return nil
}

// fireEnd fires the event triggers for what a statement has done.
func (x *Executor) fireEnd(tx *session.Tx, before *catalog.Snapshot, tag string, stmt ast.Statement) error {
	e := eventOf(before, tx.Snapshot, tag, stmt)
	if len(e.Dropped) > 0 {
		e.Name = "sql_drop"
		if err := x.fireEvent(tx, e, tag); err != nil {
			return err
		}
	}
	end := *e
	end.Name = "ddl_command_end"
	return x.fireEvent(tx, &end, tag)
}
