package ast

// Written by walkgen/run.go from the structs.

// Position is the node's byte offset.
func (n *InsertStmt) Position() int { return n.Pos }
func (n *InsertStmt) slots(v *visitor) {
	slot(v, &n.With)
	slot(v, &n.Relation)
	slotList(v, &n.Columns)
	slot(v, &n.Select)
	slot(v, &n.OnConflict)
	slotList(v, &n.Returning)
	slotList(v, &n.ReturningOptions)
}

// Position is the node's byte offset.
func (n *ReturningOption) Position() int  { return n.Pos }
func (n *ReturningOption) slots(*visitor) {}

// Position is the node's byte offset.
func (n *OnConflictClause) Position() int { return n.Pos }
func (n *OnConflictClause) slots(v *visitor) {
	slot(v, &n.Infer)
	slotList(v, &n.Targets)
	slot(v, &n.Where)
}

// Position is the node's byte offset.
func (n *InferClause) Position() int { return n.Pos }
func (n *InferClause) slots(v *visitor) {
	slotList(v, &n.Elems)
	slot(v, &n.Where)
}

// Position is the node's byte offset.
func (n *IndexElem) Position() int { return n.Pos }
func (n *IndexElem) slots(v *visitor) {
	slot(v, &n.Expr)
	slotList(v, &n.OpClassOptions)
}

// Position is the node's byte offset.
func (n *DefElem) Position() int { return n.Pos }
func (n *DefElem) slots(v *visitor) {
	slot(v, &n.Arg)
}

// Position is the node's byte offset.
func (n *UpdateStmt) Position() int { return n.Pos }
func (n *UpdateStmt) slots(v *visitor) {
	slot(v, &n.With)
	slot(v, &n.Relation)
	slotList(v, &n.Targets)
	slotList(v, &n.From)
	slot(v, &n.Where)
	slotList(v, &n.Returning)
	slotList(v, &n.ReturningOptions)
}

// Position is the node's byte offset.
func (n *DeleteStmt) Position() int { return n.Pos }
func (n *DeleteStmt) slots(v *visitor) {
	slot(v, &n.With)
	slot(v, &n.Relation)
	slotList(v, &n.Using)
	slot(v, &n.Where)
	slotList(v, &n.Returning)
	slotList(v, &n.ReturningOptions)
}

// Position is the node's byte offset.
func (n *MergeStmt) Position() int { return n.Pos }
func (n *MergeStmt) slots(v *visitor) {
	slot(v, &n.With)
	slot(v, &n.Relation)
	slot(v, &n.Source)
	slot(v, &n.On)
	slotList(v, &n.Whens)
	slotList(v, &n.Returning)
	slotList(v, &n.ReturningOptions)
}

// Position is the node's byte offset.
func (n *MergeWhenClause) Position() int { return n.Pos }
func (n *MergeWhenClause) slots(v *visitor) {
	slot(v, &n.Condition)
	slotList(v, &n.Targets)
	slotList(v, &n.Values)
}

// Position is the node's byte offset.
func (n *CallStmt) Position() int { return n.Pos }
func (n *CallStmt) slots(v *visitor) {
	slot(v, &n.Func)
}

// Position is the node's byte offset.
func (n *ReturnStmt) Position() int { return n.Pos }
func (n *ReturnStmt) slots(v *visitor) {
	slot(v, &n.Value)
}

// Position is the node's byte offset.
func (n *TruncateStmt) Position() int { return n.Pos }
func (n *TruncateStmt) slots(v *visitor) {
	slotList(v, &n.Relations)
}

// Position is the node's byte offset.
func (n *CopyStmt) Position() int { return n.Pos }
func (n *CopyStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slot(v, &n.Query)
	slotList(v, &n.Options)
	slot(v, &n.Where)
}

// Position is the node's byte offset.
func (n *ExplainStmt) Position() int { return n.Pos }
func (n *ExplainStmt) slots(v *visitor) {
	slot(v, &n.Query)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *PrepareStmt) Position() int { return n.Pos }
func (n *PrepareStmt) slots(v *visitor) {
	slotList(v, &n.ArgTypes)
	slot(v, &n.Query)
}

// Position is the node's byte offset.
func (n *ExecuteStmt) Position() int { return n.Pos }
func (n *ExecuteStmt) slots(v *visitor) {
	slotList(v, &n.Params)
}

