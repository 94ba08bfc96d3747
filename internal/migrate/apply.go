package migrate

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

// Refusal is a statement the database refused.
type Refusal struct {
	File  string
	Place project.Place
	// Statement is its text.
	Statement string
	Err       *errs.Error
}

func (r *Refusal) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", r.File, r.Place.Line, r.Place.Column, r.Err.Error())
}

// Unwrap gives the database's error.
func (r *Refusal) Unwrap() error { return r.Err }

// Outcome tells of one file: what it took and what of it was refused.
type Outcome struct {
	File     string
	Took     time.Duration
	Count    int
	Refusals []*Refusal
}

// Options say how files are applied.
type Options struct {
	// KeepGoing applies the statements that are not refused, each for itself, instead of stopping at the first refusal.
	KeepGoing bool
	// Starting is called before a file, Done after it has been committed; both may be nil.
	Starting func(file string)
	Done     func(Outcome)
}

// Up applies the project's pending migrations in order. A *Refusal is the error when a statement was refused: the files
// before its file are applied, its file is not. With KeepGoing refusals are in the outcomes alone.
func Up(ctx context.Context, db Database, list []project.Migration, opt Options) ([]Outcome, error) {
	applied, err := prepare(ctx, db)
	if err != nil {
		return nil, fmt.Errorf("prepare the history of migrations: %w", err)
	}
	var outcomes []Outcome
	for _, m := range list {
		if applied[m.Version] {
			continue
		}
		outcome, err := applyMigration(ctx, db, m, opt)
		if errors.Is(err, errElsewhere) {
			continue
		}
		if err != nil {
			return outcomes, err
		}
		outcomes = append(outcomes, outcome)
	}
	if len(outcomes) > 0 {
		gatherStatistics(ctx, db)
	}
	return outcomes, nil
}

// firstStatistics analyses the tables that never were: until then the planner guesses their size.
const firstStatistics = `do $$ declare t regclass; begin
for t in select c.oid from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind in ('r', 'm', 'p') and c.reltuples < 0 and n.nspname not in ('pg_catalog', 'information_schema')
    and not c.relispartition and pg_has_role(c.relowner, 'usage')
loop execute 'analyze ' || t; end loop; end $$`

// gatherStatistics is for speed alone: where it cannot be done, as on the embedded engine, nothing is lost.
func gatherStatistics(ctx context.Context, db Database) {
	_ = within(ctx, db, func(tx engine.AdminTx) error {
		_, err := tx.Exec(ctx, firstStatistics, nil)
		return err
	})
}

// errElsewhere says that another process applied the migration meanwhile.
var errElsewhere = errors.New("applied elsewhere")

func applyMigration(ctx context.Context, db Database, m project.Migration, opt Options) (Outcome, error) {
	script, err := m.Read()
	if err != nil {
		return Outcome{}, err
	}
	texts := make([]string, len(script.Statements))
	for i, st := range script.Statements {
		texts[i] = st.Text
	}
	return applyFile(ctx, db, script, opt, func(tx engine.AdminTx) error {
		// First, so that its unique version makes another process wait and then leave the file alone.
		statements := arrayLiteral(texts)
		_, err := tx.Exec(ctx, writeHistory, nil, &m.Version, &m.Title, &statements)
		if e := errs.Of(err); e != nil && e.Code == uniqueViolate {
			return errElsewhere
		}
		return err
	})
}

// Seed runs the seed files when they have not run on this database, all in one transaction.
func Seed(ctx context.Context, db Database, files []project.File, opt Options) error {
	paths, err := readColumn(ctx, db, readSeeds)
	if err != nil {
		return err
	}
	if !paths[seedMarker] {
		return nil
	}
	return within(ctx, db, func(tx engine.AdminTx) error {
		// First, so that another process waits and then finds nothing to do.
		mine, err := tx.Exec(ctx, takeMarker, nil)
		if err != nil || len(mine.Rows) == 0 {
			return err
		}
		for _, f := range files {
			script, err := f.Read()
			if err != nil {
				return err
			}
			if err := runScript(ctx, tx, script, opt); err != nil {
				return err
			}
			sum := sha256.Sum256([]byte(script.Text))
			hash := hex.EncodeToString(sum[:])
			if _, err := tx.Exec(ctx, writeSeed, nil, &f.Name, &hash); err != nil {
				return err
			}
		}
		return nil
	})
}

