package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/basement-project/basement/internal/config"
)

// Run runs the command line and gives the exit status: 0 when all went well, 1 when something failed or was refused, 2
// when the command line itself is wrong.
func Run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer, env []string) int {
	a := &app{console: newConsole(stdin, stdout, stderr, env), env: env}
	return a.run(ctx, args)
}

// app is one run of the command line.
type app struct {
	console *console
	env     []string
	args    []string
	// served is set when the command runs in a server, on its database.
	served *served
}

func (a *app) run(ctx context.Context, args []string) int {
	a.args = args
	root := a.root()
	root.SetArgs(args)
	root.SetIn(a.console.in)
	root.SetOut(a.console.out)
	root.SetErr(a.console.err)
	err := root.ExecuteContext(ctx)
	var usage usageError
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errSilent):
		return 1
	case errors.As(err, &usage):
		a.console.fail(err)
		if usage.command != "" {
			a.console.notef("See '%s --help'.\n", usage.command)
		}
		return 2
	}
	a.console.fail(err)
	return 1
}

// errSilent fails a command that has said already what is wrong.
var errSilent = errors.New("failed")

// usageError is a fault of the command line itself; command is whose help tells more.
type usageError struct {
	error
	command string
}

func (u usageError) Unwrap() error { return u.error }

func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "basement",
		Short: "A back end in one binary: PostgreSQL's SQL and Supabase's APIs",
		Long: "Basement serves a project folder (SQL migrations in supabase/migrations, pages in public/) as a back end:\n" +
			"a database with row security and the APIs that Supabase's client libraries speak. It keeps its data in an\n" +
			"embedded database, or in PostgreSQL with --database. It is not affiliated with Supabase.",
		Example: "  basement init shop && cd shop\n  basement migration new products\n  basement serve",
		Version: Version, SilenceUsage: true, SilenceErrors: true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		Args:              cobra.ArbitraryArgs, RunE: helpOnly,
	}
	flags := root.PersistentFlags()
	flags.String("project", "", "the project folder (default: the nearest upwards with supabase/config.toml)")
	flags.String("data", "", "the data folder (default: .basement in the project folder)")
	flags.String("database", "", "use this PostgreSQL database instead of the embedded one (postgres://...)")
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usageError{err, cmd.CommandPath()}
	})
	root.AddCommand(a.initCommand(), a.serveCommand(), a.migrationCommand(), a.databaseCommand(), a.generateCommand(), a.keysCommand(), a.versionCommand())
	return root
}

// load resolves the settings for a command.
func (a *app) load(cmd *cobra.Command) (*config.Config, error) {
	if a.served != nil {
		return a.served.config, nil
	}
	dir, err := os.Getwd()
	if err != nil {
		return nil, err
	}
	flags := map[string]string{}
	cmd.Flags().Visit(func(f *pflag.Flag) { flags[f.Name] = f.Value.String() })
	c, err := config.Load(config.Sources{Dir: dir, Env: a.env, Flags: flags})
	if err != nil {
		return nil, err
	}
	return c, nil
}

// group makes a command that only holds others.
func group(use, short string, commands ...*cobra.Command) *cobra.Command {
	cmd := &cobra.Command{Use: use, Short: short, Args: cobra.ArbitraryArgs, RunE: helpOnly}
	cmd.AddCommand(commands...)
	return cmd
}

// helpOnly is what a command does that only holds others.
func helpOnly(cmd *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usageError{fmt.Errorf("unknown command %q for %q", args[0], cmd.CommandPath()), cmd.CommandPath()}
	}
	return cmd.Help()
}

// exactly wants n arguments.
func exactly(n int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		if len(args) != n {
			return usageError{fmt.Errorf("%d argument(s) wanted, %d given: %s", n, len(args), cmd.UseLine()), cmd.CommandPath()}
		}
		return nil
	}
}
