package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// Config is every setting, resolved: defaults, then config.toml, then the environment, then flags.
type Config struct {
	// Project is the project folder (the one that holds supabase/), absolute. Data is its data folder, absolute.
	Project string
	Data    string
	// DatabaseURL is a PostgreSQL connection URL; "" is the embedded engine in Data.
	DatabaseURL string
	// PoolSize bounds the connections to PostgreSQL.
	PoolSize int64

	Host      string
	Port      int64
	PublicURL string

	ProjectID       string
	APIEnabled      bool
	Schemas         []string
	ExtraSearchPath []string
	// MaxRows caps the rows of one answer; 0 is no cap.
	MaxRows int64

	JWTSecret       string
	SigningKeysPath string
	AnonKey         string
	ServiceRoleKey  string
	PublishableKey  string
	SecretKey       string

	// Auth are the settings of the sign-in API.
	Auth Auth

	MigrationsEnabled bool
	SeedEnabled       bool
	SeedPaths         []string

	// MaxBody and MaxHeader are in bytes; MaxHeader covers the request line, so the URL too.
	MaxBody        int64
	MaxHeader      int64
	MaxRequests    int64
	RequestTimeout time.Duration
	DrainTimeout   time.Duration
	CORSOrigins    []string
	Development    bool

	LogLevel  string
	LogFormat string

	// Warnings are what the user should know though nothing is wrong, each one line.
	Warnings []string
}

// Fault is one thing wrong with the settings. Line and Column count from 1; 0 when the fault is not in a file.
type Fault struct {
	File         string
	Line, Column int
	Message      string
}

func (f Fault) String() string {
	switch {
	case f.Line > 0:
		return fmt.Sprintf("%s:%d:%d: %s", f.File, f.Line, f.Column, f.Message)
	case f.File != "":
		return f.File + ": " + f.Message
	}
	return f.Message
}

// Faults is everything wrong with the settings, as one error.
type Faults []Fault

func (f Faults) Error() string {
	lines := make([]string, len(f))
	for i, fault := range f {
		lines[i] = fault.String()
	}
	return strings.Join(lines, "\n")
}

// ConfigPath is where a project keeps its settings, relative to its folder.
const ConfigPath = "supabase/config.toml"

// Sources is where settings come from.
type Sources struct {
	// Dir is the working directory, from which the project is looked for and relative paths in flags count.
	Dir string
	// Env is the environment as "NAME=value".
	Env []string
	// Flags holds the flags that were given, by name.
	Flags map[string]string
}

// Load resolves the settings. The error is Faults.
func Load(src Sources) (*Config, error) {
	c := &Config{}
	env := make(map[string]string, len(src.Env))
	for _, pair := range src.Env {
		name, value, _ := strings.Cut(pair, "=")
		env[name] = value
	}
	table := settings(c)
	var faults Faults
	for _, s := range table {
		if err := s.assign(s.Default); err != nil && s.Default != "" {
			faults = append(faults, Fault{Message: fmt.Sprintf("default of %s: %v", s.Env, err)})
		}
	}
	c.Project = findProject(src, env)
	file, fileFaults := readFile(filepath.Join(c.Project, ConfigPath))
	faults = append(faults, fileFaults...)
	faults = append(faults, applyFile(file, table, withDotenv(c.Project, env))...)
	c.Warnings = append(c.Warnings, unusedWarning(file)...)
	for _, s := range table {
		if value, ok := env[s.Env]; ok && s.Env != "" && value != "" {
			if err := s.assign(value); err != nil {
				faults = append(faults, Fault{File: s.Env, Message: err.Error()})
			}
		}
		if value, ok := src.Flags[s.Flag]; ok && s.Flag != "" {
			if err := s.assign(value); err != nil {
				faults = append(faults, Fault{File: "--" + s.Flag, Message: err.Error()})
			}
		}
	}
	faults = append(faults, unknownVariables(env, table)...)
	c.Project = findProject(src, env)
	if c.Data == "" {
		c.Data = filepath.Join(c.Project, ".basement")
	} else {
		c.Data = absolute(src.Dir, c.Data)
	}
	if c.ProjectID == "" {
		c.ProjectID = filepath.Base(c.Project)
	}
	if c.JWTSecret != "" && len(c.JWTSecret) < 16 {
		faults = append(faults, Fault{File: file.where("auth.jwt_secret").File, Line: file.where("auth.jwt_secret").Line,
			Column: file.where("auth.jwt_secret").Column, Message: "the JWT secret must be at least 16 characters long"})
	}
	if len(faults) > 0 {
		return nil, faults
	}
	return c, nil
}

// unknownVariables refuses BASEMENT_ variables nobody reads: a misspelt limit must not be silently off.
func unknownVariables(env map[string]string, table []*Setting) Faults {
	var known []string
	for _, s := range table {
		if s.Env != "" {
			known = append(known, s.Env)
		}
	}
	var faults Faults
	for _, name := range slices.Sorted(maps.Keys(env)) {
		if !strings.HasPrefix(name, "BASEMENT_") || strings.HasPrefix(name, "BASEMENT_TEST_") || slices.Contains(known, name) {
			continue
		}
		faults = append(faults, Fault{File: name, Message: "no such setting" + didYouMean(name, known)})
	}
	return faults
}

// findProject gives the project folder: the flag, the variable, or the nearest folder upwards with
// supabase/config.toml; the working directory when there is none.
func findProject(src Sources, env map[string]string) string {
	if dir := src.Flags["project"]; dir != "" {
		return absolute(src.Dir, dir)
	}
	if dir := env["BASEMENT_PROJECT"]; dir != "" {
		return absolute(src.Dir, dir)
	}
	for dir := src.Dir; ; dir = filepath.Dir(dir) {
		if _, err := os.Stat(filepath.Join(dir, ConfigPath)); err == nil {
			return dir
		}
		if dir == filepath.Dir(dir) {
			return src.Dir
		}
	}
}

func absolute(base, path string) string {
	if filepath.IsAbs(path) {
		return filepath.Clean(path)
	}
	return filepath.Join(base, path)
}

// notExist says whether reading failed because there is no such file.
func notExist(err error) bool { return errors.Is(err, fs.ErrNotExist) }