func runScript(ctx context.Context, tx engine.AdminTx, script *project.Script, opt Options) error {
	start := time.Now()
	if opt.Starting != nil {
		opt.Starting(script.Name)
	}
	for _, st := range script.Statements {
		if err := runStatement(ctx, tx, script, st); err != nil {
			return err
		}
	}
	if opt.Done != nil {
		opt.Done(Outcome{File: script.Name, Took: time.Since(start), Count: len(script.Statements)})
	}
	return nil
}

func applyFile(ctx context.Context, db Database, script *project.Script, opt Options, first func(engine.AdminTx) error) (Outcome, error) {
	start := time.Now()
	if opt.Starting != nil {
		opt.Starting(script.Name)
	}
	outcome := Outcome{File: script.Name}
	err := within(ctx, db, func(tx engine.AdminTx) error {
		if err := first(tx); err != nil {
			return err
		}
		for _, st := range script.Statements {
			refusal, err := attempt(ctx, tx, script, st, opt.KeepGoing)
			if err != nil {
				return err
			}
			if refusal != nil {
				outcome.Refusals = append(outcome.Refusals, refusal)
				continue
			}
			outcome.Count++
		}
		return nil
	})
	if err != nil {
		return outcome, err
	}
	outcome.Took = time.Since(start)
	if opt.Done != nil {
		opt.Done(outcome)
	}
	return outcome, nil
}

// attempt runs a statement; with keepGoing a refusal is given apart and only its own effects are undone.
func attempt(ctx context.Context, tx engine.AdminTx, script *project.Script, st project.Statement, keepGoing bool) (*Refusal, error) {
	if !keepGoing || setsSavepoint(st) {
		return nil, runStatement(ctx, tx, script, st)
	}
	if err := tx.Savepoint(ctx); err != nil {
		return nil, err
	}
	err := runStatement(ctx, tx, script, st)
	var refusal *Refusal
	if errors.As(err, &refusal) {
		if err := tx.RollbackTo(ctx); err != nil {
			return nil, err
		}
	} else if err != nil {
		return nil, err
	}
	return refusal, tx.Release(ctx)
}

func runStatement(ctx context.Context, tx engine.AdminTx, script *project.Script, st project.Statement) error {
	if st.ControlsTransaction() {
		if st.UndoesTransaction() {
			return refuse(script, st, errs.New("25000", "a rollback has no place here: the file is applied as one transaction").
				WithHint("Remove the statement."))
		}
		// BEGIN and COMMIT say what holds anyway.
		return nil
	}
	done, err := moveCrypto(ctx, tx, script, st)
	switch {
	case done || err != nil:
	case st.CopiesIn:
		err = copyIn(ctx, tx, st)
	default:
		_, err = tx.Exec(ctx, withoutConcurrently(ctx, st.Text), nil)
	}
	if err == nil {
		return nil
	}
	e := errs.Of(err)
	if e == nil || trouble(e.Code) || ctx.Err() != nil {
		return fmt.Errorf("%s: %w", script.Name, err)
	}
	return refuse(script, st, e)
}

func refuse(script *project.Script, st project.Statement, e *errs.Error) *Refusal {
	return &Refusal{File: script.Name, Place: script.Place(st, e.Position), Statement: st.Text, Err: e}
}

// trouble says that an error is of the engine, not of the statement: nothing that follows would fare better.
func trouble(code string) bool {
	switch code[:min(2, len(code))] {
	case "08", "53", "57", "58":
		return code != "57014" // a statement's own time-out
	}
	return false
}

// setsSavepoint says whether a statement is SAVEPOINT, RELEASE or ROLLBACK TO: a savepoint around it would undo it.
func setsSavepoint(st project.Statement) bool {
	stmt, _ := parse.Statement(st.Text)
	t, ok := stmt.(*ast.TransactionStmt)
	return ok && (t.Kind == ast.TransSavepoint || t.Kind == ast.TransRelease || t.Kind == ast.TransRollbackTo)
}