// Position is the node's byte offset.
func (n *DeallocateStmt) Position() int  { return n.Pos }
func (n *DeallocateStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *DeclareCursorStmt) Position() int { return n.Pos }
func (n *DeclareCursorStmt) slots(v *visitor) {
	slot(v, &n.Query)
}

// Position is the node's byte offset.
func (n *ClosePortalStmt) Position() int  { return n.Pos }
func (n *ClosePortalStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *FetchStmt) Position() int  { return n.Pos }
func (n *FetchStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *DoStmt) Position() int  { return n.Pos }
func (n *DoStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *ColumnRef) Position() int  { return n.Pos }
func (n *ColumnRef) slots(*visitor) {}

// Position is the node's byte offset.
func (n *ParamRef) Position() int  { return n.Pos }
func (n *ParamRef) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AConst) Position() int  { return n.Pos }
func (n *AConst) slots(*visitor) {}

// Position is the node's byte offset.
func (n *TypeCast) Position() int { return n.Pos }
func (n *TypeCast) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Type)
}

// Position is the node's byte offset.
func (n *TypeName) Position() int { return n.Pos }
func (n *TypeName) slots(v *visitor) {
	slotList(v, &n.TypMods)
}

// Position is the node's byte offset.
func (n *AExpr) Position() int { return n.Pos }
func (n *AExpr) slots(v *visitor) {
	slot(v, &n.Left)
	slot(v, &n.Right)
}

// Position is the node's byte offset.
func (n *ExprList) Position() int { return n.Pos }
func (n *ExprList) slots(v *visitor) {
	slotList(v, &n.Items)
}

// Position is the node's byte offset.
func (n *BoolExpr) Position() int { return n.Pos }
func (n *BoolExpr) slots(v *visitor) {
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *NullTest) Position() int { return n.Pos }
func (n *NullTest) slots(v *visitor) {
	slot(v, &n.Arg)
}

// Position is the node's byte offset.
func (n *BooleanTest) Position() int { return n.Pos }
func (n *BooleanTest) slots(v *visitor) {
	slot(v, &n.Arg)
}

// Position is the node's byte offset.
func (n *CaseExpr) Position() int { return n.Pos }
func (n *CaseExpr) slots(v *visitor) {
	slot(v, &n.Arg)
	slotList(v, &n.Whens)
	slot(v, &n.Default)
}

// Position is the node's byte offset.
func (n *CaseWhen) Position() int { return n.Pos }
func (n *CaseWhen) slots(v *visitor) {
	slot(v, &n.Cond)
	slot(v, &n.Result)
}

// Position is the node's byte offset.
func (n *CoalesceExpr) Position() int { return n.Pos }
func (n *CoalesceExpr) slots(v *visitor) {
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *MinMaxExpr) Position() int { return n.Pos }
func (n *MinMaxExpr) slots(v *visitor) {
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *FuncCall) Position() int { return n.Pos }
func (n *FuncCall) slots(v *visitor) {
	slotList(v, &n.Args)
	slotList(v, &n.OrderBy)
	slot(v, &n.Filter)
	slot(v, &n.Over)
}

// Position is the node's byte offset.
func (n *NamedArgExpr) Position() int { return n.Pos }
func (n *NamedArgExpr) slots(v *visitor) {
	slot(v, &n.Arg)
}

// Position is the node's byte offset.
func (n *SubLink) Position() int { return n.Pos }
func (n *SubLink) slots(v *visitor) {
	slot(v, &n.Test)
	slot(v, &n.Select)
}

// Position is the node's byte offset.
func (n *AIndirection) Position() int { return n.Pos }
func (n *AIndirection) slots(v *visitor) {
	slot(v, &n.Arg)
	slotList(v, &n.Indirection)
}

// Position is the node's byte offset.
func (n *FieldSelect) Position() int  { return n.Pos }
func (n *FieldSelect) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AStar) Position() int  { return n.Pos }
func (n *AStar) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AIndices) Position() int { return n.Pos }
func (n *AIndices) slots(v *visitor) {
	slot(v, &n.Lower)
	slot(v, &n.Upper)
}

// Position is the node's byte offset.
func (n *AArrayExpr) Position() int { return n.Pos }
func (n *AArrayExpr) slots(v *visitor) {
	slotList(v, &n.Elements)
}

