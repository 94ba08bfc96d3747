package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/migrate"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/sql/ast"
	"github.com/basement-project/basement/internal/sql/parse"
)

func (a *app) databaseCommand() *cobra.Command {
	return group("db", "Query, check and reset the database", a.dbQuery(), a.dbCheck(), a.dbReset())
}

func (a *app) dbQuery() *cobra.Command {
	var role, claims string
	var asJSON, asCSV bool
	cmd := &cobra.Command{
		Use: "query 'SQL'", Short: "Run SQL and print its rows",
		Long: "Runs one or more statements in one transaction, as the project's owner or as --role with --claims, as a request of\n" +
			"that role would run them, and prints the rows of each. \"-\" reads the SQL from standard input.",
		Example: "  basement db query 'select * from posts'\n  basement db query --role anon 'select count(*) from posts'\n" +
			"  basement db query --role authenticated --claims '{\"sub\":\"...\"}' --json 'select * from posts'",
		Args: exactly(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if asJSON && asCSV {
				return usageError{errors.New("--json and --csv exclude each other"), cmd.CommandPath()}
			}
			if claims != "" && !json.Valid([]byte(claims)) {
				return usageError{errors.New("--claims is not JSON"), cmd.CommandPath()}
			}
			text := args[0]
			if text == "-" {
				data, err := io.ReadAll(io.LimitReader(a.console.in, 64<<20))
				if err != nil {
					return err
				}
				text = string(data)
			}
			return a.withDatabase(cmd, func(ctx context.Context, _ *config.Config, db *database) error {
				results, err := runQuery(ctx, db.engine, text, engine.AdminOptions{Role: role, Claims: claims})
				if err != nil {
					return err
				}
				for _, r := range results {
					if err := a.printResult(r, asJSON, asCSV); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&role, "role", "", "run as this role")
	cmd.Flags().StringVar(&claims, "claims", "", "the token's claims to run with, as JSON")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	cmd.Flags().BoolVar(&asCSV, "csv", false, "print CSV")
	return cmd
}

func runQuery(ctx context.Context, db migrate.Database, text string, opt engine.AdminOptions) ([]*engine.Result, error) {
	script := project.ParseScript("SQL", text)
	if len(script.Statements) == 0 {
		return nil, errors.New("no statement given")
	}
	var tx engine.AdminTx
	var err error
	if len(script.Statements) == 1 && ownTransaction(script.Statements[0].Text) {
		opt.Autocommit = true
		tx, err = db.Admin(ctx, opt)
	} else {
		tx, err = migrate.Begin(ctx, db, opt)
	}
	if err != nil {
		return nil, err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	var results []*engine.Result
	for _, st := range script.Statements {
		if st.ControlsTransaction() {
			return nil, errors.New("the statements run in one transaction of their own: leave out " + st.Text)
		}
		result, err := tx.Exec(ctx, st.Text, nil)
		if e := errs.Of(err); e != nil {
			return nil, &migrate.Refusal{File: script.Name, Place: script.Place(st, e.Position), Statement: st.Text, Err: e}
		}
		if err != nil {
			return nil, err
		}
		results = append(results, result)
	}
	return results, tx.Commit(ctx)
}

// ownTransaction says whether a statement that stands alone may end its transaction itself: CALL and DO.
func ownTransaction(text string) bool {
	stmt, err := parse.Statement(text)
	if err != nil {
		return false
	}
	switch stmt.(type) {
	case *ast.CallStmt, *ast.DoStmt:
		return true
	}
	return false
}

func (a *app) printResult(r *engine.Result, asJSON, asCSV bool) error {
	if len(r.Columns) == 0 {
		if !asJSON && !asCSV {
			a.console.printf("%s\n", r.Tag)
		}
		return nil
	}
	switch {
	case asJSON:
		a.console.printf("%s\n", rowsJSON(r))
	case asCSV:
		a.console.printf("%s", rowsCSV(r))
	default:
		headings := make([]string, len(r.Columns))
		for i, c := range r.Columns {
			headings[i] = c.Name
		}
		rows := make([][]string, len(r.Rows))
		for i, row := range r.Rows {
			for _, value := range row {
				text := ""
				if value != nil {
					text = *value
				}
				rows[i] = append(rows[i], text)
			}
		}
		a.console.table(headings, rows)
		plural := "s"
		if len(rows) == 1 {
			plural = ""
		}
		a.console.printf("(%d row%s)\n", len(rows), plural)
	}
	return nil
}

// Types whose text is JSON's too, with PostgreSQL's numbers: numbers (as far as they are finite), and JSON itself.
const (
	oidBool    = 16
	oidInt8    = 20
	oidInt2    = 21
	oidInt4    = 23
	oidJSON    = 114
	oidFloat4  = 700
	oidFloat8  = 701
	oidNumeric = 1700
	oidJSONB   = 3802
)

func rowsJSON(r *engine.Result) []byte {
	var out bytes.Buffer
	out.WriteByte('[')
	for i, row := range r.Rows {
		if i > 0 {
			out.WriteString(",\n ")
		}
		out.WriteByte('{')
		for j, value := range row {
			if j > 0 {
				out.WriteByte(',')
			}
			out.Write(jsonText(r.Columns[j].Name))
			out.WriteByte(':')
			out.Write(jsonValue(uint32(r.Columns[j].Type), value))
		}
		out.WriteByte('}')
	}
	out.WriteByte(']')
	return out.Bytes()
}

func jsonValue(oid uint32, value *string) []byte {
	if value == nil {
		return []byte("null")
	}
	switch oid {
	case oidBool:
		if *value == "t" {
			return []byte("true")
		}
		return []byte("false")
	case oidInt2, oidInt4, oidInt8, oidFloat4, oidFloat8, oidNumeric, oidJSON, oidJSONB:
		if json.Valid([]byte(*value)) {
			return []byte(*value)
		}
	}
	return jsonText(*value)
}

func jsonText(text string) []byte {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text)
	return bytes.TrimSuffix(out.Bytes(), []byte("\n"))
}

// rowsCSV prints CSV as PostgreSQL's COPY does: NULL is nothing, an empty text is "".
func rowsCSV(r *engine.Result) string {
	var out strings.Builder
	quote := func(text string) string {
		if text != "" && !strings.ContainsAny(text, ",\"\r\n") && text != `\.` {
			return text
		}
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	for i, c := range r.Columns {
		if i > 0 {
			out.WriteByte(',')
		}
		out.WriteString(quote(c.Name))
	}
	out.WriteByte('\n')
	for _, row := range r.Rows {
		for i, value := range row {
			if i > 0 {
				out.WriteByte(',')
			}
			if value != nil {
				out.WriteString(quote(*value))
			}
		}
		out.WriteByte('\n')
	}
	return out.String()
}

func (a *app) dbCheck() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "check", Short: "List the project's statements that the embedded engine refuses",
		Long: "Applies the project's migrations and seed files to a throw-away embedded database, statement by statement, and lists\n" +
			"those it refuses as file:line:column. Nothing of the project or its data is touched.",
		Example: "  basement db check\n  basement db check --json",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			list, err := a.migrations(c)
			if err != nil {
				return err
			}
			dir, err := os.MkdirTemp("", "basement-check")
			if err != nil {
				return err
			}
			defer func() { _ = os.RemoveAll(dir) }()
			scratch := *c
			scratch.Data, scratch.DatabaseURL = dir, ""
			db, err := openDatabase(cmd.Context(), &scratch, nil)
			if err != nil {
				return err
			}
			defer db.close(cmd.Context())
			outcomes, err := migrate.Up(cmd.Context(), db.engine, list, migrate.Options{KeepGoing: true})
			if err != nil {
				return err
			}
			seeds, _, err := project.At(c.Project).Seeds(c.SeedPaths)
			if err != nil {
				return err
			}
			report := migrationReport{Applied: []string{}, Refused: []refusedStatement{}}
			seedErr := error(nil)
			if c.SeedEnabled {
				seedErr = migrate.Seed(cmd.Context(), db.engine, seeds, migrate.Options{})
			}
			report.add(outcomes, seedErr)
			var refusal *migrate.Refusal
			if seedErr != nil && !errors.As(seedErr, &refusal) {
				return seedErr
			}
			if asJSON {
				if err := a.printJSON(report); err != nil {
					return err
				}
			} else {
				for _, r := range report.Refused {
					hint := ""
					if r.Hint != "" {
						hint = " - " + r.Hint
					}
					a.console.printf("%s:%d:%d: %s (%s)%s\n", r.File, r.Line, r.Column, r.Message, r.Code, hint)
				}
			}
			if len(report.Refused) > 0 {
				a.console.notef("%d statement(s) refused\n", len(report.Refused))
				return errSilent
			}
			a.console.notef("%d file(s), nothing refused\n", len(list)+len(seeds))
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

func (a *app) dbReset() *cobra.Command {
	var yes bool
	cmd := &cobra.Command{
		Use: "reset", Short: "Empty the database, then apply all migrations and seeds",
		Long: "Deletes everything in the database, then applies every migration and the seed files. The embedded database's\n" +
			"keys stay. On PostgreSQL every schema of the database is dropped (roles stay: they belong to the whole server),\n" +
			"which asks first, or needs --yes.",
		Example: "  basement db reset\n  basement db reset --database postgres://localhost/shop --yes",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			if c.DatabaseURL != "" && !yes && !a.console.confirm("Drop every schema of this PostgreSQL database?") {
				return errors.New("not confirmed: nothing was changed (use --yes)")
			}
			db, err := openEmptied(cmd.Context(), c, a.logger(c))
			if err != nil {
				return err
			}
			defer db.close(cmd.Context())
			return a.bringUp(cmd.Context(), c, db)
		},
	}
	cmd.Flags().BoolVar(&yes, "yes", false, "do not ask")
	return cmd
}

// bringUp applies the pending migrations and, when the database is new, the seeds.
func (a *app) bringUp(ctx context.Context, c *config.Config, db *database) error {
	opt := a.progress(false, false)
	if c.MigrationsEnabled {
		list, err := a.migrations(c)
		if err != nil {
			return err
		}
		if _, err := migrate.Up(ctx, db.engine, list, opt); err != nil {
			return err
		}
	}
	if !c.SeedEnabled {
		return nil
	}
	seeds, unmatched, err := project.At(c.Project).Seeds(c.SeedPaths)
	if err != nil {
		return err
	}
	for _, pattern := range unmatched {
		if pattern != "./seed.sql" {
			a.console.warn(fmt.Sprintf("db.seed.sql_paths: no file matches %q", pattern))
		}
	}
	return migrate.Seed(ctx, db.engine, seeds, opt)
}
