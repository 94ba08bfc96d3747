package auth

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/basement-project/basement/internal/auth/password"
	"github.com/basement-project/basement/internal/auth/store"
	"github.com/basement-project/basement/internal/errs"
	"github.com/basement-project/basement/internal/identity"
)

// admin lets nobody but administrators use a handler: whoever has a service_role key.
func (a *API) admin(next handler) handler {
	return func(x *exchange) error {
		who, err := a.Gate.Identify(x.r.Header)
		switch {
		case err != nil && x.r.Header.Get("Authorization") == "" && x.r.Header.Get("Apikey") == "":
			return fail(http.StatusUnauthorized, "no_authorization", "This endpoint requires a valid Bearer token")
		case err != nil:
			return &Error{Status: http.StatusForbidden, Code: "bad_jwt", Message: "invalid JWT: unable to parse or verify signature", cause: err}
		case who.Role == identity.RoleService || who.Role == "supabase_admin":
			return next(x)
		case who.Claims == "{}":
			return fail(http.StatusUnauthorized, "no_authorization", "This endpoint requires a valid Bearer token")
		}
		return fail(http.StatusForbidden, "not_admin", "User not allowed")
	}
}

const usersPerPage, mostUsersPerPage = 50, 1000

func (a *API) listUsers(x *exchange) error {
	query := x.r.URL.Query()
	number := func(name string, standard int64) (int64, error) {
		text := query.Get(name)
		if text == "" {
			return standard, nil
		}
		n, err := strconv.ParseInt(text, 10, 31)
		if err != nil || n < 0 {
			return 0, invalid("Bad Pagination Parameters: %s is not a number", name)
		}
		if n == 0 {
			return standard, nil
		}
		return n, nil
	}
	page, err := number("page", 1)
	if err != nil {
		return err
	}
	size, err := number("per_page", usersPerPage)
	if err != nil {
		return err
	}
	size = min(size, mostUsersPerPage)
	var filter *string
	if f := query.Get("filter"); f != "" {
		if strings.ContainsRune(f, 0) {
			return invalid("the filter has a character that no text has")
		}
		filter = pointer(strings.ToLower(f))
	}
	users, all, err := a.Store.Reader(x.ctx).Users(filter, size, (page-1)*size)
	if err != nil {
		return err
	}
	last := max(1, (all+size-1)/size)
	var links []string
	link := func(to int64, rel string) {
		rest := ""
		if filter != nil {
			rest = "&filter=" + url.QueryEscape(query.Get("filter"))
		}
		links = append(links, fmt.Sprintf(`</admin/users?page=%d&per_page=%d%s>; rel="%s"`, to, size, rest, rel))
	}
	if page < last {
		link(page+1, "next")
	}
	link(last, "last")
	x.w.Header().Set("Link", strings.Join(links, ", "))
	x.w.Header().Set("X-Total-Count", strconv.FormatInt(all, 10))
	answer := struct {
		Users []*userView `json:"users"`
		Aud   string      `json:"aud"`
	}{[]*userView{}, authenticated}
	for i := range users {
		answer.Users = append(answer.Users, view(&users[i]))
	}
	writeJSON(x.w, http.StatusOK, answer)
	return nil
}

// adminBody is what administrators may set; what is nil stays.
type adminBody struct {
	ID           *string    `json:"id"`
	Aud          *string    `json:"aud"`
	Role         *string    `json:"role"`
	Email        *string    `json:"email"`
	Phone        *string    `json:"phone"`
	Password     *string    `json:"password"`
	PasswordHash *string    `json:"password_hash"`
	EmailConfirm bool       `json:"email_confirm"`
	PhoneConfirm bool       `json:"phone_confirm"`
	UserMeta     store.Meta `json:"user_metadata"`
	AppMeta      store.Meta `json:"app_metadata"`
	BanDuration  string     `json:"ban_duration"`
}

// prepared is an adminBody that was found good.
type prepared struct {
	adminBody
	hash *string
	// until is set when banned.
	banned bool
	until  *time.Time
}