// Position is the node's byte offset.
func (n *RowExpr) Position() int { return n.Pos }
func (n *RowExpr) slots(v *visitor) {
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *SQLValueFunction) Position() int  { return n.Pos }
func (n *SQLValueFunction) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CollateClause) Position() int { return n.Pos }
func (n *CollateClause) slots(v *visitor) {
	slot(v, &n.Arg)
}

// Position is the node's byte offset.
func (n *GroupingFunc) Position() int { return n.Pos }
func (n *GroupingFunc) slots(v *visitor) {
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *SetToDefault) Position() int  { return n.Pos }
func (n *SetToDefault) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CurrentOfExpr) Position() int  { return n.Pos }
func (n *CurrentOfExpr) slots(*visitor) {}

// Position is the node's byte offset.
func (n *MultiAssignRef) Position() int { return n.Pos }
func (n *MultiAssignRef) slots(v *visitor) {
	slot(v, &n.Source)
}

// Position is the node's byte offset.
func (n *XmlExpr) Position() int { return n.Pos }
func (n *XmlExpr) slots(v *visitor) {
	slotList(v, &n.NamedArgs)
	slotList(v, &n.Args)
}

// Position is the node's byte offset.
func (n *XmlSerialize) Position() int { return n.Pos }
func (n *XmlSerialize) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Type)
}

// Position is the node's byte offset.
func (n *JsonFormat) Position() int  { return n.Pos }
func (n *JsonFormat) slots(*visitor) {}

// Position is the node's byte offset.
func (n *JsonOutput) Position() int { return n.Pos }
func (n *JsonOutput) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Format)
}

// Position is the node's byte offset.
func (n *JsonValueExpr) Position() int { return n.Pos }
func (n *JsonValueExpr) slots(v *visitor) {
	slot(v, &n.Value)
	slot(v, &n.Format)
}

// Position is the node's byte offset.
func (n *JsonKeyValue) Position() int { return n.Pos }
func (n *JsonKeyValue) slots(v *visitor) {
	slot(v, &n.Key)
	slot(v, &n.Value)
}

// Position is the node's byte offset.
func (n *JsonArgument) Position() int { return n.Pos }
func (n *JsonArgument) slots(v *visitor) {
	slot(v, &n.Value)
}

// Position is the node's byte offset.
func (n *JsonObjectConstructor) Position() int { return n.Pos }
func (n *JsonObjectConstructor) slots(v *visitor) {
	slotList(v, &n.Exprs)
	slot(v, &n.Output)
}

// Position is the node's byte offset.
func (n *JsonArrayConstructor) Position() int { return n.Pos }
func (n *JsonArrayConstructor) slots(v *visitor) {
	slotList(v, &n.Exprs)
	slot(v, &n.Output)
}

// Position is the node's byte offset.
func (n *JsonArrayQueryConstructor) Position() int { return n.Pos }
func (n *JsonArrayQueryConstructor) slots(v *visitor) {
	slot(v, &n.Query)
	slot(v, &n.Output)
	slot(v, &n.Format)
}

// Position is the node's byte offset.
func (n *JsonObjectAgg) Position() int { return n.Pos }
func (n *JsonObjectAgg) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Output)
	slot(v, &n.Filter)
	slot(v, &n.Over)
}

// Position is the node's byte offset.
func (n *JsonArrayAgg) Position() int { return n.Pos }
func (n *JsonArrayAgg) slots(v *visitor) {
	slot(v, &n.Arg)
	slotList(v, &n.OrderBy)
	slot(v, &n.Output)
	slot(v, &n.Filter)
	slot(v, &n.Over)
}

// Position is the node's byte offset.
func (n *JsonIsPredicate) Position() int { return n.Pos }
func (n *JsonIsPredicate) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Format)
}

// Position is the node's byte offset.
func (n *JsonParseExpr) Position() int { return n.Pos }
func (n *JsonParseExpr) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Output)
}

// Position is the node's byte offset.
func (n *JsonScalarExpr) Position() int { return n.Pos }
func (n *JsonScalarExpr) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Output)
}

// Position is the node's byte offset.
func (n *JsonSerializeExpr) Position() int { return n.Pos }
func (n *JsonSerializeExpr) slots(v *visitor) {
	slot(v, &n.Arg)
	slot(v, &n.Output)
}

