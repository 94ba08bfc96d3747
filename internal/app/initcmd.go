package app

import (
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/project"
)

func (a *app) initCommand() *cobra.Command {
	return &cobra.Command{
		Use: "init [DIR]", Short: "Write a new project folder",
		Long: "Writes supabase/config.toml, supabase/migrations/ and supabase/seed.sql: the layout the Supabase CLI uses.\n" +
			"Files that are there already are left as they are.",
		Example: "  basement init\n  basement init shop",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "."
			if flag := cmd.Flag("project"); flag.Changed {
				dir = flag.Value.String()
			}
			if len(args) == 1 {
				dir = args[0]
			}
			written, err := project.Init(dir)
			if err != nil {
				return err
			}
			for _, name := range written {
				a.console.printf("wrote %s\n", filepath.Join(dir, name))
			}
			a.console.printf("\nNext: basement migration new NAME, then basement serve (in %s).\n", dir)
			return nil
		},
	}
}
