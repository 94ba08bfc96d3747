package auth

import "net/http"

func (a *API) health(x *exchange) error {
	writeJSON(x.w, http.StatusOK, map[string]string{
		"version": a.Version, "name": "Basement", "description": "Basement's sign-in API",
	})
	return nil
}

func (a *API) keys(x *exchange) error {
	x.w.Header().Set("Content-Type", "application/json")
	x.w.Header().Set("Cache-Control", "public, max-age=600")
	x.w.WriteHeader(http.StatusOK)
	_, _ = x.w.Write(a.PublicKeys)
	return nil
}

// providers are the names that clients look for among the providers.
var providers = []string{
	"apple", "azure", "bitbucket", "discord", "facebook", "figma", "fly", "github", "gitlab", "google", "kakao", "keycloak", "linkedin",
	"linkedin_oidc", "notion", "slack", "slack_oidc", "snapchat", "spotify", "twitch", "twitter", "workos", "x", "zoom",
}

func (a *API) settings(x *exchange) error {
	external := map[string]bool{"anonymous_users": a.Offers.AnonymousSignIns, "email": a.Offers.EmailSignup, "phone": false}
	for _, p := range providers {
		external[p] = false
	}
	writeJSON(x.w, http.StatusOK, map[string]any{
		"external": external, "disable_signup": !a.Offers.Signup, "mailer_autoconfirm": !a.Offers.EmailConfirmations,
		"phone_autoconfirm": false, "sms_provider": "", "saml_enabled": false, "passkeys_enabled": false,
	})
	return nil
}
