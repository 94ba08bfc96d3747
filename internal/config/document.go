package config

import (
	"fmt"
	"strings"
)

// Document gives docs/configuration.md: the table of settings in words.
func Document() string {
	var out strings.Builder
	out.WriteString(`# Configuration

This page is generated from the table of settings in ` + "`internal/config`" + ` (` + "`make generate`" + `).

A setting is looked for in four places; the later wins: its default, ` + "`supabase/config.toml`" + `, the environment, the command
line. Everything that is wrong is reported at once, with its place. In ` + "`config.toml`" + ` a value may be ` + "`\"env(NAME)\"`" + `: the value of
that environment variable, or of that line in supabase/.env or .env. Every key the Supabase CLI knows is accepted; those without effect yet are named once in a
warning; a key nobody knows is an error, as is a ` + "`BASEMENT_`" + ` variable that is not in this table.

| config.toml | environment | flag | default | meaning |
|---|---|---|---|---|
`)
	code := func(text string) string {
		if text == "" {
			return ""
		}
		return "`" + text + "`"
	}
	for _, s := range settings(&Config{}) {
		flag := ""
		if s.Flag != "" {
			flag = "--" + s.Flag
		}
		fmt.Fprintf(&out, "| %s | %s | %s | %s | %s |\n", code(s.Key), code(s.Env), code(flag), code(s.Default), s.Doc)
	}
	out.WriteString(`
## Settings in the database

The REST API also takes settings from the database, as PostgREST does, and follows them while it runs:

    alter role authenticator set pgrst.db_schemas = 'public, api';

They win over the ones above. Understood are ` + "`db_schemas`, `db_extra_search_path`, `db_max_rows`, `db_anon_role`, `db_pre_request`,\n`db_root_spec`, `db_tx_end`, `db_aggregates_enabled`, `db_plan_enabled`, `db_hoisted_tx_settings`, `client_error_verbosity`,\n`jwt_secret` (text, a JWK or a JWKS), `jwt_secret_is_base64`, `jwt_aud`, `jwt_role_claim_key`, `openapi_mode`,\n`openapi_security_active`, `openapi_server_proxy_uri`, `server_cors_allowed_origins`, `server_timing_enabled`,\n`server_trace_header`, `url_use_legacy_target_names` and `app_settings_NAME`" + `.
`)
	return out.String()
}
