package sqlite

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"

	"github.com/ncruces/go-sqlite3"

	"github.com/basement-project/basement/internal/engine/sqlite/printer"
	"github.com/basement-project/basement/internal/engine/sqlite/session"
	"github.com/basement-project/basement/internal/errs"
)

// FileName is the database file's name in the data folder.
const FileName = "basement.db"

// oldestSQLite is the first version without the bug that could lose commits of concurrent writers and checkpoints.
const oldestSQLite = 3_051_003

// lockFolder makes sure that no other process uses the data folder. The lock ends with the process.
func lockFolder(dir string) (*os.File, error) {
	f, err := os.OpenFile(filepath.Join(dir, "basement.lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		holder, _ := io.ReadAll(io.LimitReader(f, 32))
		_ = f.Close()
		if !errors.Is(err, syscall.EWOULDBLOCK) {
			return nil, err
		}
		e := errs.New("55006", "the data folder %s is in use by another process", dir)
		if pid := strings.TrimSpace(string(holder)); pid != "" {
			e.Message += " (" + pid + ")"
		}
		return nil, e.WithHint("Stop the other one first, or choose another folder with --data.")
	}
	if err := f.Truncate(0); err == nil {
		_, _ = f.WriteAt([]byte(strconv.Itoa(os.Getpid())+"\n"), 0)
	}
	return f, nil
}

// purpose is what a connection is for.
type purpose int

const (
	forWriting purpose = iota
	forReading
)

// open makes a connection to the file, with everything registered on it that statements need.
func (e *Engine) open(p purpose) (*session.Conn, error) {
	flags := sqlite3.OPEN_READWRITE
	if p == forWriting {
		flags |= sqlite3.OPEN_CREATE
	}
	if p == forWriting {
		// SQLite would make the file readable by everybody; its log gets the file's mode.
		if f, err := os.OpenFile(e.path, os.O_RDWR|os.O_CREATE, 0o600); err == nil {
			_ = f.Close()
		}
	}
	db, err := sqlite3.OpenFlags(e.path, flags)
	if err != nil {
		return nil, session.Translate(e.base, err, "open "+e.path)
	}
	// SQLite's stack is small: what nests deeper than this could overflow it. The printer stays below.
	db.Limit(sqlite3.LIMIT_COMPOUND_SELECT, printer.MaxCompound)
	limit := e.opt.Statements
	c := session.NewConn(db, limit)
	pragmas := `PRAGMA busy_timeout=5000; PRAGMA foreign_keys=OFF; PRAGMA trusted_schema=ON; PRAGMA recursive_triggers=OFF;
PRAGMA cache_size=-` + strconv.Itoa(e.opt.CacheKB) + `; PRAGMA temp_store=MEMORY;`
	if p == forWriting {
		pragmas += `PRAGMA page_size=4096; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA journal_size_limit=67108864;
PRAGMA wal_autocheckpoint=` + strconv.Itoa(e.opt.CheckpointPages) + `;`
	} else {
		pragmas += `PRAGMA query_only=ON;`
	}
	err = c.ExecScript(pragmas)
	if err == nil {
		err = e.register(c)
	}
	if err != nil {
		_ = c.Close()
		return nil, err
	}
	return c, nil
}

// checkVersion refuses an SQLite that may lose commits.
func checkVersion(c *session.Conn) error {
	row, err := c.QueryRow(`SELECT sqlite_version()`)
	if err != nil {
		return err
	}
	var major, minor, patch int
	if _, err := fmt.Sscanf(row[0].S, "%d.%d.%d", &major, &minor, &patch); err != nil {
		return errs.Internal("read SQLite's version", err)
	}
	if major*1_000_000+minor*1_000+patch < oldestSQLite {
		return errs.New("58030", "SQLite %s may lose commits; 3.51.3 is the oldest usable version", row[0].S)
	}
	return nil
}
