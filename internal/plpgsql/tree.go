package plpgsql

import "github.com/basement-project/basement/internal/sql/ast"

// Function is a parsed body.
type Function struct {
	Body *Block
	// Datums are the variables, parameters first; Target.Datum and Scope name them by position.
	Datums []*Datum
	// Conflict says what a name means that a variable and a column have: "error", "use_variable" or "use_column".
	Conflict string
	// Found is the datum of FOUND.
	Found int
	// Text is the body's source.
	Text string
}

// Datum is a variable.
type Datum struct {
	Name string
	Line int
	Type *TypeRef
	// Const and NotNull are as declared; Default is nil without one.
	Const, NotNull bool
	Default        *SQL
	// Cursor is a bound cursor's query, Args its parameters (datums) and Scroll 1 for SCROLL, -1 for NO SCROLL.
	Cursor *SQL
	Args   []int
	Scroll int
	// Preset variables (parameters, NEW, TG_OP ...) get their type and value from who runs the function.
	Preset bool
}

// TypeRef is a written type. Exactly one of Name, OfVar, Row and Column is set; Record and Cursor stand alone.
type TypeRef struct {
	Name *ast.TypeName
	// OfVar is the datum of variable%TYPE, counted from 1; OfField is the field of it that is meant.
	OfVar   int
	OfField string
	// Row is relation%ROWTYPE; Column is relation.column%TYPE.
	Row    []string
	Column []string
	Record bool
	// Integer is the type of an integer loop's variable, Boolean FOUND's, Cursor a cursor variable's.
	Integer, Boolean, Cursor bool
	// Array says that [] follows %TYPE.
	Array bool
	Pos   int
}

// SQL is an expression or statement of SQL. Stmt is what Text parses to: for an expression SELECT expression, so that
// offsets in it are Prefix greater than those in Text.
type SQL struct {
	Text  string
	Pos   int
	Stmt  ast.Statement
	Expr  bool
	Scope *Scope
	// What is how contexts name it: SQL statement "...", SQL expression "...", PL/pgSQL assignment "...".
	What string
}

// Prefix stands before an expression's text to make it a statement.
const Prefix = "SELECT "

// Scope is a chain of names: the innermost is first. A label's entries follow it on the way out.
type Scope struct {
	Outer *Scope
	// Name is a variable's, with its Datum, or a block's label.
	Name  string
	Datum int
	Label bool
	loop  bool
}

// Find looks a variable up by one to three names and says how many of them name it: x, block.x. Datum is -1 when nothing
// has the name.
func (s *Scope) Find(names []string) (datum, used int) {
	for at := s; at != nil; {
		// One level: the entries up to its label.
		start := at
		for ; at != nil && !at.Label; at = at.Outer {
			if at.Name == names[0] {
				return at.Datum, 1
			}
		}
		if at == nil {
			break
		}
		if at.Name != "" && at.Name == names[0] && len(names) > 1 {
			for e := start; e != at; e = e.Outer {
				if e.Name == names[1] {
					return e.Datum, 2
				}
			}
		}
		at = at.Outer
	}
	return -1, 0
}

// Stmt is a statement.
type Stmt interface {
	// Line counts from 1 in the body's text. Kind is what errors' context calls the statement.
	Line() int
	Kind() string
}

type at struct{ line int }

func (a at) Line() int { return a.line }

// Block is BEGIN ... END.
type Block struct {
	at
	Label string
	// Decls are the datums to initialise, in order.
	Decls    []int
	Body     []Stmt
	Handlers []*Handler
	// State and Message are the datums of SQLSTATE and SQLERRM in the handlers.
	State, Message int
}

// Handler is WHEN conditions THEN statements.
type Handler struct {
	Line       int
	Conditions []Condition
	Body       []Stmt
}

// Condition is one of a handler's: a list of SQLSTATEs; Others is OTHERS.
type Condition struct {
	States []string
	Others bool
}

// Target is where a value goes: a variable, a field of it, an element.
type Target struct {
	Datum int
	Path  []Step
	// Text is the target as written.
	Text string
}

// Step goes into a value: a field, an element, or a slice.
type Step struct {
	Field        string
	Lower, Upper *SQL
	Slice        bool
}

// Into is INTO's list. One record or composite variable takes the whole row.
type Into struct {
	Targets []*Target
	// Line of the word INTO.
	Line int
}

