package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
)

const configTemplate = `# The project's settings, in the form the Supabase CLI reads too.
# What each of them does, and every other one: docs/configuration.md of Basement.
project_id = %s

[api]
port = 54321
# The schemas the API serves; the first is the default.
schemas = ["public"]
# Schemas added to the search path of each request.
extra_search_path = ["public", "extensions"]
# Most rows in one answer.
max_rows = 1000

[db.seed]
# Run the seed files when the database is new.
enabled = true
sql_paths = ["./seed.sql"]

# [auth]
# The secret that signs keys and verifies tokens. Without it one is generated and kept in the data folder.
# jwt_secret = "env(JWT_SECRET)"
`

const seedTemplate = `-- Runs once, after the migrations, when the database is new.
`

const ignoreLine = ".basement/"

var unsuitableID = regexp.MustCompile(`[^a-zA-Z0-9_.-]+`)

// Init writes a new project into a folder and gives the paths it wrote, relative to it. Files that exist are left as
// they are; a folder that is a project already is an error.
func Init(dir string) ([]string, error) {
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	config := filepath.Join(dir, supabaseDir, "config.toml")
	if _, err := os.Stat(config); err == nil {
		return nil, fmt.Errorf("%s is there already: this folder is a project", config)
	}
	if err := os.MkdirAll(filepath.Join(dir, migrationsDir), 0o755); err != nil {
		return nil, err
	}
	id := strings.Trim(unsuitableID.ReplaceAllString(filepath.Base(dir), "_"), "_.-")
	if id == "" {
		id = "project"
	}
	written := []string{migrationsDir + "/"}
	for _, f := range []struct{ name, text string }{
		{supabaseDir + "/config.toml", fmt.Sprintf(configTemplate, strconv.Quote(id))},
		{supabaseDir + "/seed.sql", seedTemplate},
	} {
		made, err := writeNew(filepath.Join(dir, f.name), f.text)
		if err != nil {
			return written, err
		}
		if made {
			written = append(written, f.name)
		}
	}
	added, err := ignoreData(filepath.Join(dir, ".gitignore"))
	if added {
		written = append(written, ".gitignore")
	}
	return written, err
}

func writeNew(path, text string) (bool, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if errors.Is(err, fs.ErrExist) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	_, err = f.WriteString(text)
	if closed := f.Close(); err == nil {
		err = closed
	}
	return true, err
}

// ignoreData keeps the data folder, with its keys, out of version control.
func ignoreData(path string) (bool, error) {
	old, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return false, err
	}
	for _, line := range strings.Split(string(old), "\n") {
		if line = strings.TrimSpace(line); line == ignoreLine || line == ".basement" {
			return false, nil
		}
	}
	text := string(old)
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return true, os.WriteFile(path, []byte(text+ignoreLine+"\n"), 0o644)
}
