package main

import (
	"context"
	"encoding/json"
	"fmt"
	"path/filepath"
	"runtime"
	"strconv"
	"time"

	"github.com/ncruces/go-sqlite3"
)

// sqlite is a pool of reading connections and one writer, which takes all writes that wait into one transaction.
type sqlite struct {
	readers chan *conn
	writes  chan *writeOp
	stopped chan struct{}
}

type conn struct {
	db    *sqlite3.Conn
	stmts [queries]*sqlite3.Stmt
}

type writeOp struct {
	q    query
	args []any
	done chan error
}

const post = "id, author_id, title, body, created_at, published"

var sqliteSQL = [queries]string{
	readPost:    "SELECT " + post + " FROM posts WHERE id = ? AND published",
	listPosts:   "SELECT id, title, created_at FROM posts WHERE author_id = ? AND published ORDER BY created_at DESC LIMIT 20",
	newestPosts: "SELECT " + post + " FROM posts WHERE published ORDER BY created_at DESC LIMIT 20",
	embedPosts:  "SELECT p.id, p.author_id, p.title, p.body, p.created_at, p.published, a.id, a.name FROM posts p LEFT JOIN authors a ON a.id = p.author_id WHERE published ORDER BY created_at DESC LIMIT 20",
	listNotes:   "SELECT id, owner, title FROM notes WHERE owner = ? ORDER BY id DESC LIMIT 20",
	countPosts:  "SELECT count(*) FROM posts WHERE author_id = ? AND published",
	createPost:  "INSERT INTO posts (author_id, title, body, created_at, published) VALUES (?1, ?2, ?3, ?4, 1)",
	updatePost:  "UPDATE posts SET title = ?1 WHERE id = ?2 AND published",
	upsertPost:  "INSERT INTO posts (id, author_id, title, created_at, published) VALUES (?1, ?2, ?3, ?4, 1) ON CONFLICT (id) DO UPDATE SET author_id = excluded.author_id, title = excluded.title",
	createNote:  "INSERT INTO notes (owner, title) VALUES (?1, ?2)",
}

// frames are the texts before each column of a row, and after the last.
var frames = [queries][]string{
	readPost:    {`{"id":`, `,"author_id":`, `,"title":`, `,"body":`, `,"created_at":`, `,"published":`, `}`},
	listPosts:   {`{"id":`, `,"title":`, `,"created_at":`, `}`},
	newestPosts: {`{"id":`, `,"author_id":`, `,"title":`, `,"body":`, `,"created_at":`, `,"published":`, `}`},
	embedPosts:  {`{"id":`, `,"author_id":`, `,"title":`, `,"body":`, `,"created_at":`, `,"published":`, `,"authors":{"id":`, `,"name":`, `}}`},
	listNotes:   {`{"id":`, `,"owner":`, `,"title":`, `}`},
}

func openConn(dir string, writer bool) (*conn, error) {
	db, err := sqlite3.Open(filepath.Join(dir, "bare.db"))
	if err != nil {
		return nil, err
	}
	pragmas := "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA cache_size=-4096; PRAGMA temp_store=MEMORY;"
	if writer {
		pragmas += "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864; PRAGMA wal_autocheckpoint=4000;"
	}
	return &conn{db: db}, db.Exec(pragmas)
}

func openSQLite(dir string, empty bool) (store, error) {
	n := 4 * runtime.GOMAXPROCS(0)
	s := &sqlite{readers: make(chan *conn, n), writes: make(chan *writeOp, 256), stopped: make(chan struct{})}
	w, err := openConn(dir, true)
	if err != nil {
		return nil, err
	}
	if empty {
		err := w.db.Exec(`CREATE TABLE authors (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
CREATE TABLE posts (id INTEGER PRIMARY KEY, author_id INTEGER NOT NULL REFERENCES authors, title TEXT NOT NULL, body TEXT, created_at TEXT NOT NULL, published INTEGER NOT NULL);
CREATE INDEX posts_author ON posts (author_id, created_at); CREATE INDEX posts_created ON posts (created_at);
CREATE TABLE notes (id INTEGER PRIMARY KEY, owner TEXT NOT NULL, title TEXT NOT NULL);
CREATE INDEX notes_owner ON notes (owner, id);`)
		if err != nil {
			return nil, err
		}
	}
	for range n {
		c, err := openConn(dir, false)
		if err != nil {
			return nil, err
		}
		s.readers <- c
	}
	go s.writer(w)
	return s, nil
}

func (c *conn) stmt(q query, args []any) (*sqlite3.Stmt, error) {
	st := c.stmts[q]
	if st == nil {
		var err error
		if st, _, err = c.db.PrepareFlags(sqliteSQL[q], sqlite3.PREPARE_PERSISTENT); err != nil {
			return nil, err
		}
		c.stmts[q] = st
	}
	for i, a := range args {
		var err error
		switch a := a.(type) {
		case int64:
			err = st.BindInt64(i+1, a)
		case string:
			err = st.BindText(i+1, a)
		}
		if err != nil {
			return nil, err
		}
	}
	return st, nil
}