func (a *API) prepare(x *exchange) (*prepared, error) {
	var p prepared
	if err := x.read(&p.adminBody); err != nil {
		return nil, err
	}
	if p.Email != nil && *p.Email == "" {
		p.Email = nil
	}
	if p.Phone != nil && *p.Phone == "" {
		p.Phone = nil
	}
	if p.Email != nil {
		email, err := validAddress(*p.Email)
		if err != nil {
			return nil, err
		}
		p.Email = &email
	}
	if p.Phone != nil {
		phone, err := validNumber(*p.Phone)
		if err != nil {
			return nil, err
		}
		p.Phone = &phone
	}
	if p.BanDuration != "" {
		p.banned = true
		if p.BanDuration != "none" {
			d, err := time.ParseDuration(p.BanDuration)
			if err != nil {
				return nil, invalid("invalid format for ban duration: %v", err)
			}
			p.until = pointer(x.now.Add(d))
		}
	}
	switch {
	case p.Password != nil && *p.Password != "" && p.PasswordHash != nil && *p.PasswordHash != "":
		return nil, invalid("Only a password or a password hash should be provided")
	case p.PasswordHash != nil && *p.PasswordHash != "":
		if !password.Known(*p.PasswordHash) {
			return nil, invalid("The password hash is of no kind that passwords can be checked with")
		}
		p.hash = p.PasswordHash
	case p.Password != nil && *p.Password != "":
		hash, err := a.newPassword(x, *p.Password)
		if err != nil {
			return nil, err
		}
		p.hash = &hash
	}
	return &p, nil
}

// put sets what the body has besides address and number.
func (p *prepared) put(u *store.User, now time.Time) {
	if p.EmailConfirm && u.Email != nil && u.EmailConfirmedAt == nil {
		u.EmailConfirmedAt = &now
	}
	if p.PhoneConfirm && u.Phone != nil && u.PhoneConfirmedAt == nil {
		u.PhoneConfirmedAt = &now
	}
	if p.Role != nil && *p.Role != "" {
		u.Role = p.Role
	}
	if p.Aud != nil && *p.Aud != "" {
		u.Aud = p.Aud
	}
	if p.hash != nil {
		u.Password = p.hash
	}
	if p.banned {
		u.BannedUntil = p.until
	}
	u.UserMeta, u.AppMeta = u.UserMeta.With(p.UserMeta), u.AppMeta.With(p.AppMeta)
}

func (a *API) createUser(x *exchange) error {
	p, err := a.prepare(x)
	if err != nil {
		return err
	}
	if p.Email == nil && p.Phone == nil {
		return invalid("Cannot create a user without either an email or phone")
	}
	u := &store.User{ID: newID(), Aud: pointer(authenticated), Role: pointer(authenticated), Email: p.Email, Phone: p.Phone, Password: pointer("")}
	if p.ID != nil && *p.ID != "" {
		if !uuidForm.MatchString(*p.ID) {
			return invalid("ID must conform to the uuid v4 format")
		}
		u.ID = strings.ToLower(*p.ID)
	}
	u.AppMeta = appMeta("phone")
	if p.Email != nil {
		u.AppMeta = appMeta("email")
	}
	p.put(u, x.now)
	var made *store.User
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		if err := free(tx, p.Email, p.Phone, u.ID); err != nil {
			return err
		}
		if err := tx.AddUser(u, x.now); err != nil {
			return err
		}
		if p.Email != nil {
			if err := a.addEmailIdentity(x, tx, u, nil); err != nil {
				return err
			}
		}
		if p.Phone != nil {
			data := store.Meta{"sub": u.ID, "phone": *p.Phone, "email_verified": false, "phone_verified": u.PhoneConfirmedAt != nil}
			if err := tx.AddIdentity(&store.Identity{ID: newID(), ProviderID: u.ID, UserID: u.ID, Provider: "phone", Data: data}, x.now); err != nil {
				return err
			}
		}
		if err := x.note(tx, signedUp, nil, store.Meta{"user_id": u.ID, "user_email": textOf(u.Email), "user_phone": textOf(u.Phone)}); err != nil {
			return err
		}
		var err error
		made, err = tx.UserByID(u.ID)
		return err
	})
	if err != nil {
		return saving("Database error creating new user", unique(err))
	}
	writeJSON(x.w, http.StatusOK, view(made))
	return nil
}

// free refuses an address or a number that another user has.
func free(tx *store.Tx, email, phone *string, but string) error {
	if email != nil {
		if taken, err := tx.Taken(email, nil, but); err != nil || taken {
			return cmpError(err, fail(http.StatusUnprocessableEntity, "email_exists", "A user with this email address has already been registered"))
		}
	}
	if phone != nil {
		if taken, err := tx.Taken(nil, phone, but); err != nil || taken {
			return cmpError(err, fail(http.StatusUnprocessableEntity, "phone_exists", "Phone number already registered by another user"))
		}
	}
	return nil
}

