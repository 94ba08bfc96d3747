package print

import "github.com/basement-project/basement/internal/sql/ast"

// jsonExpr writes the JSON and XML expressions and MERGE_ACTION.
func (p *printer) jsonExpr(e ast.Expr) {
	switch e := e.(type) {
	case *ast.JsonIsPredicate:
		p.operand(e.Arg, levelIs+1)
		p.s(" IS JSON")
		switch e.Item {
		case ast.JsonObject:
			p.s(" OBJECT")
		case ast.JsonArray:
			p.s(" ARRAY")
		case ast.JsonScalar:
			p.s(" SCALAR")
		}
		p.uniqueKeys(e.Unique)
	case *ast.JsonValueExpr:
		p.jsonValue(e)
	case *ast.JsonObjectConstructor:
		p.s("JSON_OBJECT(")
		list(p, e.Exprs, p.jsonPair)
		if e.AbsentOnNull {
			p.s(" ABSENT ON NULL")
		}
		p.uniqueKeys(e.Unique)
		p.jsonOutput(e.Output)
		p.c(')')
	case *ast.JsonArrayConstructor:
		p.s("JSON_ARRAY(")
		list(p, e.Exprs, p.jsonValue)
		if !e.AbsentOnNull && len(e.Exprs) > 0 {
			p.s(" NULL ON NULL")
		}
		p.jsonOutput(e.Output)
		p.c(')')
	case *ast.JsonArrayQueryConstructor:
		p.s("JSON_ARRAY(")
		p.selectStmt(e.Query)
		p.jsonFormat(e.Format)
		p.jsonOutput(e.Output)
		p.c(')')
	case *ast.JsonObjectAgg:
		p.s("JSON_OBJECTAGG(")
		p.jsonPair(e.Arg)
		if e.AbsentOnNull {
			p.s(" ABSENT ON NULL")
		}
		p.uniqueKeys(e.Unique)
		p.jsonOutput(e.Output)
		p.c(')')
		p.aggregateTail(e.Filter, e.Over)
	case *ast.JsonArrayAgg:
		p.s("JSON_ARRAYAGG(")
		p.jsonValue(e.Arg)
		if len(e.OrderBy) > 0 {
			p.c(' ')
			p.orderBy(e.OrderBy)
		}
		if !e.AbsentOnNull {
			p.s(" NULL ON NULL")
		}
		p.jsonOutput(e.Output)
		p.c(')')
		p.aggregateTail(e.Filter, e.Over)
	case *ast.JsonParseExpr:
		p.s("JSON(")
		p.jsonValue(e.Arg)
		p.uniqueKeys(e.Unique)
		p.c(')')
	case *ast.JsonScalarExpr:
		p.s("JSON_SCALAR(")
		p.expr(e.Arg)
		p.c(')')
	case *ast.JsonSerializeExpr:
		p.s("JSON_SERIALIZE(")
		p.jsonValue(e.Arg)
		p.jsonOutput(e.Output)
		p.c(')')
	case *ast.JsonFuncExpr:
		p.jsonFunc(e)
	case *ast.MergeSupportFunc:
		p.s("MERGE_ACTION()")
	case *ast.XmlExpr:
		p.xmlExpr(e)
	case *ast.XmlSerialize:
		p.s("XMLSERIALIZE(")
		p.document(e.Document)
		p.expr(e.Arg)
		p.s(" AS ")
		p.typeName(e.Type)
		if e.Indent {
			p.s(" INDENT")
		}
		p.c(')')
	}
}

func (p *printer) uniqueKeys(unique bool) {
	if unique {
		p.s(" WITH UNIQUE KEYS")
	}
}

func (p *printer) jsonValue(v *ast.JsonValueExpr) {
	p.expr(v.Value)
	p.jsonFormat(v.Format)
}

func (p *printer) jsonPair(kv *ast.JsonKeyValue) {
	p.expr(kv.Key)
	p.s(" : ")
	p.jsonValue(kv.Value)
}

func (p *printer) jsonFormat(f *ast.JsonFormat) {
	if f == nil || f.Type == ast.JsonFormatDefault {
		return
	}
	p.s(" FORMAT JSON")
	if f.Encoding != "" {
		p.s(" ENCODING ")
		p.ident(f.Encoding)
	}
}

func (p *printer) jsonOutput(o *ast.JsonOutput) {
	if o == nil {
		return
	}
	p.s(" RETURNING ")
	p.typeName(o.Type)
	p.jsonFormat(o.Format)
}

