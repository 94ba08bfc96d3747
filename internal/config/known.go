package config

import (
	"slices"
	"strings"
)

// knownKeys is every key the Supabase CLI knows in config.toml, a line for each table: its name, then its keys.
// "*" stands for any name.
const knownKeys = `
: project_id
api: enabled port schemas extra_search_path max_rows auto_expose_new_tables external_url
api.tls: enabled cert_path key_path
db: port shadow_port health_timeout major_version root_key
db.pooler: enabled port pool_mode default_pool_size max_client_conn
db.vault: *
db.migrations: enabled schema_paths
db.seed: enabled sql_paths
db.settings: effective_cache_size logical_decoding_work_mem maintenance_work_mem max_connections max_locks_per_transaction max_parallel_maintenance_workers max_parallel_workers max_parallel_workers_per_gather max_replication_slots max_slot_wal_keep_size max_standby_archive_delay max_standby_streaming_delay max_wal_size max_wal_senders max_worker_processes session_replication_role shared_buffers statement_timeout track_activity_query_size track_commit_timestamp wal_keep_size wal_sender_timeout work_mem
db.network_restrictions: enabled allowed_cidrs allowed_cidrs_v6
db.ssl_enforcement: enabled
realtime: enabled ip_version max_header_length
studio: enabled port api_url openai_api_key
inbucket: enabled port smtp_port pop3_port admin_email sender_name
storage: enabled file_size_limit
storage.image_transformation: enabled
storage.s3_protocol: enabled
storage.buckets.*: public file_size_limit allowed_mime_types objects_path
storage.analytics: enabled max_namespaces max_tables max_catalogs
storage.analytics.buckets.*:
storage.vector: enabled max_buckets max_indexes
storage.vector.buckets.*:
auth: enabled site_url external_url additional_redirect_urls jwt_expiry jwt_issuer enable_refresh_token_rotation refresh_token_reuse_interval enable_manual_linking enable_signup enable_anonymous_sign_ins minimum_password_length password_requirements signing_keys_path publishable_key secret_key jwt_secret anon_key service_role_key
auth.passkey: enabled
auth.webauthn: rp_display_name rp_id rp_origins
auth.rate_limit: anonymous_users token_refresh sign_in_sign_ups token_verifications email_sent sms_sent web3
auth.captcha: enabled provider secret
auth.hook.mfa_verification_attempt: enabled uri secrets
auth.hook.password_verification_attempt: enabled uri secrets
auth.hook.custom_access_token: enabled uri secrets
auth.hook.send_sms: enabled uri secrets
auth.hook.send_email: enabled uri secrets
auth.hook.before_user_created: enabled uri secrets
auth.mfa: max_enrolled_factors
auth.mfa.totp: enroll_enabled verify_enabled
auth.mfa.phone: enroll_enabled verify_enabled otp_length template max_frequency
auth.mfa.web_authn: enroll_enabled verify_enabled
auth.sessions: timebox inactivity_timeout
auth.email: enable_signup double_confirm_changes enable_confirmations secure_password_change max_frequency otp_length otp_expiry
auth.email.smtp: enabled host port user pass admin_email sender_name
auth.email.template.*: subject content content_path
auth.email.notification.*: enabled subject content content_path
auth.sms: enable_signup enable_confirmations template max_frequency
auth.sms.twilio: enabled account_sid message_service_sid auth_token
auth.sms.twilio_verify: enabled account_sid message_service_sid auth_token
auth.sms.messagebird: enabled originator access_key
auth.sms.textlocal: enabled sender api_key
auth.sms.vonage: enabled from api_key api_secret
auth.sms.test_otp: *
auth.external.*: enabled client_id secret url redirect_uri skip_nonce_check email_optional
auth.web3.solana: enabled
auth.web3.ethereum: enabled
auth.oauth_server: enabled allow_dynamic_registration authorization_url_path
auth.third_party.firebase: enabled project_id
auth.third_party.auth0: enabled tenant tenant_region
auth.third_party.aws_cognito: enabled user_pool_id user_pool_region
auth.third_party.clerk: enabled domain
auth.third_party.workos: enabled issuer_url
edge_runtime: enabled policy inspector_port deno_version
edge_runtime.secrets: *
functions.*: enabled verify_jwt import_map entrypoint static_files
analytics: enabled port backend gcp_project_id gcp_project_number gcp_jwt_path vector_port
experimental: orioledb_version s3_host s3_region s3_access_key s3_secret_key
experimental.webhooks: enabled
experimental.pgdelta: enabled declarative_schema_path format_options
experimental.inspect.rules: query name pass fail
`

// knownTables gives for each table pattern of knownKeys its keys.
func knownTables() map[string][]string {
	tables := map[string][]string{}
	for _, line := range strings.Split(strings.TrimSpace(knownKeys), "\n") {
		table, keys, _ := strings.Cut(line, ":")
		tables[table] = strings.Fields(keys)
	}
	return tables
}

// knownEntry says whether the CLI knows the key, or the table for an entry that is one.
func knownEntry(tables map[string][]string, e entry) bool {
	if _, isTable := e.value.(map[string]any); isTable {
		for pattern := range tables {
			if tableMatches(pattern, e.path, true) {
				return true
			}
		}
		return e.path[0] == "remotes" && len(e.path) <= 2
	}
	parent, name := e.path[:len(e.path)-1], e.path[len(e.path)-1]
	for pattern, keys := range tables {
		if tableMatches(pattern, parent, false) && (slices.Contains(keys, name) || slices.Contains(keys, "*")) {
			return true
		}
	}
	return false
}

// tableMatches compares a table's path with a pattern; with prefix a part of the pattern's path is enough.
func tableMatches(pattern string, path []string, prefix bool) bool {
	var parts []string
	if pattern != "" {
		parts = strings.Split(pattern, ".")
	}
	if len(path) > len(parts) || (!prefix && len(path) != len(parts)) {
		return false
	}
	for i, name := range path {
		if parts[i] != "*" && parts[i] != name {
			return false
		}
	}
	return true
}

// unknownKey words the fault of a key nobody knows, with the nearest name of the same or another table.
func unknownKey(tables map[string][]string, e entry) string {
	var candidates []string
	for pattern, keys := range tables {
		table := strings.Split(pattern, ".")
		// "*" takes the name the file has in its place.
		for i := range table {
			if table[i] == "*" && i < len(e.path) {
				table[i] = e.path[i]
			}
		}
		name := strings.Join(table, ".")
		candidates = append(candidates, name)
		for _, key := range keys {
			if key != "*" {
				candidates = append(candidates, strings.TrimPrefix(name+"."+key, "."))
			}
		}
	}
	what := "unknown key "
	if _, isTable := e.value.(map[string]any); isTable {
		what = "unknown table "
	}
	return what + e.key() + didYouMean(e.key(), candidates)
}
