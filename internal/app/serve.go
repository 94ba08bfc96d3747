package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"slices"
	"strconv"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/basement-project/basement/internal/config"
	"github.com/basement-project/basement/internal/guard"
	"github.com/basement-project/basement/internal/identity"
	"github.com/basement-project/basement/internal/migrate"
	"github.com/basement-project/basement/internal/openapi/page"
	"github.com/basement-project/basement/internal/pipeline"
	"github.com/basement-project/basement/internal/project"
	"github.com/basement-project/basement/internal/rest"
	"github.com/basement-project/basement/internal/server"
	"github.com/basement-project/basement/internal/static"
)

func (a *app) serveCommand() *cobra.Command {
	cmd := &cobra.Command{
		Use: "serve", Short: "Apply pending migrations and serve the project",
		Long: "Applies pending migrations (and the seed files when the database is new), then serves the REST API under /rest/v1,\n" +
			"the sign-in API under /auth/v1 and the pages of public/ under /. Stops cleanly on SIGTERM and Ctrl-C.",
		Example: "  basement serve\n  basement serve --project ~/shop --port 8000\n  basement serve --database postgres://localhost/shop",
		Args:    exactly(0),
		RunE: func(cmd *cobra.Command, _ []string) error {
			c, err := a.load(cmd)
			if err != nil {
				return err
			}
			return a.serve(cmd.Context(), c)
		},
	}
	cmd.Flags().String("host", "", "the address to listen on (default 127.0.0.1)")
	cmd.Flags().String("port", "", "the port to listen on, 0 for a free one (default 54321)")
	return cmd
}

func (a *app) serve(ctx context.Context, c *config.Config) (err error) {
	if a.served != nil {
		return errServing
	}
	for _, w := range c.Warnings {
		a.console.warn(w)
	}
	log := a.logger(c)
	credentials, err := loadCredentials(c)
	if err != nil {
		return err
	}
	listener, err := net.Listen("tcp", net.JoinHostPort(c.Host, strconv.FormatInt(c.Port, 10)))
	if errors.Is(err, syscall.EADDRINUSE) {
		return fmt.Errorf("port %d of %s is in use, perhaps by another basement: stop it, or choose another with --port", c.Port, c.Host)
	}
	if err != nil {
		return err
	}
	defer func() { _ = listener.Close() }()
	db, err := openDatabase(ctx, c, log)
	if err != nil {
		return err
	}
	defer func() {
		if closed := db.close(ctx); err == nil {
			err = closed
		}
	}()
	if err := a.bringUp(ctx, c, db); err != nil {
		var refusal *migrate.Refusal
		if errors.As(err, &refusal) {
			a.console.fail(err)
			a.console.notef("nothing is served: mend the statement, or leave it out with: basement migration up --keep-going\n")
			return errSilent
		}
		return err
	}
	api, err := newAPI(c, db, credentials, log)
	if err != nil {
		return err
	}
	following := make(chan struct{})
	watch, stopWatching := context.WithCancel(ctx)
	go func() { defer close(following); api.follow(watch) }()
	defer func() { stopWatching(); <-following }()
	if c.DatabaseURL == "" {
		stopControl, err := serveControl(ctx, c, db, log)
		if err != nil {
			return err
		}
		defer stopControl()
	}
	public, err := static.Open(project.At(c.Project).Public())
	if err != nil {
		return err
	}
	options := server.Options{
		Limits: server.Limits{
			MaxBody: c.MaxBody, MaxHeader: int(c.MaxHeader), MaxRequests: int(c.MaxRequests),
			RequestTimeout: c.RequestTimeout, DrainTimeout: c.DrainTimeout,
		},
		Log: log, Version: Version, CORSOrigins: func() []string { return api.settings.Load().CORSOrigins },
		Ready: (&readiness{engine: db.engine}).check,
	}
	if c.APIEnabled {
		options.REST = api.handler()
	}
	if c.Auth.Enabled {
		if options.Auth, err = api.signIn(c.URL(listener.Addr().(*net.TCPAddr).Port)); err != nil {
			return err
		}
	}
	if public != nil {
		defer func() { _ = public.Close() }()
		options.Public = public
	}
	options.Reference = page.Handler(server.ReferenceRoot, server.RESTRoot+"/"+rest.DocumentName)
	a.showBox(c, db, credentials, listener.Addr().(*net.TCPAddr).Port, public != nil)
	err = server.New(options).Serve(ctx, listener)
	if errors.Is(err, context.DeadlineExceeded) {
		log.Warn("stopped before every request was answered", "waited", c.DrainTimeout)
		return nil
	}
	if err == nil {
		a.console.notef("stopped\n")
	}
	return err
}

// errServing refuses commands that make no sense inside a server.
var errServing = errors.New("a server is running on this data folder: stop it first")

