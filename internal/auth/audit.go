package auth

import "github.com/basement-project/basement/internal/auth/store"

// action is what the audit log knows: its name and the kind of log it belongs to.
type action struct{ name, kind string }

var (
	signedUp        = action{"user_signedup", "team"}
	repeatedSignUp  = action{"user_repeated_signup", "user"}
	loggedIn        = action{"login", "account"}
	loggedOut       = action{"logout", "account"}
	refused         = action{"login_failed", "account"}
	tokenRefreshed  = action{"token_refreshed", "token"}
	tokenRevoked    = action{"token_revoked", "token"}
	userModified    = action{"user_modified", "user"}
	passwordUpdated = action{"user_updated_password", "user"}
	userDeleted     = action{"user_deleted", "team"}
)

// note adds an entry to the audit log. actor is nil for administrators.
func (x *exchange) note(tx *store.Tx, a action, actor *store.User, traits store.Meta) error {
	payload := store.Meta{"action": a.name, "log_type": a.kind, "actor_via_sso": false}
	if actor != nil {
		payload["actor_id"], payload["actor_username"], payload["actor_via_sso"] = actor.ID, textOf(actor.Email), actor.SSO
		if actor.Email == nil || *actor.Email == "" {
			payload["actor_username"] = textOf(actor.Phone)
		}
	} else {
		payload["actor_id"], payload["actor_username"] = "00000000-0000-0000-0000-000000000000", "service_role"
	}
	if len(traits) > 0 {
		payload["traits"] = traits
	}
	return tx.AddAuditEntry(newID(), payload, x.ip, x.now)
}
