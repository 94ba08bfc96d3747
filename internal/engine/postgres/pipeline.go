package postgres

import (
	"strconv"

	"github.com/jackc/pgx/v5/pgconn"
)

// pipeline sends statements without waiting and receives their answers in order. Statements with parameters are prepared
// once on each connection.
type pipeline struct {
	*pgconn.Pipeline
	cache *statements
	// prepared are the texts this pipeline prepares, the first confirmed of them successfully.
	prepared  []string
	confirmed int
	expect    []func(*pgconn.ResultReader) error
}

// send queues one statement; read gets its rows.
func (p *pipeline) send(sql string, args []*string, read func(*pgconn.ResultReader) error) {
	p.expect = append(p.expect, read)
	values := make([][]byte, len(args))
	for i, a := range args {
		if a != nil {
			values[i] = []byte(*a)
		}
	}
	if read == nil {
		p.SendQueryParams(sql, values, nil, nil, nil)
		return
	}
	name, known := p.cache.name(sql)
	if !known {
		if old := p.cache.evict(); old != "" {
			p.SendDeallocate(old)
		}
		p.SendPrepare(name, sql, nil)
		p.prepared = append(p.prepared, sql)
	}
	p.SendQueryPrepared(name, values, nil, nil)
}

// receive reads the answers up to the synchronisation point. The first error ends the transaction and is given.
func (p *pipeline) receive() error {
	var first error
	next := 0
	for {
		res, err := p.GetResults()
		if err != nil {
			if first == nil {
				first = err
			}
			if p.broken(err) {
				return first
			}
			continue
		}
		switch r := res.(type) {
		case *pgconn.StatementDescription:
			p.confirmed++
		case *pgconn.PipelineSync:
			p.expect = p.expect[:0]
			return first
		case *pgconn.ResultReader:
			read := p.expect[next]
			next++
			if read == nil {
				_, err = r.Close()
			} else {
				err = read(r)
				if _, cerr := r.Close(); err == nil {
					err = cerr
				}
			}
			if err != nil && first == nil {
				first = err
			}
		case nil:
			return first
		}
	}
}

// broken says that no synchronisation point will come: the connection itself failed.
func (p *pipeline) broken(err error) bool {
	_, ok := err.(*pgconn.PgError)
	return !ok
}

const cacheKey = "basement statements"

// maxStatements bounds the prepared statements of one connection.
const maxStatements = 256

// statements are a connection's prepared statements by their text.
type statements struct {
	names map[string]string
	order []string
	made  int
}

func statementsOf(pg *pgconn.PgConn) *statements {
	data := pg.CustomData()
	if s, ok := data[cacheKey].(*statements); ok {
		return s
	}
	s := &statements{names: map[string]string{}}
	data[cacheKey] = s
	return s
}

// name gives the prepared statement's name and whether the server has it already.
func (s *statements) name(sql string) (string, bool) {
	if n, ok := s.names[sql]; ok {
		return n, true
	}
	s.made++
	n := "b" + strconv.Itoa(s.made)
	s.names[sql] = n
	s.order = append(s.order, sql)
	return n, false
}

// evict makes room for one more and gives the name of the statement to deallocate, "" for none.
func (s *statements) evict() string {
	if len(s.order) <= maxStatements {
		return ""
	}
	old := s.order[0]
	s.order = s.order[1:]
	n := s.names[old]
	delete(s.names, old)
	return n
}

// undo forgets statements whose preparation may not have happened: the pipeline failed.
func (s *statements) undo(sqls []string) {
	for _, sql := range sqls {
		delete(s.names, sql)
		for i, o := range s.order {
			if o == sql {
				s.order = append(s.order[:i], s.order[i+1:]...)
				break
			}
		}
	}
}
