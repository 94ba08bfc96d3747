package ast

// Written by walkgen/run.go from the structs.

// Position is the node's byte offset.
func (n *AlterTableStmt) Position() int { return n.Pos }
func (n *AlterTableStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Cmds)
}

// Position is the node's byte offset.
func (n *AlterTableCmd) Position() int { return n.Pos }
func (n *AlterTableCmd) slots(v *visitor) {
	slot(v, &n.Column)
	slot(v, &n.Constraint)
	slot(v, &n.NewType)
	slot(v, &n.Collate)
	slot(v, &n.Expr)
	slotList(v, &n.Options)
	slotList(v, &n.Identity)
	slot(v, &n.Relation)
	slot(v, &n.Bound)
	slot(v, &n.OfType)
	slot(v, &n.Owner)
}

// Position is the node's byte offset.
func (n *IdentityOption) Position() int { return n.Pos }
func (n *IdentityOption) slots(v *visitor) {
	slot(v, &n.Seq)
}

// Position is the node's byte offset.
func (n *AlterTableMoveAllStmt) Position() int { return n.Pos }
func (n *AlterTableMoveAllStmt) slots(v *visitor) {
	slotList(v, &n.Roles)
}

// Position is the node's byte offset.
func (n *RenameStmt) Position() int { return n.Pos }
func (n *RenameStmt) slots(v *visitor) {
	slot(v, &n.Object)
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *AlterOwnerStmt) Position() int { return n.Pos }
func (n *AlterOwnerStmt) slots(v *visitor) {
	slot(v, &n.Object)
	slot(v, &n.Owner)
}

// Position is the node's byte offset.
func (n *AlterObjectSchemaStmt) Position() int { return n.Pos }
func (n *AlterObjectSchemaStmt) slots(v *visitor) {
	slot(v, &n.Object)
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *AlterObjectDependsStmt) Position() int { return n.Pos }
func (n *AlterObjectDependsStmt) slots(v *visitor) {
	slot(v, &n.Object)
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *AnyName) Position() int  { return n.Pos }
func (n *AnyName) slots(*visitor) {}

// Position is the node's byte offset.
func (n *RoleSpec) Position() int  { return n.Pos }
func (n *RoleSpec) slots(*visitor) {}

// Position is the node's byte offset.
func (n *ObjectWithArgs) Position() int { return n.Pos }
func (n *ObjectWithArgs) slots(v *visitor) {
	slotList(v, &n.Params)
	slotList(v, &n.OrderBy)
}

// Position is the node's byte offset.
func (n *ObjectRef) Position() int { return n.Pos }
func (n *ObjectRef) slots(v *visitor) {
	slot(v, &n.On)
	slot(v, &n.Func)
	slot(v, &n.Type)
	slot(v, &n.Target)
}

// Position is the node's byte offset.
func (n *CreateFdwStmt) Position() int { return n.Pos }
func (n *CreateFdwStmt) slots(v *visitor) {
	slotList(v, &n.FuncOptions)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterFdwStmt) Position() int { return n.Pos }
func (n *AlterFdwStmt) slots(v *visitor) {
	slotList(v, &n.FuncOptions)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *CreateForeignServerStmt) Position() int { return n.Pos }
func (n *CreateForeignServerStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterForeignServerStmt) Position() int { return n.Pos }
func (n *AlterForeignServerStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *UserMappingStmt) Position() int { return n.Pos }
func (n *UserMappingStmt) slots(v *visitor) {
	slot(v, &n.User)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *ImportForeignSchemaStmt) Position() int { return n.Pos }
func (n *ImportForeignSchemaStmt) slots(v *visitor) {
	slotList(v, &n.Tables)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *PublicationObj) Position() int { return n.Pos }
func (n *PublicationObj) slots(v *visitor) {
	slot(v, &n.Table)
	slot(v, &n.Where)
}

// Position is the node's byte offset.
func (n *CreatePublicationStmt) Position() int { return n.Pos }
func (n *CreatePublicationStmt) slots(v *visitor) {
	slotList(v, &n.Objects)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterPublicationStmt) Position() int { return n.Pos }
