package auth

import (
	"net/http"

	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/errs"
)

// The role and audience of users.
const authenticated = "authenticated"

const savingNewUser = "Database error saving new user"

type signUpBody struct {
	Email    string     `json:"email"`
	Phone    string     `json:"phone"`
	Password string     `json:"password"`
	Data     store.Meta `json:"data"`
}

func (a *API) signUp(x *exchange) error {
	var body signUpBody
	if err := x.read(&body); err != nil {
		return err
	}
	if !a.Offers.Signup {
		return fail(http.StatusUnprocessableEntity, "signup_disabled", "Signups not allowed for this instance")
	}
	if body.Email == "" && body.Phone == "" {
		return a.signUpAnonymously(x, body.Data)
	}
	if !a.signIns.Allow(x.limited(), x.now) {
		return tooManyRequests()
	}
	switch {
	case body.Email != "" && body.Phone != "":
		return invalid("Only an email address or phone number should be provided on signup.")
	case body.Phone != "":
		return fail(http.StatusBadRequest, "phone_provider_disabled", "Phone signups are disabled")
	case !a.Offers.EmailSignup:
		return fail(http.StatusBadRequest, "email_provider_disabled", "Email signups are disabled")
	case body.Password == "":
		return invalid("Signup requires a valid password")
	}
	email, err := validAddress(body.Email)
	if err != nil {
		return err
	}
	// Hashing comes before looking, so that the answer takes the same time whether the address is known.
	hash, err := a.newPassword(x, body.Password)
	if err != nil {
		return err
	}
	u := &store.User{
		ID: newID(), Aud: pointer(authenticated), Role: pointer(authenticated), Email: &email, Password: &hash,
		AppMeta: appMeta("email"), UserMeta: body.Data.With(nil),
	}
	if !a.Offers.EmailConfirmations {
		u.EmailConfirmedAt = &x.now
	}
	var taken bool
	var in *signedIn
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		var err error
		if taken, err = tx.Taken(&email, nil, ""); err != nil || taken {
			return err
		}
		if err := a.add(x, tx, u); err != nil {
			return err
		}
		if a.Offers.EmailConfirmations {
			u, err = tx.UserByID(u.ID)
			return err
		}
		in, err = a.signIn(x, tx, u, entry{method: "password", provider: "email"})
		return err
	})
	if e := errs.Of(err); e != nil && e.Code == "23505" && e.Constraint == "users_email_partial_key" {
		taken, err = true, nil
	}
	switch {
	case err != nil:
		return saving(savingNewUser, err)
	case taken && !a.Offers.EmailConfirmations:
		return fail(http.StatusUnprocessableEntity, "user_already_exists", "User already registered")
	case taken:
		return a.pretend(x, u)
	case in == nil:
		writeJSON(x.w, http.StatusOK, view(u))
		return nil
	}
	return a.grant(x, in)
}

// pretend answers as if a user had been made of an address that has one.
func (a *API) pretend(x *exchange, u *store.User) error {
	err := a.Store.Program(x.ctx, func(tx *store.Tx) error {
		return x.note(tx, repeatedSignUp, u, store.Meta{"provider": "email"})
	})
	if err != nil {
		return err
	}
	u.UserMeta = u.UserMeta.With(emailData(u))
	u.CreatedAt, u.UpdatedAt = &x.now, &x.now
	writeJSON(x.w, http.StatusOK, view(u))
	return nil
}

func (a *API) signUpAnonymously(x *exchange, data store.Meta) error {
	if !a.Offers.AnonymousSignIns {
		return fail(http.StatusUnprocessableEntity, "anonymous_provider_disabled", "Anonymous sign-ins are disabled")
	}
	if !a.guests.Allow(x.limited(), x.now) {
		return tooManyRequests()
	}
	u := &store.User{
		ID: newID(), Aud: pointer(authenticated), Role: pointer(authenticated), Password: pointer(""),
		AppMeta: store.Meta{}, UserMeta: data.With(nil), Anonymous: true,
	}
	var in *signedIn
	err := a.Store.Program(x.ctx, func(tx *store.Tx) error {
		err := tx.AddUser(u, x.now)
		if err == nil {
			err = x.note(tx, signedUp, u, store.Meta{"provider": "anonymous"})
		}
		if err == nil {
			in, err = a.signIn(x, tx, u, entry{method: "anonymous"})
		}
		return err
	})
	if err != nil {
		return saving(savingNewUser, err)
	}
	return a.grant(x, in)
}

// add adds a user with an identity for its e-mail address.
func (a *API) add(x *exchange, tx *store.Tx, u *store.User) error {
	if err := tx.AddUser(u, x.now); err != nil {
		return err
	}
	// Triggers on the new row see what the client sent; what the identity says is added afterwards.
	if err := a.addEmailIdentity(x, tx, u, u.UserMeta); err != nil {
		return err
	}
	if err := tx.AddUserMeta(u.ID, emailData(u)); err != nil {
		return err
	}
	return x.note(tx, signedUp, u, store.Meta{"provider": "email"})
}

func (a *API) addEmailIdentity(x *exchange, tx *store.Tx, u *store.User, more store.Meta) error {
	return tx.AddIdentity(&store.Identity{
		ID: newID(), ProviderID: u.ID, UserID: u.ID, Provider: "email", Data: more.With(emailData(u)),
	}, x.now)
}

// emailData is what an identity says of an e-mail address.
func emailData(u *store.User) store.Meta {
	return store.Meta{"sub": u.ID, "email": textOf(u.Email), "email_verified": u.EmailConfirmedAt != nil, "phone_verified": u.PhoneConfirmedAt != nil}
}

func appMeta(provider string) store.Meta {
	return store.Meta{"provider": provider, "providers": []string{provider}}
}

// newPassword judges and hashes a password.
func (a *API) newPassword(x *exchange, text string) (string, error) {
	if len(text) > password.MaxLength {
		return "", invalid("Password cannot be longer than %d characters", password.MaxLength)
	}
	if weak := a.Rules.Judge(text); weak != nil {
		return "", &Error{Status: http.StatusUnprocessableEntity, Code: "weak_password", Message: weak.Message, Weak: weak}
	}
	return a.hasher.Hash(x.ctx, text)
}
