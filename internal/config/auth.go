package config

import "time"

// Auth is what [auth] of config.toml sets for the sign-in API.
type Auth struct {
	Enabled bool
	// Issuer is the claim iss of tokens; "" stands for the API's URL.
	Issuer string
	// JWTExpiry is in seconds.
	JWTExpiry int64
	// TrustedProxies are addresses and networks whose X-Forwarded-For is believed.
	TrustedProxies []string

	EnableSignup           bool
	EnableAnonymousSignIns bool
	MinimumPasswordLength  int64
	PasswordRequirements   string

	RefreshTokenRotation bool
	// RefreshTokenReuseInterval is in seconds.
	RefreshTokenReuseInterval int64
	// SessionTimebox and SessionInactivity end sessions; 0: never.
	SessionTimebox, SessionInactivity time.Duration

	EmailEnableSignup    bool
	EmailConfirmations   bool
	SecurePasswordChange bool
	// SignInRate and RefreshRate are per address and five minutes, AnonymousRate per address and hour.
	SignInRate, RefreshRate, AnonymousRate int64
}

// authSettings are the rows of the table of settings for the sign-in API.
func authSettings(a *Auth) []*Setting {
	return []*Setting{
		{Env: "BASEMENT_AUTH_ENABLED", Key: "auth.enabled", Default: "true", target: &a.Enabled,
			Doc: "Serve the sign-in API."},
		{Env: "BASEMENT_JWT_ISSUER", Key: "auth.jwt_issuer", target: &a.Issuer,
			Doc: "The claim `iss` of users' tokens. Default: the server's URL and `/auth/v1`."},
		{Env: "BASEMENT_JWT_EXPIRY", Key: "auth.jwt_expiry", Default: "3600", target: (*expiry)(&a.JWTExpiry),
			Doc: "How many seconds an access token is good for, at most 604800 (a week)."},
		{Env: "BASEMENT_TRUSTED_PROXIES", target: (*networks)(&a.TrustedProxies),
			Doc: "Addresses and networks (`10.0.0.0/8`) of proxies in front of the server, whose `X-Forwarded-For` tells the client's address to rate limits and the audit log. Default: none, the header is not looked at."},
		{Env: "BASEMENT_AUTH_ENABLE_SIGNUP", Key: "auth.enable_signup", Default: "true", target: &a.EnableSignup,
			Doc: "Let people make accounts for themselves."},
		{Env: "BASEMENT_AUTH_ENABLE_ANONYMOUS_SIGN_INS", Key: "auth.enable_anonymous_sign_ins", Default: "false", target: &a.EnableAnonymousSignIns,
			Doc: "Let people sign in without an address or a password."},
		{Env: "BASEMENT_AUTH_MINIMUM_PASSWORD_LENGTH", Key: "auth.minimum_password_length", Default: "6", target: (*natural)(&a.MinimumPasswordLength),
			Doc: "The fewest characters of a new password."},
		{Env: "BASEMENT_AUTH_PASSWORD_REQUIREMENTS", Key: "auth.password_requirements",
			target: &choice{&a.PasswordRequirements, []string{"", "letters_digits", "lower_upper_letters_digits", "lower_upper_letters_digits_symbols"}},
			Doc:    "The kinds of characters a new password must have: `letters_digits`, `lower_upper_letters_digits` or `lower_upper_letters_digits_symbols`. Default: any will do."},
		{Env: "BASEMENT_AUTH_ENABLE_REFRESH_TOKEN_ROTATION", Key: "auth.enable_refresh_token_rotation", Default: "true", target: &a.RefreshTokenRotation,
			Doc: "End a session when one of its used refresh tokens is used again, after the reuse interval."},
		{Env: "BASEMENT_AUTH_REFRESH_TOKEN_REUSE_INTERVAL", Key: "auth.refresh_token_reuse_interval", Default: "10", target: (*natural)(&a.RefreshTokenReuseInterval),
			Doc: "For how many seconds a used refresh token still gives the one that followed."},
		{Env: "BASEMENT_AUTH_SESSION_TIMEBOX", Key: "auth.sessions.timebox", Default: "0s", target: (*span)(&a.SessionTimebox),
			Doc: "How long after its beginning a session cannot be refreshed any more (`24h`); 0 is no limit."},
		{Env: "BASEMENT_AUTH_SESSION_INACTIVITY_TIMEOUT", Key: "auth.sessions.inactivity_timeout", Default: "0s", target: (*span)(&a.SessionInactivity),
			Doc: "How long after its last use a session cannot be refreshed any more (`8h`); 0 is no limit."},
		{Env: "BASEMENT_AUTH_EMAIL_ENABLE_SIGNUP", Key: "auth.email.enable_signup", Default: "true", target: &a.EmailEnableSignup,
			Doc: "Let people make accounts with an e-mail address."},
		{Env: "BASEMENT_AUTH_EMAIL_ENABLE_CONFIRMATIONS", Key: "auth.email.enable_confirmations", Default: "false", target: &a.EmailConfirmations,
			Doc: "Let nobody sign in with an e-mail address that is not confirmed. No mail is sent yet: an administrator confirms."},
		{Env: "BASEMENT_AUTH_EMAIL_SECURE_PASSWORD_CHANGE", Key: "auth.email.secure_password_change", Default: "false", target: &a.SecurePasswordChange,
			Doc: "Let passwords be changed in sessions alone that are less than a day old."},
		{Env: "BASEMENT_AUTH_RATE_SIGN_IN_SIGN_UPS", Key: "auth.rate_limit.sign_in_sign_ups", Default: "30", target: (*natural)(&a.SignInRate),
			Doc: "Most sign-ups and sign-ins with a password from one address in five minutes."},
		{Env: "BASEMENT_AUTH_RATE_TOKEN_REFRESH", Key: "auth.rate_limit.token_refresh", Default: "150", target: (*natural)(&a.RefreshRate),
			Doc: "Most refreshed sessions from one address in five minutes."},
		{Env: "BASEMENT_AUTH_RATE_ANONYMOUS_USERS", Key: "auth.rate_limit.anonymous_users", Default: "30", target: (*natural)(&a.AnonymousRate),
			Doc: "Most anonymous sign-ins from one address in an hour."},
	}
}
