package analyze

// exprKind says where an expression stands, for what is allowed there and how errors name the place.
type exprKind int

const (
	kindOther exprKind = iota
	kindJoinOn
	kindJoinUsing
	kindFromSubselect
	kindFromFunction
	kindWhere
	kindHaving
	kindFilter
	kindWindowPartition
	kindWindowOrder
	kindWindowFrame
	kindSelect
	kindInsert
	kindUpdateSource
	kindUpdateTarget
	kindGroupBy
	kindOrderBy
	kindDistinctOn
	kindLimit
	kindOffset
	kindReturning
	kindValues
	kindValuesSingle
	kindCheck
	kindDefault
	kindGenerated
	kindIndexExpr
	kindIndexPredicate
	kindPolicy
	kindMergeWhen
)

func kindOf(what string) exprKind {
	switch what {
	case "check constraint":
		return kindCheck
	case "default":
		return kindDefault
	case "generated column":
		return kindGenerated
	case "index expression":
		return kindIndexExpr
	case "index predicate":
		return kindIndexPredicate
	case "policy":
		return kindPolicy
	}
	return kindOther
}

// String names the place as PostgreSQL's errors do.
func (k exprKind) String() string {
	switch k {
	case kindJoinOn:
		return "JOIN/ON"
	case kindJoinUsing:
		return "JOIN/USING"
	case kindFromFunction:
		return "function in FROM"
	case kindWhere:
		return "WHERE"
	case kindHaving:
		return "HAVING"
	case kindFilter:
		return "FILTER"
	case kindWindowPartition:
		return "window PARTITION BY"
	case kindWindowOrder:
		return "window ORDER BY"
	case kindSelect:
		return "SELECT"
	case kindInsert:
		return "INSERT"
	case kindUpdateSource, kindUpdateTarget:
		return "UPDATE"
	case kindGroupBy:
		return "GROUP BY"
	case kindOrderBy:
		return "ORDER BY"
	case kindDistinctOn:
		return "DISTINCT ON"
	case kindLimit:
		return "LIMIT"
	case kindOffset:
		return "OFFSET"
	case kindReturning:
		return "RETURNING"
	case kindValues, kindValuesSingle:
		return "VALUES"
	case kindCheck:
		return "CHECK"
	case kindDefault:
		return "DEFAULT"
	case kindGenerated:
		return "GENERATED AS"
	case kindIndexExpr:
		return "index expression"
	case kindIndexPredicate:
		return "index predicate"
	case kindPolicy:
		return "POLICY"
	case kindMergeWhen:
		return "MERGE WHEN"
	}
	return "expression"
}

// place is how "aggregate functions are not allowed in ..." and its like name the kind.
func (k exprKind) place() string {
	switch k {
	case kindJoinOn, kindJoinUsing:
		return "JOIN conditions"
	case kindFromFunction:
		return "functions in FROM"
	case kindFromSubselect:
		return "FROM clause of their own query level"
	case kindCheck:
		return "check constraints"
	case kindDefault:
		return "DEFAULT expressions"
	case kindGenerated:
		return "column generation expressions"
	case kindIndexExpr:
		return "index expressions"
	case kindIndexPredicate:
		return "index predicates"
	case kindPolicy:
		return "policy expressions"
	case kindMergeWhen:
		return "MERGE WHEN conditions"
	case kindWindowPartition, kindWindowOrder:
		return "window definitions"
	case kindWindowFrame:
		return "window ROWS"
	}
	return k.String()
}

// noAggregates says aggregates may not stand there.
func (k exprKind) noAggregates() bool {
	switch k {
	case kindHaving, kindSelect, kindOrderBy, kindDistinctOn, kindWindowPartition, kindWindowOrder, kindOther:
		return false
	}
	return true
}

// noWindows says window functions may not stand there.
func (k exprKind) noWindows() bool {
	switch k {
	case kindSelect, kindOrderBy, kindDistinctOn:
		return false
	}
	return true
}

// noSets says set-returning functions may not stand there.
func (k exprKind) noSets() bool {
	switch k {
	case kindSelect, kindOrderBy, kindDistinctOn, kindGroupBy, kindFromFunction, kindValues, kindInsert, kindOther:
		return k == kindValues
	case kindValuesSingle:
		return false
	}
	return true
}

// noSubqueries gives what "cannot use subquery in ..." says, "" where subqueries are fine.
func (k exprKind) noSubqueries() string {
	switch k {
	case kindCheck:
		return "check constraint"
	case kindDefault:
		return "DEFAULT expression"
	case kindGenerated:
		return "column generation expression"
	case kindIndexExpr:
		return "index expression"
	case kindIndexPredicate:
		return "index predicate"
	}
	return ""
}
