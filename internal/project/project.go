package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"sort"
	"strings"
	"time"
	"unicode/utf8"
)

// Folders and files of a project, relative to it.
const (
	supabaseDir   = "supabase"
	migrationsDir = "supabase/migrations"
	publicDir     = "public"
)

// maxFile bounds a migration or seed file, in bytes.
const maxFile = 256 << 20

// Project is a project folder.
type Project struct{ dir string }

// At gives the project in a folder, which may lack any or all of a project's files.
func At(dir string) Project { return Project{dir: dir} }

// Public is the folder of the project's web pages.
func (p Project) Public() string { return filepath.Join(p.dir, publicDir) }

// File is a file of SQL. Name is its path as people should see it: relative to the project folder.
type File struct {
	Name string
	path string
}

// Migration is a file that changes the schema. Version is the digits its name starts with; Title is what follows.
type Migration struct {
	File
	Version string
	Title   string
}

var migrationName = regexp.MustCompile(`^([0-9]+)_(.*)\.sql$`)

// Migrations lists the project's migrations in the order they apply (the order of their names). skipped are files in
// their folder whose names are not of a migration's form.
func (p Project) Migrations() (list []Migration, skipped []string, err error) {
	entries, err := os.ReadDir(filepath.Join(p.dir, migrationsDir))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	seen := map[string]string{}
	for _, e := range entries {
		match := migrationName.FindStringSubmatch(e.Name())
		if e.IsDir() || strings.HasPrefix(e.Name(), ".") {
			continue
		}
		if match == nil {
			skipped = append(skipped, e.Name())
			continue
		}
		if first, ok := seen[match[1]]; ok {
			return nil, nil, fmt.Errorf("%s and %s have the same version %s: rename one of them", first, e.Name(), match[1])
		}
		seen[match[1]] = e.Name()
		list = append(list, Migration{
			File:    File{Name: migrationsDir + "/" + e.Name(), path: filepath.Join(p.dir, migrationsDir, e.Name())},
			Version: match[1], Title: match[2],
		})
	}
	return list, skipped, nil
}

// Seeds lists the files that patterns (relative to supabase/) name, each once: patterns in their order, the files of
// one pattern by name. unmatched are patterns that name no file.
func (p Project) Seeds(patterns []string) (list []File, unmatched []string, err error) {
	seen := map[string]bool{}
	for _, pattern := range patterns {
		found, err := filepath.Glob(filepath.Join(p.dir, supabaseDir, filepath.FromSlash(pattern)))
		if err != nil {
			return nil, nil, fmt.Errorf("seed pattern %q: %w", pattern, err)
		}
		if len(found) == 0 {
			unmatched = append(unmatched, pattern)
		}
		sort.Strings(found)
		for _, path := range found {
			if seen[path] {
				continue
			}
			seen[path] = true
			name, err := filepath.Rel(p.dir, path)
			if err != nil {
				name = path
			}
			list = append(list, File{Name: filepath.ToSlash(name), path: path})
		}
	}
	return list, unmatched, nil
}

// Read reads the file and divides it into statements.
func (f File) Read() (*Script, error) {
	info, err := os.Stat(f.path)
	if err != nil {
		return nil, err
	}
	if info.Size() > maxFile {
		return nil, fmt.Errorf("%s: larger than %d MB", f.Name, maxFile>>20)
	}
	data, err := os.ReadFile(f.path)
	if err != nil {
		return nil, err
	}
	text := strings.TrimPrefix(string(data), "\ufeff")
	if !utf8.ValidString(text) {
		return nil, fmt.Errorf("%s: not UTF-8", f.Name)
	}
	return ParseScript(f.Name, text), nil
}

var unsuitable = regexp.MustCompile(`[^a-z0-9]+`)

// NewMigration makes an empty migration named after the moment and the title, and gives its path relative to the
// project.
func (p Project) NewMigration(title string, now time.Time) (string, error) {
	slug := strings.Trim(unsuitable.ReplaceAllString(strings.ToLower(title), "_"), "_")
	if slug == "" {
		return "", fmt.Errorf("%q has no letter or digit to name a migration by", title)
	}
	if err := os.MkdirAll(filepath.Join(p.dir, migrationsDir), 0o755); err != nil {
		return "", err
	}
	name := migrationsDir + "/" + now.UTC().Format("20060102150405") + "_" + slug + ".sql"
	f, err := os.OpenFile(filepath.Join(p.dir, name), os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o644)
	if err != nil {
		return "", err
	}
	return name, f.Close()
}
