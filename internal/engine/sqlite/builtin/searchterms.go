package builtin

import (
	"github.com/basement-project/basement/internal/sql/types"
	"github.com/basement-project/basement/internal/sql/types/textsearch"
)

// searchSupport declares what indexes on tsvector need.
func searchSupport() []support {
	return []support{
		{name: "pg_terms_tsvector", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			v, err := textsearch.ParseVector(c.Args[0].S)
			if err != nil {
				return types.Datum{}, err
			}
			var buf []byte
			for _, l := range v {
				buf = Term(buf, l.Text)
			}
			return types.Text(string(buf)), nil
		}},
		{name: "pg_terms_tsquery", volatility: 'i', strict: true, fn: func(c *Call) (types.Datum, error) {
			q, err := readQuery(c.Args[0])
			if err != nil || q == nil {
				return types.Datum{}, nil
			}
			return queryCandidates(q, 0).Datum(), nil
		}},
	}
}

// queryCandidates are the rows that have the words a query asks for, wherever.
func queryCandidates(q *textsearch.Query, depth int) Candidates {
	if depth > 4*maxTermDepth {
		return Candidates{}
	}
	switch q.Op {
	case textsearch.Word:
		return HasTerm(q.Text, q.Prefix)
	case textsearch.And, textsearch.Phrase:
		return And(queryCandidates(q.Left, depth+1), queryCandidates(q.Right, depth+1))
	case textsearch.Or:
		return Or(queryCandidates(q.Left, depth+1), queryCandidates(q.Right, depth+1))
	}
	return Candidates{}
}
