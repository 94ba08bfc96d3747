package ast

// TriggerTiming is when a trigger fires.
type TriggerTiming int

const (
	TriggerBefore TriggerTiming = iota
	TriggerAfter
	TriggerInsteadOf
)

// TriggerEvents is a set of events.
type TriggerEvents uint

const (
	TriggerOnInsert TriggerEvents = 1 << iota
	TriggerOnDelete
	TriggerOnUpdate
	TriggerOnTruncate
)

// TriggerTransition is a transition table or row of REFERENCING.
type TriggerTransition struct {
	Pos   int
	Name  string
	New   bool
	Table bool
}

// CreateTrigStmt is CREATE TRIGGER and CREATE CONSTRAINT TRIGGER. Args are the strings the function gets.
type CreateTrigStmt struct {
	Pos         int
	Replace     bool
	Constraint  bool
	Name        string
	NamePos     int
	Relation    *RangeVar
	Timing      TriggerTiming
	Events      TriggerEvents
	Columns     []string // UPDATE OF
	Transitions []*TriggerTransition
	Row         bool
	When        Expr
	Func        []string
	FuncPos     int
	Args        []string
	// The rest belongs to constraint triggers.
	From              *RangeVar
	Deferrable        bool
	InitiallyDeferred bool
}

// EventTriggerFilter is "name IN ('value', ...)".
type EventTriggerFilter struct {
	Pos    int
	Name   string
	Values []string
}

// CreateEventTrigStmt is CREATE EVENT TRIGGER.
type CreateEventTrigStmt struct {
	Pos   int
	Name  string
	Event string
	When  []*EventTriggerFilter
	Func  []string
}

// TriggerState is whether an event trigger fires.
type TriggerState int

const (
	TriggerEnabled TriggerState = iota
	TriggerEnabledReplica
	TriggerEnabledAlways
	TriggerDisabled
)

// AlterEventTrigStmt is ALTER EVENT TRIGGER ... ENABLE and its like.
type AlterEventTrigStmt struct {
	Pos   int
	Name  string
	State TriggerState
}

// RuleEvent is the event of a rule.
type RuleEvent int

const (
	RuleOnSelect RuleEvent = iota
	RuleOnInsert
	RuleOnUpdate
	RuleOnDelete
)

// RuleStmt is CREATE RULE; no Actions is DO NOTHING.
type RuleStmt struct {
	Pos      int
	Replace  bool
	Name     string
	Event    RuleEvent
	Relation *RangeVar
	Where    Expr
	Instead  bool
	Actions  []Statement
}

// PolicyCommand is the command a policy is for.
type PolicyCommand int

const (
	PolicyAll PolicyCommand = iota
	PolicySelect
	PolicyInsert
	PolicyUpdate
	PolicyDelete
)

// CreatePolicyStmt is CREATE POLICY. Roles is empty when not written: PUBLIC.
type CreatePolicyStmt struct {
	Pos         int
	Name        string
	NamePos     int
	Table       *RangeVar
	Restrictive bool
	Command     PolicyCommand
	Roles       []*RoleSpec
	Using       Expr
	WithCheck   Expr
}

// AlterPolicyStmt is ALTER POLICY; nil fields stay as they are.
type AlterPolicyStmt struct {
	Pos       int
	Name      string
	NamePos   int
	Table     *RangeVar
	Roles     []*RoleSpec
	Using     Expr
	WithCheck Expr
}