func (p *printer) jsonFunc(e *ast.JsonFuncExpr) {
	switch e.Op {
	case ast.JsonExistsOp:
		p.s("JSON_EXISTS(")
	case ast.JsonQueryOp:
		p.s("JSON_QUERY(")
	default:
		p.s("JSON_VALUE(")
	}
	p.jsonValue(e.Context)
	p.s(", ")
	p.expr(e.Path)
	p.jsonPassing(e.Passing)
	p.jsonOutput(e.Output)
	p.jsonWrapper(e.Wrapper)
	p.jsonQuotes(e.Quotes)
	p.jsonBehavior(e.OnEmpty, " ON EMPTY")
	p.jsonBehavior(e.OnError, " ON ERROR")
	p.c(')')
}

func (p *printer) jsonPassing(args []*ast.JsonArgument) {
	if len(args) == 0 {
		return
	}
	p.s(" PASSING ")
	list(p, args, func(a *ast.JsonArgument) {
		p.jsonValue(a.Value)
		p.s(" AS ")
		p.ident(a.Name)
	})
}

func (p *printer) jsonWrapper(w ast.JsonWrapper) {
	switch w {
	case ast.JsonWrapperNone:
		p.s(" WITHOUT WRAPPER")
	case ast.JsonWrapperConditional:
		p.s(" WITH CONDITIONAL WRAPPER")
	case ast.JsonWrapperUnconditional:
		p.s(" WITH UNCONDITIONAL WRAPPER")
	}
}

func (p *printer) jsonQuotes(q ast.JsonQuotes) {
	switch q {
	case ast.JsonQuotesKeep:
		p.s(" KEEP QUOTES")
	case ast.JsonQuotesOmit:
		p.s(" OMIT QUOTES")
	}
}

var jsonBehaviors = [...]string{
	ast.JsonBehaviorNull: "NULL", ast.JsonBehaviorError: "ERROR", ast.JsonBehaviorEmpty: "EMPTY",
	ast.JsonBehaviorTrue: "TRUE", ast.JsonBehaviorFalse: "FALSE", ast.JsonBehaviorUnknown: "UNKNOWN",
	ast.JsonBehaviorEmptyArray: "EMPTY ARRAY", ast.JsonBehaviorEmptyObject: "EMPTY OBJECT",
	ast.JsonBehaviorDefault: "DEFAULT ",
}

func (p *printer) jsonBehavior(b *ast.JsonBehavior, on string) {
	if b == nil {
		return
	}
	p.c(' ')
	p.s(jsonBehaviors[b.Type])
	if b.Expr != nil {
		p.expr(b.Expr)
	}
	p.s(on)
}

func (p *printer) document(document bool) {
	if document {
		p.s("DOCUMENT ")
	} else {
		p.s("CONTENT ")
	}
}

func (p *printer) xmlExpr(e *ast.XmlExpr) {
	switch e.Op {
	case ast.IsDocument:
		p.operand(e.Args[0], levelIs+1)
		p.s(" IS DOCUMENT")
		return
	case ast.XmlConcat:
		p.s("XMLCONCAT(")
		p.exprs(e.Args)
	case ast.XmlForest:
		p.s("XMLFOREST(")
		p.xmlAttributes(e.NamedArgs)
	case ast.XmlElement:
		p.s("XMLELEMENT(NAME ")
		p.ident(e.Name)
		if len(e.NamedArgs) > 0 {
			p.s(", XMLATTRIBUTES(")
			p.xmlAttributes(e.NamedArgs)
			p.c(')')
		}
		if len(e.Args) > 0 {
			p.s(", ")
			p.exprs(e.Args)
		}
	case ast.XmlPI:
		p.s("XMLPI(NAME ")
		p.ident(e.Name)
		if len(e.Args) > 0 {
			p.s(", ")
			p.exprs(e.Args)
		}
	case ast.XmlParse:
		p.s("XMLPARSE(")
		p.document(e.Document)
		p.exprs(e.Args)
		if e.PreserveWhitespace {
			p.s(" PRESERVE WHITESPACE")
		}
	case ast.XmlRoot:
		p.xmlRoot(e)
	}
	p.c(')')
}

func (p *printer) xmlRoot(e *ast.XmlExpr) {
	p.s("XMLROOT(")
	if len(e.Args) != 3 {
		p.exprs(e.Args)
		return
	}
	p.expr(e.Args[0])
	p.s(", VERSION ")
	if c, ok := e.Args[1].(*ast.AConst); ok && c.Kind == ast.ConstNull {
		p.s("NO VALUE")
	} else {
		p.expr(e.Args[1])
	}
	if c, ok := e.Args[2].(*ast.AConst); ok && c.Int >= 0 && c.Int < 3 {
		p.s([...]string{", STANDALONE YES", ", STANDALONE NO", ", STANDALONE NO VALUE"}[c.Int])
	}
}

func (p *printer) xmlAttributes(args []*ast.ResTarget) {
	list(p, args, func(r *ast.ResTarget) {
		p.expr(r.Value)
		if r.Name != "" {
			p.s(" AS ")
			p.ident(r.Name)
		}
	})
}