func (s *sqlite) read(_ context.Context, buf []byte, q query, args ...any) ([]byte, error) {
	c := <-s.readers
	defer func() { s.readers <- c }()
	st, err := c.stmt(q, args)
	if err != nil {
		return nil, err
	}
	defer func() { _ = st.Reset() }()
	buf = append(buf, '[')
	frame := frames[q]
	for n := 0; st.Step(); n++ {
		if n > 0 {
			buf = append(buf, ',')
		}
		for i := range len(frame) - 1 {
			buf = append(buf, frame[i]...)
			switch {
			case frame[i] == `,"published":`:
				buf = strconv.AppendBool(buf, st.ColumnInt64(i) != 0)
			case st.ColumnType(i) == sqlite3.INTEGER:
				buf = strconv.AppendInt(buf, st.ColumnInt64(i), 10)
			case st.ColumnType(i) == sqlite3.TEXT:
				buf = appendText(buf, st.ColumnRawText(i))
			default:
				buf = append(buf, "null"...)
			}
		}
		buf = append(buf, frame[len(frame)-1]...)
	}
	return append(buf, ']'), st.Err()
}

func appendText(buf, text []byte) []byte {
	for _, c := range text {
		if c < ' ' || c == '"' || c == '\\' {
			quoted, _ := json.Marshal(string(text))
			return append(buf, quoted...)
		}
	}
	buf = append(buf, '"')
	buf = append(buf, text...)
	return append(buf, '"')
}

func (s *sqlite) count(_ context.Context, q query, args ...any) (int64, error) {
	c := <-s.readers
	defer func() { s.readers <- c }()
	st, err := c.stmt(q, args)
	if err != nil {
		return 0, err
	}
	defer func() { _ = st.Reset() }()
	st.Step()
	return st.ColumnInt64(0), st.Err()
}

func (s *sqlite) write(_ context.Context, q query, args ...any) error {
	if q == createPost || q == upsertPost {
		args = append(args, time.Now().UTC().Format("2006-01-02T15:04:05.000000+00:00"))
	}
	op := &writeOp{q, args, make(chan error, 1)}
	s.writes <- op
	return <-op.done
}

// writer runs each write in a savepoint of its group's transaction and answers when that is on disk.
func (s *sqlite) writer(c *conn) {
	defer close(s.stopped)
	var group []*writeOp
	for op := range s.writes {
		group = append(group[:0], op)
	more:
		for len(group) < 256 {
			select {
			case next, ok := <-s.writes:
				if !ok {
					break more
				}
				group = append(group, next)
			default:
				break more
			}
		}
		errs := make([]error, len(group))
		err := c.run("BEGIN IMMEDIATE")
		for i, op := range group {
			if err == nil {
				errs[i] = c.apply(op)
			}
		}
		if err == nil {
			err = c.run("COMMIT")
		}
		for i, op := range group {
			if errs[i] == nil {
				errs[i] = err
			}
			op.done <- errs[i]
		}
	}
	_ = c.db.Close()
}

func (c *conn) run(sql string) error { return c.db.Exec(sql) }

func (c *conn) apply(op *writeOp) error {
	if err := c.run("SAVEPOINT w"); err != nil {
		return err
	}
	st, err := c.stmt(op.q, op.args)
	if err == nil {
		err = st.Exec()
	}
	if err != nil {
		_ = c.run("ROLLBACK TO w")
	}
	if released := c.run("RELEASE w"); err == nil {
		err = released
	}
	return err
}

func (s *sqlite) load(_ context.Context, authors, posts int, owner string) error {
	c := <-s.readers
	defer func() { s.readers <- c }()
	series := func(n int) string {
		return fmt.Sprintf("WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < %d) ", n)
	}
	return c.db.Exec("BEGIN IMMEDIATE; " + series(authors) + "INSERT INTO authors SELECT n, 'author ' || n FROM s; " +
		series(posts) + fmt.Sprintf(`INSERT INTO posts SELECT n, n %% %d + 1, 'title ' || n, printf('%%.100c', 'x'), strftime('%%Y-%%m-%%dT%%H:%%M:%%S+00:00', '2024-01-01', n || ' minutes'), 1 FROM s; `, authors) +
		series(posts) + fmt.Sprintf(`INSERT INTO notes (owner, title) SELECT CASE WHEN n %% 100 = 0 THEN '%s' ELSE lower(hex(randomblob(16))) END, 'note ' || n FROM s; COMMIT`, owner))
}

func (s *sqlite) close() error {
	close(s.writes)
	<-s.stopped
	for range cap(s.readers) {
		_ = (<-s.readers).db.Close()
	}
	return nil
}
