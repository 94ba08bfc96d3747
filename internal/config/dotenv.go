package config

import (
	"os"
	"path/filepath"
	"strings"
)

// dotenvFiles hold variables for env(NAME), as the Supabase CLI reads them; the first that names a variable wins, and
// the environment wins over all.
var dotenvFiles = []string{"supabase/.env.local", "supabase/.env", ".env.local", ".env"}

// withDotenv adds the project's variables to those of the environment, for env(NAME) alone: they are no settings.
func withDotenv(project string, env map[string]string) map[string]string {
	all := map[string]string{}
	for _, name := range dotenvFiles {
		data, err := os.ReadFile(filepath.Join(project, name))
		if err != nil || len(data) > maxFile {
			continue
		}
		for variable, value := range parseDotenv(string(data)) {
			if _, ok := all[variable]; !ok {
				all[variable] = value
			}
		}
	}
	for variable, value := range env {
		all[variable] = value
	}
	return all
}

// parseDotenv reads lines of NAME=value, with or without quotes, "export" and comments; what is none is passed over.
func parseDotenv(text string) map[string]string {
	found := map[string]string{}
	for _, line := range strings.Split(text, "\n") {
		line = strings.TrimPrefix(strings.TrimSpace(line), "export ")
		name, value, ok := strings.Cut(line, "=")
		name, value = strings.TrimSpace(name), strings.TrimSpace(value)
		if !ok || name == "" || strings.HasPrefix(name, "#") {
			continue
		}
		if len(value) > 1 && (value[0] == '"' || value[0] == '\'') {
			if end := strings.IndexByte(value[1:], value[0]); end >= 0 {
				found[name] = value[1 : 1+end]
				continue
			}
		}
		value, _, _ = strings.Cut(value, " #")
		found[name] = strings.TrimSpace(value)
	}
	return found
}
