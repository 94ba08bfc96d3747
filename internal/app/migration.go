package app

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/migrate"
	"github.com/basement-project/basement/internal/project"
)

func (a *app) migrationCommand() *cobra.Command {
	return group("migration", "Make, apply and list migrations", a.migrationNew(), a.migrationUp(), a.migrationList())
}

func (a *app) migrationNew() *cobra.Command {
	return &cobra.Command{
		Use: "new NAME", Short: "Make an empty migration", Args: exactly(1),
		Example: "  basement migration new create_posts",
		RunE: func(cmd *cobra.Command, args []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			name, err := project.At(c.Project).NewMigration(args[0], time.Now())
			if err != nil {
				return err
			}
			a.console.printf("%s\n", name)
			return nil
		},
	}
}

func (a *app) migrationUp() *cobra.Command {
	var keepGoing, asJSON bool
	cmd := &cobra.Command{
		Use: "up", Short: "Apply the pending migrations", Args: exactly(0),
		Long: "Applies the migrations the database does not have, in order, each file whole or not at all, and stops at the first\n" +
			"statement that is refused. With --keep-going each statement is applied for itself and those refused are listed.",
		Example: "  basement migration up\n  basement migration up --keep-going\n  basement migration up --database postgres://localhost/shop",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withDatabase(cmd, func(ctx context.Context, c *config.Config, db *database) error {
				list, err := a.migrations(c)
				if err != nil {
					return err
				}
				report := migrationReport{Applied: []string{}, Refused: []refusedStatement{}}
				opt := a.progress(keepGoing, asJSON)
				outcomes, err := migrate.Up(ctx, db.engine, list, opt)
				report.add(outcomes, err)
				if asJSON {
					if printed := a.printJSON(report); printed != nil {
						return printed
					}
				}
				var refusal *migrate.Refusal
				switch {
				case err != nil && asJSON && errors.As(err, &refusal):
					return errSilent
				case err != nil:
					return err
				case len(report.Refused) > 0:
					a.console.notef("%s\n", a.console.paint(red, fmt.Sprintf("%d statement(s) refused", len(report.Refused))))
					return errSilent
				case len(outcomes) == 0:
					a.console.notef("nothing to apply\n")
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&keepGoing, "keep-going", false, "apply what is not refused, statement by statement, and list the rest")
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}

// migrations lists the project's migrations and warns of files that are none.
func (a *app) migrations(c *config.Config) ([]project.Migration, error) {
	list, skipped, err := project.At(c.Project).Migrations()
	for _, name := range skipped {
		a.console.warn(fmt.Sprintf("supabase/migrations/%s is not applied: a migration's name is DIGITS_name.sql", name))
	}
	return list, err
}

// progress shows files as they are applied, and what is refused of them.
func (a *app) progress(keepGoing, quiet bool) migrate.Options {
	opt := migrate.Options{KeepGoing: keepGoing}
	if quiet {
		return opt
	}
	if a.console.colour {
		// On a terminal the line is overwritten when the file is done.
		opt.Starting = func(file string) { a.console.notef("%s %s ...\r", a.console.paint(dim, "applying"), file) }
	}
	opt.Done = func(o migrate.Outcome) {
		mark := a.console.paint(green, "applied")
		a.console.notef("%s%s %s (%d statements, %s)\n", a.console.clearLine(), mark, o.File, o.Count, o.Took.Round(time.Millisecond))
		for _, r := range o.Refusals {
			a.console.refusal(r)
		}
	}
	return opt
}

// migrationReport is the JSON of `migration up` and `db check`.
type migrationReport struct {
	Applied []string           `json:"applied"`
	Refused []refusedStatement `json:"refused"`
}

type refusedStatement struct {
	File      string `json:"file"`
	Line      int    `json:"line"`
	Column    int    `json:"column"`
	Code      string `json:"code"`
	Message   string `json:"message"`
	Detail    string `json:"detail,omitempty"`
	Hint      string `json:"hint,omitempty"`
	Statement string `json:"statement"`
}

func (m *migrationReport) add(outcomes []migrate.Outcome, err error) {
	var refusals []*migrate.Refusal
	for _, o := range outcomes {
		m.Applied = append(m.Applied, o.File)
		refusals = append(refusals, o.Refusals...)
	}
	var last *migrate.Refusal
	if errors.As(err, &last) {
		refusals = append(refusals, last)
	}
	for _, r := range refusals {
		m.Refused = append(m.Refused, refusedStatement{r.File, r.Place.Line, r.Place.Column, r.Err.Code, r.Err.Message, r.Err.Detail, r.Err.Hint, r.Statement})
	}
}

func (a *app) migrationList() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "list", Short: "List the migrations and which are applied", Args: exactly(0),
		Example: "  basement migration list\n  basement migration list --json",
		RunE: func(cmd *cobra.Command, _ []string) error {
			return a.withDatabase(cmd, func(ctx context.Context, c *config.Config, db *database) error {
				list, err := a.migrations(c)
				if err != nil {
					return err
				}
				applied, err := migrate.Applied(ctx, db.engine)
				if err != nil {
					return err
				}
				type row struct {
					Version string `json:"version"`
					Name    string `json:"name"`
					Applied bool   `json:"applied"`
					Local   bool   `json:"local"`
				}
				rows := []row{}
				local := map[string]bool{}
				for _, m := range list {
					local[m.Version] = true
					rows = append(rows, row{m.Version, m.Title, applied[m.Version], true})
				}
				for _, version := range slices.Sorted(maps.Keys(applied)) {
					if !local[version] {
						rows = append(rows, row{Version: version, Applied: true})
					}
				}
				if asJSON {
					return a.printJSON(rows)
				}
				table := [][]string{}
				for _, r := range rows {
					state := "pending"
					switch {
					case r.Applied && r.Local:
						state = "applied"
					case r.Applied:
						state = "applied, no file"
					}
					table = append(table, []string{r.Version, r.Name, state})
				}
				a.console.table([]string{"version", "name", "state"}, table)
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