// Position is the node's byte offset.
func (n *JsonBehavior) Position() int { return n.Pos }
func (n *JsonBehavior) slots(v *visitor) {
	slot(v, &n.Expr)
}

// Position is the node's byte offset.
func (n *JsonFuncExpr) Position() int { return n.Pos }
func (n *JsonFuncExpr) slots(v *visitor) {
	slot(v, &n.Context)
	slot(v, &n.Path)
	slotList(v, &n.Passing)
	slot(v, &n.Output)
	slot(v, &n.OnEmpty)
	slot(v, &n.OnError)
}

// Position is the node's byte offset.
func (n *MergeSupportFunc) Position() int  { return n.Pos }
func (n *MergeSupportFunc) slots(*visitor) {}

// Position is the node's byte offset.
func (n *SelectStmt) Position() int { return n.Pos }
func (n *SelectStmt) slots(v *visitor) {
	slot(v, &n.With)
	slotList(v, &n.DistinctOn)
	slotList(v, &n.Targets)
	slot(v, &n.Into)
	slotList(v, &n.From)
	slot(v, &n.Where)
	slotList(v, &n.GroupBy)
	slot(v, &n.Having)
	slotList(v, &n.Windows)
	slotRows(v, &n.Values)
	slot(v, &n.Left)
	slot(v, &n.Right)
	slotList(v, &n.OrderBy)
	slot(v, &n.Limit)
	slot(v, &n.Offset)
	slotList(v, &n.Locking)
}

// Position is the node's byte offset.
func (n *ResTarget) Position() int { return n.Pos }
func (n *ResTarget) slots(v *visitor) {
	slotList(v, &n.Indirection)
	slot(v, &n.Value)
}

// Position is the node's byte offset.
func (n *IntoClause) Position() int { return n.Pos }
func (n *IntoClause) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *Alias) Position() int  { return n.Pos }
func (n *Alias) slots(*visitor) {}

// Position is the node's byte offset.
func (n *RangeVar) Position() int { return n.Pos }
func (n *RangeVar) slots(v *visitor) {
	slot(v, &n.Alias)
}

// Position is the node's byte offset.
func (n *RangeSubselect) Position() int { return n.Pos }
func (n *RangeSubselect) slots(v *visitor) {
	slot(v, &n.Select)
	slot(v, &n.Alias)
}

// Position is the node's byte offset.
func (n *RangeFunction) Position() int { return n.Pos }
func (n *RangeFunction) slots(v *visitor) {
	slotList(v, &n.Functions)
	slot(v, &n.Alias)
	slotList(v, &n.ColDefs)
}

// Position is the node's byte offset.
func (n *RangeFunctionItem) Position() int { return n.Pos }
func (n *RangeFunctionItem) slots(v *visitor) {
	slot(v, &n.Func)
	slotList(v, &n.ColDefs)
}

// Position is the node's byte offset.
func (n *TableFuncElement) Position() int { return n.Pos }
func (n *TableFuncElement) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Collate)
}

// Position is the node's byte offset.
func (n *RangeTableSample) Position() int { return n.Pos }
func (n *RangeTableSample) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Args)
	slot(v, &n.Repeatable)
}

// Position is the node's byte offset.
func (n *RangeTableFunc) Position() int { return n.Pos }
func (n *RangeTableFunc) slots(v *visitor) {
	slot(v, &n.Doc)
	slot(v, &n.Row)
	slotList(v, &n.Namespaces)
	slotList(v, &n.Columns)
	slot(v, &n.Alias)
}

// Position is the node's byte offset.
func (n *RangeTableFuncCol) Position() int { return n.Pos }
func (n *RangeTableFuncCol) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Path)
	slot(v, &n.Default)
}

// Position is the node's byte offset.
func (n *JsonTable) Position() int { return n.Pos }
func (n *JsonTable) slots(v *visitor) {
	slot(v, &n.Context)
	slot(v, &n.Path)
	slotList(v, &n.Passing)
	slotList(v, &n.Columns)
	slot(v, &n.OnError)
	slot(v, &n.Alias)
}

// Position is the node's byte offset.
func (n *JsonTablePathSpec) Position() int { return n.Pos }
func (n *JsonTablePathSpec) slots(v *visitor) {
	slot(v, &n.Path)
}