func cmpError(err error, otherwise *Error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// unique gives the answer to what two requests at the same moment, or an id given twice, come to.
func unique(err error) error {
	e := errs.Of(err)
	if e == nil || e.Code != "23505" {
		return err
	}
	switch e.Constraint {
	case "users_email_partial_key":
		return fail(http.StatusUnprocessableEntity, "email_exists", "A user with this email address has already been registered")
	case "users_phone_key":
		return fail(http.StatusUnprocessableEntity, "phone_exists", "Phone number already registered by another user")
	case "users_pkey":
		return fail(http.StatusUnprocessableEntity, "conflict", "User with this id already exists")
	}
	return err
}

func noSuchUser() *Error { return fail(http.StatusNotFound, "user_not_found", "User not found") }

// named gives the id in the path.
func (x *exchange) named() (string, error) {
	if !uuidForm.MatchString(x.id) {
		return "", fail(http.StatusNotFound, "validation_failed", "user_id must be an UUID")
	}
	return strings.ToLower(x.id), nil
}

func (a *API) readUser(x *exchange) error {
	id, err := x.named()
	if err != nil {
		return err
	}
	u, err := a.Store.Reader(x.ctx).UserByID(id)
	if err != nil {
		return err
	}
	if u == nil {
		return noSuchUser()
	}
	writeJSON(x.w, http.StatusOK, view(u))
	return nil
}

func (a *API) updateUser(x *exchange) error {
	id, err := x.named()
	if err != nil {
		return err
	}
	p, err := a.prepare(x)
	if err != nil {
		return err
	}
	var changed *store.User
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		u, err := tx.UserToChange(id)
		if err != nil {
			return err
		}
		if u == nil {
			return noSuchUser()
		}
		if p.Email != nil && *p.Email != textOf(u.Email) {
			if err := a.changeEmail(x, tx, u, *p.Email, p.EmailConfirm); err != nil {
				return err
			}
		}
		if p.Phone != nil && *p.Phone != textOf(u.Phone) {
			if err := free(tx, nil, p.Phone, id); err != nil {
				return err
			}
			u.Phone = p.Phone
		}
		p.put(u, x.now)
		if p.hash != nil {
			if err := tx.RemoveSessions(id, ""); err != nil {
				return err
			}
		}
		if err := tx.ChangeUser(u, x.now); err != nil {
			return err
		}
		if p.EmailConfirm {
			if err := tx.ChangeIdentityData(id, "email", store.Meta{"email_verified": true}, x.now); err != nil {
				return err
			}
		}
		if err := x.note(tx, userModified, nil, store.Meta{"user_id": id, "user_email": textOf(u.Email), "user_phone": textOf(u.Phone)}); err != nil {
			return err
		}
		changed, err = tx.UserByID(id)
		return err
	})
	if err != nil {
		return saving("Error updating user", unique(err))
	}
	writeJSON(x.w, http.StatusOK, view(changed))
	return nil
}

func (a *API) deleteUser(x *exchange) error {
	id, err := x.named()
	if err != nil {
		return err
	}
	var body struct {
		Soft bool `json:"should_soft_delete"`
	}
	if err := x.read(&body); err != nil {
		return err
	}
	err = a.Store.Program(x.ctx, func(tx *store.Tx) error {
		u, err := tx.UserToChange(id)
		if err != nil {
			return err
		}
		if u == nil {
			return noSuchUser()
		}
		if err := x.note(tx, userDeleted, nil, store.Meta{"user_id": id, "user_email": textOf(u.Email), "user_phone": textOf(u.Phone)}); err != nil {
			return err
		}
		switch {
		case !body.Soft:
			return tx.RemoveUser(id)
		case u.DeletedAt != nil:
			return nil
		}
		return tx.HideUser(id, hidden(id, u.Email), hidden(id, u.Phone), x.now)
	})
	if err != nil {
		return saving("Database error deleting user", err)
	}
	writeJSON(x.w, http.StatusOK, struct{}{})
	return nil
}

// hidden is what stands in the place of a deleted user's address or number.
func hidden(id string, text *string) *string {
	if text == nil || *text == "" {
		return text
	}
	sum := sha256.Sum256([]byte(id + *text))
	return pointer(hex.EncodeToString(sum[:]))
}
