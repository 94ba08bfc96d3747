package auth

import (
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/auth/store"
)

var uuidForm = regexp.MustCompile(`^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$`)

// asker is the user who asks, with the session of the token; it has none in tokens made elsewhere.
type asker struct {
	user    *store.User
	session *store.Session
}

func (k *asker) sessionID() string {
	if k.session == nil {
		return ""
	}
	return k.session.ID
}

// asker finds out which user asks: by the token in Authorization alone.
func (a *API) asker(x *exchange) (*asker, error) {
	scheme, token, _ := strings.Cut(x.r.Header.Get("Authorization"), " ")
	if token = strings.TrimSpace(token); !strings.EqualFold(scheme, "bearer") || token == "" || strings.HasPrefix(token, "sb_") {
		return nil, fail(http.StatusUnauthorized, "no_authorization", "This endpoint requires a valid Bearer token")
	}
	who, err := a.Gate.Verifier().Verify(token, x.now)
	if err != nil {
		return nil, &Error{Status: http.StatusForbidden, Code: "bad_jwt", Message: "invalid JWT: unable to parse or verify signature", cause: err}
	}
	var claims struct {
		Subject   string `json:"sub"`
		SessionID string `json:"session_id"`
	}
	if err := json.Unmarshal([]byte(who.Claims), &claims); err != nil || claims.Subject == "" {
		return nil, fail(http.StatusForbidden, "bad_jwt", "invalid claim: missing sub claim")
	}
	if !uuidForm.MatchString(claims.Subject) {
		return nil, fail(http.StatusForbidden, "bad_jwt", "invalid claim: sub claim must be a UUID")
	}
	k := &asker{}
	read := a.Store.Reader(x.ctx)
	if k.user, err = read.UserByID(claims.Subject); err != nil {
		return nil, err
	}
	if k.user == nil || k.user.DeletedAt != nil {
		return nil, fail(http.StatusForbidden, "user_not_found", "User from sub claim in JWT does not exist")
	}
	if claims.SessionID != "" {
		if uuidForm.MatchString(claims.SessionID) {
			if k.session, err = read.SessionByID(claims.SessionID); err != nil {
				return nil, err
			}
		}
		if k.session == nil || k.session.UserID != k.user.ID {
			return nil, fail(http.StatusForbidden, "session_not_found", "Session from session_id claim in JWT does not exist")
		}
	}
	if k.user.Banned(x.now) {
		return nil, fail(http.StatusForbidden, "user_banned", "User is banned")
	}
	return k, nil
}

func (a *API) getUser(x *exchange) error {
	k, err := a.asker(x)
	if err != nil {
		return err
	}
	writeJSON(x.w, http.StatusOK, view(k.user))
	return nil
}

// reauthenticateAfter is how old a session may be in which a password is changed, where that is looked at.
const reauthenticateAfter = 24 * time.Hour

type userBody struct {
	Email           string     `json:"email"`
	Phone           string     `json:"phone"`
	Password        *string    `json:"password"`
	CurrentPassword *string    `json:"current_password"`
	Nonce           string     `json:"nonce"`
	Data            store.Meta `json:"data"`
	AppMeta         store.Meta `json:"app_metadata"`
}

func (a *API) putUser(x *exchange) error {
	k, err := a.asker(x)
	if err != nil {
		return err
	}
	var body userBody
	if err := x.read(&body); err != nil {
		return err
	}
	email := ""
	if body.Email != "" {
		if email, err = validAddress(body.Email); err != nil {
			return err
		}
		if email == textOf(k.user.Email) {
			email = ""
		}
	}
	switch {
	case body.AppMeta != nil:
		return fail(http.StatusForbidden, "not_admin", "Updating app_metadata requires admin privileges")
	case body.Phone != "" && strings.TrimPrefix(body.Phone, "+") != textOf(k.user.Phone):
		return fail(http.StatusBadRequest, "phone_provider_disabled", "Phone changes are disabled")
	case email != "" && !a.Offers.EmailSignup:
		return fail(http.StatusUnprocessableEntity, "email_provider_disabled", "Email changes are disabled")
	case email != "" && a.Offers.EmailConfirmations:
		return fail(http.StatusUnprocessableEntity, "feature_disabled", "Changing the email address needs a confirmation by mail, which this server does not send")
	case body.Password != nil && k.user.Anonymous && email == "":
		return fail(http.StatusUnprocessableEntity, "validation_failed", "Updating password of an anonymous user without an email or phone is not allowed")
	case k.user.SSO && (email != "" || body.Password != nil):
		return fail(http.StatusUnprocessableEntity, "user_sso_managed", "Updating email, phone, password of a SSO account only possible via SSO")
	}
	hash, err := a.changedPassword(x, k, &body)
	if err != nil {
		return err
	}
	var changed *store.User
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		u, err := tx.UserToChange(k.user.ID)
		if err != nil {
			return err
		}
		if u == nil || textOf(u.Password) != textOf(k.user.Password) && hash != nil {
			return fail(http.StatusConflict, "conflict", "The user was changed at the same time, please try again")
		}
		if email != "" {
			if err := a.changeEmail(x, tx, u, email, true); err != nil {
				return err
			}
		}
		if body.Data != nil {
			u.UserMeta = u.UserMeta.With(body.Data)
		}
		noted := userModified
		if hash != nil {
			u.Password, noted = hash, passwordUpdated
			if err := tx.RemoveSessions(u.ID, k.sessionID()); err != nil {
				return err
			}
		}
		if err := tx.ChangeUser(u, x.now); err != nil {
			return err
		}
		if err := x.note(tx, noted, u, nil); err != nil {
			return err
		}
		changed, err = tx.UserByID(u.ID)
		return err
	})
	if err != nil {
		return saving("Database error updating user", err)
	}
	writeJSON(x.w, http.StatusOK, view(changed))
	return nil
}

