package app

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/catalog"
	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/gentypes"
)

func (a *app) generateCommand() *cobra.Command {
	return group("gen", "Generate code from the database", a.genTypes())
}

func (a *app) genTypes() *cobra.Command {
	var lang string
	var schemas []string
	cmd := &cobra.Command{
		Use: "types", Short: "Print types for the database's tables, views, functions and enums",
		Long: "Prints declarations of what the database holds now: for TypeScript the Database type that supabase-js infers its\n" +
			"queries from, for Go structs, for Python dataclasses. Without --schema it describes public and the API's schemas.",
		Example: "  basement gen types --lang typescript > database.types.ts\n  basement gen types --lang go --schema public,shop > database/types.go",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			if !slices.Contains(gentypes.Languages(), lang) {
				return usageError{fmt.Errorf("--lang %q: wanted is one of %s", lang, strings.Join(gentypes.Languages(), ", ")), cmd.CommandPath()}
			}
			return a.withDatabase(cmd, func(_ context.Context, c *config.Config, db *database) error {
				snap := db.engine.Snapshot()
				if len(schemas) == 0 {
					schemas = describedSchemas(snap, c)
				}
				text, err := gentypes.Generate(snap, gentypes.Options{Language: lang, Schemas: schemas})
				if err != nil {
					return err
				}
				a.console.printf("%s", text)
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&lang, "lang", "typescript", "the language: "+strings.Join(gentypes.Languages(), ", "))
	cmd.Flags().StringSliceVarP(&schemas, "schema", "s", nil, "the schemas to describe, separated by commas")
	return cmd
}

// describedSchemas are public and those of the API, as far as they exist: api.schemas names some by default.
func describedSchemas(snap *catalog.Snapshot, c *config.Config) []string {
	out := []string{"public"}
	for _, name := range c.Schemas {
		if snap.Schema(name) != nil && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}