// Position is the node's byte offset.
func (n *JsonTableColumn) Position() int { return n.Pos }
func (n *JsonTableColumn) slots(v *visitor) {
	slot(v, &n.ColType)
	slot(v, &n.Path)
	slot(v, &n.Format)
	slotList(v, &n.Columns)
	slot(v, &n.OnEmpty)
	slot(v, &n.OnError)
}

// Position is the node's byte offset.
func (n *JoinExpr) Position() int { return n.Pos }
func (n *JoinExpr) slots(v *visitor) {
	slot(v, &n.Left)
	slot(v, &n.Right)
	slot(v, &n.UsingAlias)
	slot(v, &n.On)
	slot(v, &n.Alias)
}

// Position is the node's byte offset.
func (n *GroupingSet) Position() int { return n.Pos }
func (n *GroupingSet) slots(v *visitor) {
	slotList(v, &n.Content)
}

// Position is the node's byte offset.
func (n *SortBy) Position() int { return n.Pos }
func (n *SortBy) slots(v *visitor) {
	slot(v, &n.Value)
}

// Position is the node's byte offset.
func (n *WindowDef) Position() int { return n.Pos }
func (n *WindowDef) slots(v *visitor) {
	slotList(v, &n.Partition)
	slotList(v, &n.Order)
	slot(v, &n.Frame)
}

// Position is the node's byte offset.
func (n *WindowFrame) Position() int { return n.Pos }
func (n *WindowFrame) slots(v *visitor) {
	slot(v, &n.Start)
	slot(v, &n.End)
}

// Position is the node's byte offset.
func (n *FrameBound) Position() int { return n.Pos }
func (n *FrameBound) slots(v *visitor) {
	slot(v, &n.Offset)
}

// Position is the node's byte offset.
func (n *LockingClause) Position() int { return n.Pos }
func (n *LockingClause) slots(v *visitor) {
	slotList(v, &n.Rels)
}

// Position is the node's byte offset.
func (n *WithClause) Position() int { return n.Pos }
func (n *WithClause) slots(v *visitor) {
	slotList(v, &n.CTEs)
}

// Position is the node's byte offset.
func (n *CommonTableExpr) Position() int { return n.Pos }
func (n *CommonTableExpr) slots(v *visitor) {
	slot(v, &n.Query)
	slot(v, &n.Search)
	slot(v, &n.Cycle)
}

// Position is the node's byte offset.
func (n *CTESearchClause) Position() int  { return n.Pos }
func (n *CTESearchClause) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CTECycleClause) Position() int { return n.Pos }
func (n *CTECycleClause) slots(v *visitor) {
	slot(v, &n.MarkValue)
	slot(v, &n.MarkDefault)
}

// Position is the node's byte offset.
func (n *VariableSetStmt) Position() int { return n.Pos }
func (n *VariableSetStmt) slots(v *visitor) {
	slotList(v, &n.Args)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *VariableShowStmt) Position() int  { return n.Pos }
func (n *VariableShowStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *TransactionStmt) Position() int { return n.Pos }
func (n *TransactionStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *ConstraintsSetStmt) Position() int { return n.Pos }
func (n *ConstraintsSetStmt) slots(v *visitor) {
	slotList(v, &n.Constraints)
}

// Position is the node's byte offset.
func (n *LockStmt) Position() int { return n.Pos }
func (n *LockStmt) slots(v *visitor) {
	slotList(v, &n.Relations)
}

// Position is the node's byte offset.
func (n *NotifyStmt) Position() int  { return n.Pos }
func (n *NotifyStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *ListenStmt) Position() int  { return n.Pos }
func (n *ListenStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *UnlistenStmt) Position() int  { return n.Pos }
func (n *UnlistenStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *DiscardStmt) Position() int  { return n.Pos }
func (n *DiscardStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CheckPointStmt) Position() int  { return n.Pos }
func (n *CheckPointStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *LoadStmt) Position() int  { return n.Pos }
func (n *LoadStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *VacuumStmt) Position() int { return n.Pos }
func (n *VacuumStmt) slots(v *visitor) {
	slotList(v, &n.Options)
	slotList(v, &n.Relations)
}

// Position is the node's byte offset.
func (n *VacuumRelation) Position() int { return n.Pos }
func (n *VacuumRelation) slots(v *visitor) {
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *ClusterStmt) Position() int { return n.Pos }
func (n *ClusterStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *ReindexStmt) Position() int { return n.Pos }
func (n *ReindexStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Options)
}