func (n *AlterPublicationStmt) slots(v *visitor) {
	slotList(v, &n.Options)
	slotList(v, &n.Objects)
}

// Position is the node's byte offset.
func (n *CreateSubscriptionStmt) Position() int { return n.Pos }
func (n *CreateSubscriptionStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterSubscriptionStmt) Position() int { return n.Pos }
func (n *AlterSubscriptionStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *DropSubscriptionStmt) Position() int  { return n.Pos }
func (n *DropSubscriptionStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *FunctionParameter) Position() int { return n.Pos }
func (n *FunctionParameter) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Default)
}

// Position is the node's byte offset.
func (n *FuncOption) Position() int { return n.Pos }
func (n *FuncOption) slots(v *visitor) {
	slot(v, &n.Name)
	slot(v, &n.Set)
	slotList(v, &n.Types)
}

// Position is the node's byte offset.
func (n *CreateFunctionStmt) Position() int { return n.Pos }
func (n *CreateFunctionStmt) slots(v *visitor) {
	slotList(v, &n.Params)
	slot(v, &n.Returns)
	slotList(v, &n.ReturnsTable)
	slotList(v, &n.Options)
	slot(v, &n.Return)
	slotList(v, &n.Body)
}

// Position is the node's byte offset.
func (n *AlterFunctionStmt) Position() int { return n.Pos }
func (n *AlterFunctionStmt) slots(v *visitor) {
	slot(v, &n.Func)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *CreateCastStmt) Position() int { return n.Pos }
func (n *CreateCastStmt) slots(v *visitor) {
	slot(v, &n.Source)
	slot(v, &n.Target)
	slot(v, &n.Func)
}

// Position is the node's byte offset.
func (n *CreateTransformStmt) Position() int { return n.Pos }
func (n *CreateTransformStmt) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.FromSQL)
	slot(v, &n.ToSQL)
}

// Position is the node's byte offset.
func (n *CreateConversionStmt) Position() int { return n.Pos }
func (n *CreateConversionStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slot(v, &n.Func)
}

// Position is the node's byte offset.
func (n *CreatePLangStmt) Position() int { return n.Pos }
func (n *CreatePLangStmt) slots(v *visitor) {
	slot(v, &n.Handler)
	slot(v, &n.Inline)
	slot(v, &n.Validator)
}

// Position is the node's byte offset.
func (n *CreateAmStmt) Position() int { return n.Pos }
func (n *CreateAmStmt) slots(v *visitor) {
	slot(v, &n.Handler)
}

// Position is the node's byte offset.
func (n *OpClassItem) Position() int { return n.Pos }
func (n *OpClassItem) slots(v *visitor) {
	slot(v, &n.Object)
	slotList(v, &n.Types)
	slot(v, &n.OrderBy)
	slot(v, &n.Storage)
}

// Position is the node's byte offset.
func (n *CreateOpClassStmt) Position() int { return n.Pos }
func (n *CreateOpClassStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slot(v, &n.Type)
	slot(v, &n.Family)
	slotList(v, &n.Items)
}

// Position is the node's byte offset.
func (n *CreateOpFamilyStmt) Position() int { return n.Pos }
func (n *CreateOpFamilyStmt) slots(v *visitor) {
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *AlterOpFamilyStmt) Position() int { return n.Pos }
func (n *AlterOpFamilyStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Items)
}

// Position is the node's byte offset.
func (n *AlterOperatorStmt) Position() int { return n.Pos }
func (n *AlterOperatorStmt) slots(v *visitor) {
	slot(v, &n.Operator)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *IndexStmt) Position() int { return n.Pos }
func (n *IndexStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Params)
	slotList(v, &n.Including)
	slotList(v, &n.With)
	slot(v, &n.Where)
}

// Position is the node's byte offset.
func (n *SeqOption) Position() int { return n.Pos }
func (n *SeqOption) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *CreateSeqStmt) Position() int { return n.Pos }
func (n *CreateSeqStmt) slots(v *visitor) {
	slot(v, &n.Sequence)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterSeqStmt) Position() int { return n.Pos }
