package app

import (
	"fmt"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/identity"
)

// credentials are the project's keys and what verifies tokens by default.
type credentials struct {
	keys   identity.Keys
	secret string
	// set verifies tokens unless the database says otherwise.
	set identity.KeySet
	// signing signs users' tokens.
	signing *identity.SigningKey
}

// loadCredentials gathers the project's keys: from the settings, else made and kept in the data folder.
func loadCredentials(c *config.Config) (*credentials, error) {
	kept, err := identity.LoadSecrets(c.Data)
	if err != nil {
		return nil, err
	}
	out := &credentials{secret: firstOf(c.JWTSecret, kept.JWTSecret)}
	out.set = identity.TextSecret(out.secret)
	out.signing = identity.SecretKey(out.secret)
	if c.JWTSecret == "" {
		own, public, err := identity.ParseSigningKeys([]byte("[" + kept.SigningKey + "]"))
		if err != nil {
			return nil, fmt.Errorf("the signing key in the data folder: %w", err)
		}
		out.signing, out.set = own, append(out.set, public...)
	}
	var signing *identity.SigningKey
	if c.SigningKeysPath != "" {
		path := c.SigningKeysPath
		if !filepath.IsAbs(path) {
			path = filepath.Join(c.Project, "supabase", path)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			return nil, fmt.Errorf("auth.signing_keys_path: %w", err)
		}
		if signing, out.set, err = identity.ParseSigningKeys(raw); err != nil {
			return nil, fmt.Errorf("auth.signing_keys_path: %s: %w", path, err)
		}
		out.signing = signing
	}
	out.keys = identity.Keys{
		Anon: c.AnonKey, ServiceRole: c.ServiceRoleKey,
		Publishable: firstOf(c.PublishableKey, kept.PublishableKey), Secret: firstOf(c.SecretKey, kept.SecretKey),
	}
	anon, service, err := identity.LegacyKeys(out.secret, signing)
	if err != nil {
		return nil, err
	}
	out.keys.Anon, out.keys.ServiceRole = firstOf(out.keys.Anon, anon), firstOf(out.keys.ServiceRole, service)
	return out, nil
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t != "" {
			return t
		}
	}
	return ""
}

func (a *app) keysCommand() *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use: "keys", Short: "Print the API's URL and keys",
		Long:    "Prints the API's URL and keys under the names that `supabase status` uses, as shell variables or as JSON.",
		Example: "  basement keys\n  basement keys --json\n  eval \"$(basement keys)\"",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			k, err := loadCredentials(c)
			if err != nil {
				return err
			}
			rows := [][2]string{
				{"API_URL", c.URL(int(c.Port))}, {"REST_URL", c.URL(int(c.Port)) + "/rest/v1"},
				{"ANON_KEY", k.keys.Anon}, {"SERVICE_ROLE_KEY", k.keys.ServiceRole},
				{"PUBLISHABLE_KEY", k.keys.Publishable}, {"SECRET_KEY", k.keys.Secret}, {"JWT_SECRET", k.secret},
			}
			if asJSON {
				values := map[string]string{}
				for _, r := range rows {
					values[r[0]] = r[1]
				}
				return a.printJSON(values)
			}
			for _, r := range rows {
				a.console.printf("%s=%q\n", r[0], r[1])
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print JSON")
	return cmd
}