type (
	// Assign is target := value.
	Assign struct {
		at
		Target *Target
		Value  *SQL
	}
	// If is IF ... ELSIF ... ELSE.
	If struct {
		at
		Branches []*Branch
		Else     []Stmt
	}
	// Branch is a condition with what it leads to.
	Branch struct {
		Line int
		Cond *SQL
		Body []Stmt
	}
	// Case is CASE with a test expression (Arg) or without. Var keeps the test value; conditions compare with it.
	Case struct {
		at
		Arg     *SQL
		Var     int
		Whens   []*Branch
		Else    []Stmt
		HasElse bool
	}
	// Loop is LOOP ... END LOOP.
	Loop struct {
		at
		Label string
		Body  []Stmt
	}
	// While is WHILE ... LOOP.
	While struct {
		at
		Label string
		Cond  *SQL
		Body  []Stmt
	}
	// ForInt is FOR i IN [REVERSE] a .. b [BY c] LOOP.
	ForInt struct {
		at
		Label               string
		Var                 int
		Lower, Upper, Step_ *SQL
		Reverse             bool
		Body                []Stmt
	}
	// ForQuery is FOR row IN query LOOP.
	ForQuery struct {
		at
		Label string
		Into  *Into
		Query *SQL
		Body  []Stmt
	}
	// ForDynamic is FOR row IN EXECUTE text USING ... LOOP.
	ForDynamic struct {
		at
		Label string
		Into  *Into
		Query *SQL
		Using []*SQL
		Body  []Stmt
	}
	// ForCursor is FOR row IN cursor(args) LOOP. Var is the record the loop declares.
	ForCursor struct {
		at
		Label  string
		Var    int
		Cursor int
		Args   []*SQL
		Body   []Stmt
	}
	// Foreach is FOREACH x [SLICE n] IN ARRAY e LOOP.
	Foreach struct {
		at
		Label string
		Into  *Into
		Slice int
		Array *SQL
		Body  []Stmt
	}
	// Exit is EXIT, or CONTINUE.
	Exit struct {
		at
		Continue bool
		Label    string
		When     *SQL
	}
	// Return is RETURN; Value is nil without one.
	Return struct {
		at
		Value *SQL
	}
	// ReturnNext is RETURN NEXT.
	ReturnNext struct {
		at
		Value *SQL
	}
	// ReturnQuery is RETURN QUERY; Dynamic is RETURN QUERY EXECUTE.
	ReturnQuery struct {
		at
		Query   *SQL
		Dynamic bool
		Using   []*SQL
	}
	// Raise is RAISE. An empty Raise is RAISE alone. Condition is a name, State a SQLSTATE.
	Raise struct {
		at
		Level     string
		Again     bool
		Condition string
		State     string
		Format    string
		HasFormat bool
		Args      []*SQL
		Options   []RaiseOption
	}
	// RaiseOption is name = value after USING.
	RaiseOption struct {
		Name  string
		Value *SQL
	}
	// Assert is ASSERT condition, message.
	Assert struct {
		at
		Cond, Message *SQL
	}
	// ExecSQL is a statement of SQL.
	ExecSQL struct {
		at
		SQL    *SQL
		Into   *Into
		Strict bool
	}
	// Execute is EXECUTE text INTO ... USING ...
	Execute struct {
		at
		Query  *SQL
		Into   *Into
		Strict bool
		Using  []*SQL
	}
	// Perform is PERFORM.
	Perform struct {
		at
		SQL *SQL
	}
	// Call is CALL, or DO.
	Call struct {
		at
		SQL *SQL
		Do  bool
	}
	// GetDiagnostics is GET [STACKED] DIAGNOSTICS.
	GetDiagnostics struct {
		at
		Stacked bool
		Items   []DiagItem
	}
	// DiagItem is target = item.
	DiagItem struct {
		Target *Target
		Item   string
	}
	// Open is OPEN of a cursor: bound (Args), FOR a query, or FOR EXECUTE.
	Open struct {
		at
		Cursor  int
		Args    []*SQL
		Query   *SQL
		Dynamic bool
		Using   []*SQL
		Scroll  int
	}
	// Fetch is FETCH, or MOVE. Direction is "next", "prior", "first", "last", "absolute", "relative", "forward",
	// "backward"; All is FORWARD ALL and its like.
	Fetch struct {
		at
		Cursor    int
		Move      bool
		Direction string
		Count     *SQL
		All       bool
		Into      *Into
	}
	// Close is CLOSE.
	Close struct {
		at
		Cursor int
	}
	// Transaction is COMMIT, or ROLLBACK.
	Transaction struct {
		at
		Rollback, Chain bool
	}
	// Null is NULL.
	Null struct{ at }
)

func (*Block) Kind() string      { return "statement block" }
func (*Assign) Kind() string     { return "assignment" }
func (*If) Kind() string         { return "IF" }
func (*Case) Kind() string       { return "CASE" }
func (*Loop) Kind() string       { return "LOOP" }
func (*While) Kind() string      { return "WHILE" }
func (*ForInt) Kind() string     { return "FOR with integer loop variable" }
func (*ForQuery) Kind() string   { return "FOR over SELECT rows" }
func (*ForDynamic) Kind() string { return "FOR over EXECUTE statement" }
func (*ForCursor) Kind() string  { return "FOR over cursor" }
func (*Foreach) Kind() string    { return "FOREACH over array" }
func (s *Exit) Kind() string {
	if s.Continue {
		return "CONTINUE"
	}
	return "EXIT"
}
func (*Return) Kind() string      { return "RETURN" }
func (*ReturnNext) Kind() string  { return "RETURN NEXT" }
func (*ReturnQuery) Kind() string { return "RETURN QUERY" }
func (*Raise) Kind() string       { return "RAISE" }
func (*Assert) Kind() string      { return "ASSERT" }
func (*ExecSQL) Kind() string     { return "SQL statement" }
func (*Execute) Kind() string     { return "EXECUTE" }
func (*Perform) Kind() string     { return "PERFORM" }
func (s *Call) Kind() string {
	if s.Do {
		return "DO"
	}
	return "CALL"
}
func (s *GetDiagnostics) Kind() string {
	if s.Stacked {
		return "GET STACKED DIAGNOSTICS"
	}
	return "GET DIAGNOSTICS"
}
func (*Open) Kind() string { return "OPEN" }
func (s *Fetch) Kind() string {
	if s.Move {
		return "MOVE"
	}
	return "FETCH"
}
func (*Close) Kind() string { return "CLOSE" }
func (s *Transaction) Kind() string {
	if s.Rollback {
		return "ROLLBACK"
	}
	return "COMMIT"
}
func (*Null) Kind() string { return "NULL" }
