package app

import (
	"context"
	"fmt"
	"log/slog"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/engine"
	"github.com/basement-project/basement/internal/engine/postgres"
	"github.com/basement-project/basement/internal/engine/sqlite"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/system"
)

// database is an open engine with Basement's own schemas installed.
type database struct {
	engine engine.Engine
	// label says for people what and where it is.
	label string
}

// folderInUse is the embedded engine's code for a data folder that another process has.
const folderInUse = "55006"

// closeTimeout bounds how long an engine may take to close.
const closeTimeout = 10 * time.Second

func (d *database) close(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), closeTimeout)
	defer cancel()
	return d.engine.Close(ctx)
}

// openDatabase opens the engine the settings ask for and installs or updates Basement's own schemas.
func openDatabase(ctx context.Context, c *config.Config, log *slog.Logger) (*database, error) {
	db := &database{}
	if c.DatabaseURL == "" {
		e, err := sqlite.Open(ctx, c.Data, sqlite.Options{})
		if err != nil {
			return nil, err
		}
		db.engine, db.label = e, "embedded, in "+c.Data
	} else {
		kept, err := identity.LoadSecrets(c.Data)
		if err != nil {
			return nil, err
		}
		e, err := postgres.Open(ctx, postgres.Options{URL: c.DatabaseURL, Password: kept.DatabasePassword, MaxConns: int(c.PoolSize), Log: log})
		if err != nil {
			return nil, err
		}
		db.engine, db.label = e, "PostgreSQL, "+withoutPassword(c.DatabaseURL)
	}
	if err := system.Install(ctx, db.engine); err != nil {
		_ = db.close(ctx)
		return nil, fmt.Errorf("install Basement's schemas: %w", err)
	}
	return db, nil
}

// openEmptied opens the database after deleting everything in it.
func openEmptied(ctx context.Context, c *config.Config, log *slog.Logger) (*database, error) {
	if c.DatabaseURL == "" {
		if err := sqlite.Remove(c.Data); err != nil {
			return nil, err
		}
		return openDatabase(ctx, c, log)
	}
	e, err := postgres.Open(ctx, postgres.Options{URL: c.DatabaseURL, MaxConns: 1, Log: log})
	if err != nil {
		return nil, err
	}
	err = emptyPostgres(ctx, e)
	if closed := (&database{engine: e}).close(ctx); err == nil {
		err = closed
	}
	if err != nil {
		return nil, err
	}
	return openDatabase(ctx, c, log)
}

// emptyPostgres drops every schema that is not PostgreSQL's own, publications and event triggers, and makes public anew.
func emptyPostgres(ctx context.Context, e engine.Engine) error {
	tx, err := e.Admin(ctx, engine.AdminOptions{})
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback(context.WithoutCancel(ctx)) }()
	for _, sql := range []string{
		`do $$ declare r record; begin
			for r in select evtname from pg_event_trigger loop execute format('drop event trigger %I', r.evtname); end loop;
			for r in select pubname from pg_publication loop execute format('drop publication %I', r.pubname); end loop;
			for r in select nspname from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema' loop
				execute format('drop schema %I cascade', r.nspname);
			end loop;
		end $$`,
		`create schema public`,
		`grant usage on schema public to public`,
	} {
		if _, err := tx.Exec(ctx, sql, nil); err != nil {
			return err
		}
	}
	return tx.Commit(ctx)
}

// withoutPassword shortens a connection URL to what may be shown.
func withoutPassword(url string) string {
	url, _, _ = strings.Cut(url, "?")
	scheme, rest, _ := strings.Cut(url, "://")
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		user, _, _ := strings.Cut(rest[:i], ":")
		rest = user + rest[i:]
	}
	return scheme + "://" + rest
}

// withDatabase runs a command on the open database.
func (a *app) withDatabase(cmd *cobra.Command, f func(context.Context, *config.Config, *database) error) error {
	c, err := a.load(cmd)
	if err != nil {
		return err
	}
	if a.served != nil {
		return f(engine.WithNotices(cmd.Context(), a.console.notice), c, a.served.db)
	}
	db, err := openDatabase(cmd.Context(), c, a.logger(c))
	if e := errs.Of(err); e != nil && e.Code == folderInUse {
		if handled, err := a.forward(cmd.Context(), cmd, c); handled {
			return err
		}
	}
	if err != nil {
		return err
	}
	err = f(engine.WithNotices(cmd.Context(), a.console.notice), c, db)
	if closed := db.close(cmd.Context()); err == nil {
		err = closed
	}
	return err
}

// logger makes the log the settings ask for; its lines go where errors go.
func (a *app) logger(c *config.Config) *slog.Logger {
	var level slog.Level
	_ = level.UnmarshalText([]byte(c.LogLevel)) // one of the four allowed
	options := &slog.HandlerOptions{Level: level}
	if c.LogFormat == "json" {
		return slog.New(slog.NewJSONHandler(a.console.err, options))
	}
	return slog.New(slog.NewTextHandler(a.console.err, options))
}
