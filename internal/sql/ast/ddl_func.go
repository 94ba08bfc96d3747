package ast

// FunctionParameterMode is a parameter's mode.
type FunctionParameterMode int

const (
	ParamDefault FunctionParameterMode = iota // nothing written: IN
	ParamIn
	ParamOut
	ParamInOut
	ParamVariadic
	ParamTable // a column of RETURNS TABLE
)

// FunctionParameter is a parameter of a function, procedure or aggregate.
type FunctionParameter struct {
	Pos     int
	Name    string // "" when not named
	Type    *TypeName
	Mode    FunctionParameterMode
	Default Expr
}

// FuncOptionKind is the kind of a function option.
type FuncOptionKind int

const (
	FuncLanguage      FuncOptionKind = iota // Value
	FuncAs                                  // Value, and Link when "AS file, symbol"
	FuncVolatility                          // Value: immutable, stable, volatile
	FuncStrict                              // Bool (false: CALLED ON NULL INPUT)
	FuncSecurity                            // Bool: SECURITY DEFINER
	FuncLeakproof                           // Bool
	FuncWindow                              //
	FuncCost                                // Value: a number
	FuncRows                                // Value: a number
	FuncSupport                             // Name
	FuncParallel                            // Value
	FuncSet                                 // Set
	FuncTransformType                       // Types
)

// FuncOption is one option of a function, in the written order; an option may be written twice, which is an error of
// whoever executes the statement.
type FuncOption struct {
	Pos     int
	Kind    FuncOptionKind
	Value   string
	Link    string
	HasLink bool
	Bool    bool
	Name    *AnyName
	Set     *VariableSetStmt
	Types   []*TypeName
}

// CreateFunctionStmt is CREATE FUNCTION and CREATE PROCEDURE. A body is either the text of the FuncAs option, or
// parsed: Return (RETURN expr), or Atomic with Body (BEGIN ATOMIC ... END).
type CreateFunctionStmt struct {
	Pos          int
	Procedure    bool
	Replace      bool
	Name         []string
	NamePos      int
	Params       []*FunctionParameter
	Returns      *TypeName            // nil when not written or RETURNS TABLE
	ReturnsTable []*FunctionParameter // nil unless RETURNS TABLE
	Options      []*FuncOption
	Return       *ReturnStmt
	Atomic       bool
	Body         []Statement
}

// Option gives the last option of that kind, nil when it was not written.
func (s *CreateFunctionStmt) Option(kind FuncOptionKind) *FuncOption {
	for i := len(s.Options) - 1; i >= 0; i-- {
		if s.Options[i].Kind == kind {
			return s.Options[i]
		}
	}
	return nil
}

// AlterFunctionStmt is ALTER FUNCTION, PROCEDURE or ROUTINE with options.
type AlterFunctionStmt struct {
	Pos     int
	Kind    ObjectType
	Func    *ObjectWithArgs
	Options []*FuncOption
}

// CastContext says when a cast is applied.
type CastContext int

const (
	CastExplicit CastContext = iota
	CastAssignment
	CastImplicit
)

// CreateCastStmt is CREATE CAST; Func nil means WITHOUT FUNCTION, or WITH INOUT when InOut.
type CreateCastStmt struct {
	Pos     int
	Source  *TypeName
	Target  *TypeName
	Func    *ObjectWithArgs
	InOut   bool
	Context CastContext
}

// CreateTransformStmt is CREATE TRANSFORM.
type CreateTransformStmt struct {
	Pos      int
	Replace  bool
	Type     *TypeName
	Language string
	FromSQL  *ObjectWithArgs
	ToSQL    *ObjectWithArgs
}

// CreateConversionStmt is CREATE CONVERSION.
type CreateConversionStmt struct {
	Pos         int
	Default     bool
	Name        *AnyName
	ForEncoding string
	ToEncoding  string
	Func        *AnyName
}

// CreatePLangStmt is CREATE LANGUAGE.
type CreatePLangStmt struct {
	Pos       int
	Replace   bool
	Trusted   bool
	Name      string
	Handler   *AnyName
	Inline    *AnyName
	Validator *AnyName
}

// CreateAmStmt is CREATE ACCESS METHOD.
type CreateAmStmt struct {
	Pos     int
	Name    string
	Table   bool // TYPE TABLE; otherwise TYPE INDEX
	Handler *AnyName
}

// OpClassItemKind is what an operator class item adds.
type OpClassItemKind int

const (
	OpClassOperator OpClassItemKind = iota
	OpClassFunction
	OpClassStorage
)

// OpClassItem is an item of an operator class or family.
type OpClassItem struct {
	Pos    int
	Kind   OpClassItemKind
	Number int
	// Object is the operator (ArgsUnspecified when without types) or function; nil in DROP.
	Object  *ObjectWithArgs
	Types   []*TypeName
	OrderBy *AnyName // FOR ORDER BY
	Search  bool     // FOR SEARCH was written
	Storage *TypeName
}

// CreateOpClassStmt is CREATE OPERATOR CLASS.
type CreateOpClassStmt struct {
	Pos          int
	Name         *AnyName
	Default      bool
	Type         *TypeName
	AccessMethod string
	Family       *AnyName
	Items        []*OpClassItem
}

// CreateOpFamilyStmt is CREATE OPERATOR FAMILY.
type CreateOpFamilyStmt struct {
	Pos          int
	Name         *AnyName
	AccessMethod string
}

// AlterOpFamilyStmt is ALTER OPERATOR FAMILY ... ADD or DROP.
type AlterOpFamilyStmt struct {
	Pos          int
	Name         *AnyName
	AccessMethod string
	Drop         bool
	Items        []*OpClassItem
}

// AlterOperatorStmt is ALTER OPERATOR ... SET (...).
type AlterOperatorStmt struct {
	Pos      int
	Operator *ObjectWithArgs
	Options  []*DefElem
}