// changedPassword judges a user's new password and gives its hash; nil when there is none.
func (a *API) changedPassword(x *exchange, k *asker, body *userBody) (*string, error) {
	if body.Password == nil {
		return nil, nil
	}
	if a.Offers.SecurePasswordChange && (k.session == nil || x.now.After(k.session.CreatedAt.Add(reauthenticateAfter))) {
		if body.Nonce != "" {
			return nil, fail(http.StatusUnprocessableEntity, "reauthentication_not_valid", "Nonce has expired or is invalid")
		}
		return nil, fail(http.StatusBadRequest, "reauthentication_needed", "Password update requires reauthentication")
	}
	if body.CurrentPassword != nil {
		verdict, err := a.hasher.Check(x.ctx, *body.CurrentPassword, textOf(k.user.Password))
		if err != nil {
			return nil, err
		}
		if !verdict.Right {
			return nil, fail(http.StatusBadRequest, "current_password_invalid", "The current password is not right")
		}
	}
	hash, err := a.newPassword(x, *body.Password)
	if err != nil {
		return nil, err
	}
	if textOf(k.user.Password) != "" {
		verdict, err := a.hasher.Check(x.ctx, *body.Password, *k.user.Password)
		if err != nil {
			return nil, err
		}
		if verdict.Right {
			return nil, fail(http.StatusUnprocessableEntity, "same_password", "New password should be different from the old password.")
		}
	}
	return &hash, nil
}

// changeEmail gives a user another address, and an identity for it.
func (a *API) changeEmail(x *exchange, tx *store.Tx, u *store.User, email string, confirmed bool) error {
	taken, err := tx.Taken(&email, nil, u.ID)
	if err != nil {
		return err
	}
	if taken {
		return fail(http.StatusUnprocessableEntity, "email_exists", "A user with this email address has already been registered")
	}
	u.Email = &email
	if confirmed {
		u.EmailConfirmedAt = &x.now
	}
	if u.Anonymous {
		u.Anonymous = false
		u.AppMeta = u.AppMeta.With(appMeta("email"))
	}
	data := emailData(u)
	u.UserMeta = u.UserMeta.With(data)
	for _, i := range u.Identities {
		if i.Provider == "email" {
			return tx.ChangeIdentityData(u.ID, "email", data, x.now)
		}
	}
	return a.addEmailIdentity(x, tx, u, nil)
}

func (a *API) logOut(x *exchange) error {
	scope := x.r.URL.Query().Get("scope")
	switch scope {
	case "":
		scope = "global"
	case "global", "local", "others":
	default:
		return invalid("Unsupported logout scope %q", scope)
	}
	k, err := a.asker(x)
	if err != nil {
		return err
	}
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		err := x.note(tx, loggedOut, k.user, store.Meta{"scope": scope})
		switch {
		case err != nil:
		case scope == "global" || k.session == nil:
			err = tx.RemoveSessions(k.user.ID, "")
		case scope == "local":
			err = tx.RemoveSession(k.session.ID)
		default:
			err = tx.RemoveSessions(k.user.ID, k.session.ID)
		}
		return err
	})
	if err != nil {
		return saving("Error logging out user", err)
	}
	x.w.WriteHeader(http.StatusNoContent)
	return nil
}