func (n *AlterSeqStmt) slots(v *visitor) {
	slot(v, &n.Sequence)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *StatsElem) Position() int { return n.Pos }
func (n *StatsElem) slots(v *visitor) {
	slot(v, &n.Expr)
}

// Position is the node's byte offset.
func (n *CreateStatsStmt) Position() int { return n.Pos }
func (n *CreateStatsStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Exprs)
	slotList(v, &n.From)
}

// Position is the node's byte offset.
func (n *AlterStatsStmt) Position() int { return n.Pos }
func (n *AlterStatsStmt) slots(v *visitor) {
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *DropStmt) Position() int { return n.Pos }
func (n *DropStmt) slots(v *visitor) {
	slotList(v, &n.Objects)
}

// Position is the node's byte offset.
func (n *CommentStmt) Position() int { return n.Pos }
func (n *CommentStmt) slots(v *visitor) {
	slot(v, &n.Object)
}

// Position is the node's byte offset.
func (n *SecLabelStmt) Position() int { return n.Pos }
func (n *SecLabelStmt) slots(v *visitor) {
	slot(v, &n.Object)
}

// Position is the node's byte offset.
func (n *CreateExtensionStmt) Position() int { return n.Pos }
func (n *CreateExtensionStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterExtensionStmt) Position() int  { return n.Pos }
func (n *AlterExtensionStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AlterExtensionContentsStmt) Position() int { return n.Pos }
func (n *AlterExtensionContentsStmt) slots(v *visitor) {
	slot(v, &n.Object)
}

// Position is the node's byte offset.
func (n *CreateTableSpaceStmt) Position() int { return n.Pos }
func (n *CreateTableSpaceStmt) slots(v *visitor) {
	slot(v, &n.Owner)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterTableSpaceOptionsStmt) Position() int { return n.Pos }
func (n *AlterTableSpaceOptionsStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *DropTableSpaceStmt) Position() int  { return n.Pos }
func (n *DropTableSpaceStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CreatedbStmt) Position() int { return n.Pos }
func (n *CreatedbStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterDatabaseStmt) Position() int { return n.Pos }
func (n *AlterDatabaseStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterDatabaseRefreshCollStmt) Position() int  { return n.Pos }
func (n *AlterDatabaseRefreshCollStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AlterDatabaseSetStmt) Position() int { return n.Pos }
func (n *AlterDatabaseSetStmt) slots(v *visitor) {
	slot(v, &n.Set)
}

// Position is the node's byte offset.
func (n *DropdbStmt) Position() int  { return n.Pos }
func (n *DropdbStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *AlterSystemStmt) Position() int { return n.Pos }
func (n *AlterSystemStmt) slots(v *visitor) {
	slot(v, &n.Set)
}

// Position is the node's byte offset.
func (n *AlterCollationStmt) Position() int { return n.Pos }
func (n *AlterCollationStmt) slots(v *visitor) {
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *AlterTSDictionaryStmt) Position() int { return n.Pos }
func (n *AlterTSDictionaryStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterTSConfigurationStmt) Position() int { return n.Pos }
func (n *AlterTSConfigurationStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Dicts)
}

// Position is the node's byte offset.
func (n *RoleOption) Position() int { return n.Pos }
func (n *RoleOption) slots(v *visitor) {
	slotList(v, &n.Roles)
}

// Position is the node's byte offset.
func (n *CreateRoleStmt) Position() int { return n.Pos }
func (n *CreateRoleStmt) slots(v *visitor) {
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterRoleStmt) Position() int { return n.Pos }
func (n *AlterRoleStmt) slots(v *visitor) {
	slot(v, &n.Role)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *AlterRoleSetStmt) Position() int { return n.Pos }
func (n *AlterRoleSetStmt) slots(v *visitor) {
	slot(v, &n.Role)
	slot(v, &n.Set)
}

// Position is the node's byte offset.
func (n *DropRoleStmt) Position() int { return n.Pos }
func (n *DropRoleStmt) slots(v *visitor) {
	slotList(v, &n.Roles)
}