func (a *app) showBox(c *config.Config, db *database, k *credentials, port int, pages bool) {
	url := c.URL(port)
	secret := k.keys.Secret
	if !a.console.terminal {
		secret = "(see basement keys)" // the output may be a log that others read
	}
	rows := [][2]string{{"API", url}, {"REST", url + "/rest/v1"}}
	if pages {
		rows = append([][2]string{{"Pages", url + "/"}}, rows...)
	}
	rows = append(rows, [2]string{"Database", db.label}, [2]string{"Publishable key", k.keys.Publishable}, [2]string{"Secret key", secret})
	a.console.box("Basement "+Version+" serves "+c.ProjectID, rows)
}

// api holds the REST API's settings and gate in force; both follow what the database says.
type api struct {
	config   *config.Config
	db       *database
	log      *slog.Logger
	keys     *credentials
	gate     *identity.Gate
	settings atomic.Pointer[config.API]
	rest     atomic.Pointer[rest.Config]
}

func newAPI(c *config.Config, db *database, k *credentials, log *slog.Logger) (*api, error) {
	a := &api{config: c, db: db, log: log, keys: k}
	a.gate = identity.NewGate(k.keys, nil, time.Now)
	if err := a.reload(); err != nil {
		return nil, err
	}
	return a, nil
}

// handler answers the API's requests.
func (a *api) handler() http.Handler {
	return pipeline.New(pipeline.Options{
		Engine: a.db.engine, Guard: guard.New(a.db.engine.Enforces()), Config: a.rest.Load, Identify: a.gate.Identify, Log: a.log, Root: server.RESTRoot,
		Operates: a.gate.Operates, Development: a.config.Development,
	})
}

// restConfig puts the settings in the words of the REST dialect.
func restConfig(s config.API, c *config.Config) *rest.Config {
	r := &rest.Config{
		Schemas: s.Schemas, ExtraSearchPath: s.ExtraSearchPath, MaxRows: s.MaxRows, AnonRole: s.AnonymousRole,
		PreRequest: rest.ParseName(s.PreRequest), RootSpec: rest.ParseName(s.RootSpec),
		TxRollback: s.Rollback, TxOverride: s.AllowOverride, Aggregates: s.Aggregates, Plans: s.Plan,
		OpenAPI: rest.OpenAPIMode(s.OpenAPIMode), OpenAPIProxy: s.ServerProxyURI, OpenAPIAuth: s.SecurityActive,
		ServerTiming: s.ServerTiming, TraceHeader: s.TraceHeader, TargetNames: s.LegacyTargets, MinimalErrors: !s.VerboseErrors,
		HoistedSettings: s.HoistedSettings, MaxBody: c.MaxBody, Version: Version,
	}
	if s.MaxRows == 0 {
		r.MaxRows = -1
	}
	for _, name := range slices.Sorted(maps.Keys(s.AppSettings)) {
		r.AppSettings = append(r.AppSettings, rest.Setting{Name: name, Value: s.AppSettings[name]})
	}
	return r
}

// authenticator is the role whose settings configure the API, as PostgREST's do.
const authenticator = "authenticator"

// reload takes the settings of the catalog now in force. Settings that are wrong keep their former meaning.
func (a *api) reload() error {
	var inDatabase map[string]string
	if role := a.db.engine.Snapshot().Role(authenticator); role != nil {
		inDatabase = role.Settings
	}
	settings, faults := a.config.API(inDatabase)
	for _, f := range faults {
		a.log.Warn("setting of role "+authenticator+" not understood", "fault", f)
	}
	rules := identity.Rules{
		Keys: a.keys.set, Audience: settings.JWTAudience, RoleClaimKey: settings.JWTRoleClaimKey, AnonymousRole: settings.AnonymousRole,
	}
	if settings.HasJWTSecret {
		set, err := identity.ParseSecret(settings.JWTSecret, settings.JWTSecretBase64)
		if err != nil {
			return fmt.Errorf("pgrst.jwt_secret of role %s: %w", authenticator, err)
		}
		rules.Keys = set
	}
	verifier, err := identity.NewVerifier(rules)
	if err != nil {
		return fmt.Errorf("pgrst.jwt_role_claim_key of role %s: %w", authenticator, err)
	}
	a.gate.SetVerifier(verifier)
	a.settings.Store(&settings)
	a.rest.Store(restConfig(settings, a.config))
	return nil
}

// follow takes new settings whenever the catalog changes, until ctx ends.
func (a *api) follow(ctx context.Context) {
	defer func() {
		if p := recover(); p != nil {
			a.log.Error("settings are no longer followed", "panic", p)
		}
	}()
	for {
		select {
		case <-ctx.Done():
			return
		case <-a.db.engine.Changed():
			if err := a.reload(); err != nil {
				a.log.Error("the settings in the database are refused; the former ones stay", "error", err)
			}
		}
	}
}
