package session

import (
	"strings"

	"github.com/ncruces/go-sqlite3"
)

// unknown are SQLite's sentences about a function that is not registered: the first when it resolves names, the second when
// it compiles an expression of the schema, which it read before the function was known.
var unknown = [...]string{"no such function: ", "unknown function: "}

// prepare compiles the first statement of sql; the functions it misses are registered.
func (c *Conn) prepare(sql string, flags sqlite3.PrepareFlag) (*sqlite3.Stmt, string, error) {
	for {
		s, tail, err := c.DB.PrepareFlags(sql, flags)
		if err == nil {
			return s, tail, nil
		}
		defined, failed := c.define(err, sql)
		if failed != nil {
			err = failed
		}
		if !defined {
			return nil, "", err
		}
	}
}

// define registers the functions whose absence err tells about; false when that is not what it tells. To save rounds, every
// function sql seems to call is registered.
func (c *Conn) define(err error, sql string) (bool, error) {
	if c.Define == nil {
		return false, nil
	}
	text := err.Error()
	for _, sentence := range unknown {
		_, name, ok := strings.Cut(text, sentence)
		if !ok {
			continue
		}
		defined, err := c.Define(name[:wordEnd(name)])
		if !defined || err != nil {
			return false, err
		}
		for i := 0; i < len(sql); {
			n := wordEnd(sql[i:])
			if n == 0 {
				i++
				continue
			}
			if i+n < len(sql) && sql[i+n] == '(' {
				if _, err := c.Define(sql[i : i+n]); err != nil {
					return false, err
				}
			}
			i += n
		}
		return true, nil
	}
	return false, nil
}

// wordEnd is the length of the identifier s starts with.
func wordEnd(s string) int {
	for i := range len(s) {
		if c := s[i]; c != '_' && c != '$' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') && c < 0x80 {
			return i
		}
	}
	return len(s)
}