// Position is the node's byte offset.
func (n *AccessPriv) Position() int  { return n.Pos }
func (n *AccessPriv) slots(*visitor) {}

// Position is the node's byte offset.
func (n *GrantStmt) Position() int { return n.Pos }
func (n *GrantStmt) slots(v *visitor) {
	slotList(v, &n.Relations)
	slotList(v, &n.Funcs)
	slotList(v, &n.Objects)
	slotList(v, &n.Privileges)
	slotList(v, &n.Grantees)
	slot(v, &n.GrantedBy)
}

// Position is the node's byte offset.
func (n *RoleGrantOption) Position() int  { return n.Pos }
func (n *RoleGrantOption) slots(*visitor) {}

// Position is the node's byte offset.
func (n *GrantRoleStmt) Position() int { return n.Pos }
func (n *GrantRoleStmt) slots(v *visitor) {
	slotList(v, &n.Roles)
	slotList(v, &n.Grantees)
	slotList(v, &n.Options)
	slot(v, &n.GrantedBy)
}

// Position is the node's byte offset.
func (n *AlterDefaultPrivilegesOption) Position() int { return n.Pos }
func (n *AlterDefaultPrivilegesOption) slots(v *visitor) {
	slotList(v, &n.Roles)
}

// Position is the node's byte offset.
func (n *AlterDefaultPrivilegesStmt) Position() int { return n.Pos }
func (n *AlterDefaultPrivilegesStmt) slots(v *visitor) {
	slotList(v, &n.Options)
	slot(v, &n.Action)
}

// Position is the node's byte offset.
func (n *ReassignOwnedStmt) Position() int { return n.Pos }
func (n *ReassignOwnedStmt) slots(v *visitor) {
	slotList(v, &n.Roles)
	slot(v, &n.NewRole)
}

// Position is the node's byte offset.
func (n *DropOwnedStmt) Position() int { return n.Pos }
func (n *DropOwnedStmt) slots(v *visitor) {
	slotList(v, &n.Roles)
}

// Position is the node's byte offset.
func (n *CreateSchemaStmt) Position() int { return n.Pos }
func (n *CreateSchemaStmt) slots(v *visitor) {
	slot(v, &n.Role)
	slotList(v, &n.Elements)
}

// Position is the node's byte offset.
func (n *CreateStmt) Position() int { return n.Pos }
func (n *CreateStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Elements)
	slot(v, &n.OfType)
	slotList(v, &n.Inherits)
	slot(v, &n.PartitionOf)
	slot(v, &n.Bound)
	slot(v, &n.PartitionBy)
	slotList(v, &n.With)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *ColumnDef) Position() int { return n.Pos }
func (n *ColumnDef) slots(v *visitor) {
	slot(v, &n.Type)
	slot(v, &n.Collate)
	slotList(v, &n.FdwOptions)
	slotList(v, &n.Constraints)
}

// Position is the node's byte offset.
func (n *Constraint) Position() int { return n.Pos }
func (n *Constraint) slots(v *visitor) {
	slot(v, &n.Expr)
	slotList(v, &n.Sequence)
	slotList(v, &n.With)
	slotList(v, &n.Exclusions)
	slot(v, &n.Where)
	slot(v, &n.References)
}

// Position is the node's byte offset.
func (n *ExclusionElem) Position() int { return n.Pos }
func (n *ExclusionElem) slots(v *visitor) {
	slot(v, &n.Elem)
}

// Position is the node's byte offset.
func (n *TableLikeClause) Position() int { return n.Pos }
func (n *TableLikeClause) slots(v *visitor) {
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *PartitionSpec) Position() int { return n.Pos }
func (n *PartitionSpec) slots(v *visitor) {
	slotList(v, &n.Params)
}

// Position is the node's byte offset.
func (n *PartitionElem) Position() int { return n.Pos }
func (n *PartitionElem) slots(v *visitor) {
	slot(v, &n.Expr)
}

// Position is the node's byte offset.
func (n *PartitionBoundSpec) Position() int { return n.Pos }
func (n *PartitionBoundSpec) slots(v *visitor) {
	slotList(v, &n.Values)
	slotList(v, &n.From)
	slotList(v, &n.To)
}

// Position is the node's byte offset.
func (n *CreateTableAsStmt) Position() int { return n.Pos }
func (n *CreateTableAsStmt) slots(v *visitor) {
	slot(v, &n.Into)
	slot(v, &n.Query)
}

// Position is the node's byte offset.
func (n *RefreshMatViewStmt) Position() int { return n.Pos }
func (n *RefreshMatViewStmt) slots(v *visitor) {
	slot(v, &n.Relation)
}

// Position is the node's byte offset.
func (n *ViewStmt) Position() int { return n.Pos }
func (n *ViewStmt) slots(v *visitor) {
	slot(v, &n.View)
	slotList(v, &n.Options)
	slot(v, &n.Query)
}

// Position is the node's byte offset.
func (n *TriggerTransition) Position() int  { return n.Pos }
func (n *TriggerTransition) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CreateTrigStmt) Position() int { return n.Pos }
func (n *CreateTrigStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slotList(v, &n.Transitions)
	slot(v, &n.When)
	slot(v, &n.From)
}

// Position is the node's byte offset.
func (n *EventTriggerFilter) Position() int  { return n.Pos }
func (n *EventTriggerFilter) slots(*visitor) {}

// Position is the node's byte offset.
func (n *CreateEventTrigStmt) Position() int { return n.Pos }
func (n *CreateEventTrigStmt) slots(v *visitor) {
	slotList(v, &n.When)
}

// Position is the node's byte offset.
func (n *AlterEventTrigStmt) Position() int  { return n.Pos }
func (n *AlterEventTrigStmt) slots(*visitor) {}

// Position is the node's byte offset.
func (n *RuleStmt) Position() int { return n.Pos }
func (n *RuleStmt) slots(v *visitor) {
	slot(v, &n.Relation)
	slot(v, &n.Where)
	slotList(v, &n.Actions)
}

// Position is the node's byte offset.
func (n *CreatePolicyStmt) Position() int { return n.Pos }
func (n *CreatePolicyStmt) slots(v *visitor) {
	slot(v, &n.Table)
	slotList(v, &n.Roles)
	slot(v, &n.Using)
	slot(v, &n.WithCheck)
}

// Position is the node's byte offset.
func (n *AlterPolicyStmt) Position() int { return n.Pos }
func (n *AlterPolicyStmt) slots(v *visitor) {
	slot(v, &n.Table)
	slotList(v, &n.Roles)
	slot(v, &n.Using)
	slot(v, &n.WithCheck)
}

// Position is the node's byte offset.
func (n *DefineStmt) Position() int { return n.Pos }
func (n *DefineStmt) slots(v *visitor) {
	slot(v, &n.Args)
	slotList(v, &n.Definition)
	slot(v, &n.From)
}

// Position is the node's byte offset.
func (n *CompositeTypeStmt) Position() int { return n.Pos }
func (n *CompositeTypeStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Columns)
}

// Position is the node's byte offset.
func (n *CreateEnumStmt) Position() int { return n.Pos }
func (n *CreateEnumStmt) slots(v *visitor) {
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *CreateRangeStmt) Position() int { return n.Pos }
func (n *CreateRangeStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Definition)
}

// Position is the node's byte offset.
func (n *AlterEnumStmt) Position() int { return n.Pos }
func (n *AlterEnumStmt) slots(v *visitor) {
	slot(v, &n.Name)
}

// Position is the node's byte offset.
func (n *AlterTypeStmt) Position() int { return n.Pos }
func (n *AlterTypeStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slotList(v, &n.Options)
}

// Position is the node's byte offset.
func (n *CreateDomainStmt) Position() int { return n.Pos }
func (n *CreateDomainStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slot(v, &n.Type)
	slot(v, &n.Collate)
	slotList(v, &n.Constraints)
}

// Position is the node's byte offset.
func (n *AlterDomainStmt) Position() int { return n.Pos }
func (n *AlterDomainStmt) slots(v *visitor) {
	slot(v, &n.Name)
	slot(v, &n.Expr)
	slot(v, &n.Constraint)
}
