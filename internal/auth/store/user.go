package store

import (
	"bytes"
	"encoding/json"
	"time"
)

// Meta is a JSON object. Numbers keep their digits.
type Meta map[string]any

// UnmarshalJSON reads an object; null is an empty one.
func (m *Meta) UnmarshalJSON(text []byte) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	var object map[string]any
	if err := d.Decode(&object); err != nil {
		return err
	}
	*m = object
	return nil
}

// MarshalJSON prints the object; one that is nil is empty.
func (m Meta) MarshalJSON() ([]byte, error) {
	if m == nil {
		return []byte("{}"), nil
	}
	return json.Marshal(map[string]any(m))
}

// With gives m with changes put over it; a change to null takes a key away.
func (m Meta) With(changes Meta) Meta {
	out := Meta{}
	for k, v := range m {
		out[k] = v
	}
	for k, v := range changes {
		if v == nil {
			delete(out, k)
			continue
		}
		out[k] = v
	}
	return out
}

// User is a row of auth.users with its identities.
type User struct {
	ID                 string     `json:"id"`
	Aud                *string    `json:"aud"`
	Role               *string    `json:"role"`
	Email              *string    `json:"email"`
	Phone              *string    `json:"phone"`
	Password           *string    `json:"encrypted_password"`
	EmailConfirmedAt   *time.Time `json:"email_confirmed_at"`
	PhoneConfirmedAt   *time.Time `json:"phone_confirmed_at"`
	ConfirmedAt        *time.Time `json:"confirmed_at"`
	InvitedAt          *time.Time `json:"invited_at"`
	ConfirmationSentAt *time.Time `json:"confirmation_sent_at"`
	RecoverySentAt     *time.Time `json:"recovery_sent_at"`
	EmailChange        *string    `json:"email_change"`
	EmailChangeSentAt  *time.Time `json:"email_change_sent_at"`
	PhoneChange        *string    `json:"phone_change"`
	PhoneChangeSentAt  *time.Time `json:"phone_change_sent_at"`
	ReauthSentAt       *time.Time `json:"reauthentication_sent_at"`
	LastSignInAt       *time.Time `json:"last_sign_in_at"`
	AppMeta            Meta       `json:"raw_app_meta_data"`
	UserMeta           Meta       `json:"raw_user_meta_data"`
	CreatedAt          *time.Time `json:"created_at"`
	UpdatedAt          *time.Time `json:"updated_at"`
	BannedUntil        *time.Time `json:"banned_until"`
	DeletedAt          *time.Time `json:"deleted_at"`
	Anonymous          bool       `json:"is_anonymous"`
	SSO                bool       `json:"is_sso_user"`
	Identities         []Identity `json:"identities"`
}

// Banned says whether the user may not sign in at a moment.
func (u *User) Banned(now time.Time) bool { return u.BannedUntil != nil && now.Before(*u.BannedUntil) }

// Identity is a way a user is known by: a row of auth.identities.
type Identity struct {
	ID           string     `json:"id"`
	ProviderID   string     `json:"provider_id"`
	UserID       string     `json:"user_id"`
	Data         Meta       `json:"identity_data"`
	Provider     string     `json:"provider"`
	LastSignInAt *time.Time `json:"last_sign_in_at"`
	CreatedAt    *time.Time `json:"created_at"`
	UpdatedAt    *time.Time `json:"updated_at"`
	Email        *string    `json:"email"`
}

// UserByID gives a user; nil when there is none.
func (t *Tx) UserByID(id string) (*User, error) { return row[User](t, call{"user by id", []any{id}}) }

// UserToChange gives a user and keeps others from changing it until the transaction ends; nil when there is none.
func (t *Tx) UserToChange(id string) (*User, error) {
	return row[User](t, call{"user to change", []any{id}})
}

// UserByEmail gives the user with an address, in lower case; nil when there is none.
func (t *Tx) UserByEmail(email string) (*User, error) {
	return row[User](t, call{"user by email", []any{email}})
}

// Users gives a page of the users, the newest first, and how many there are in all. A filter, in lower case, is a part of
// the address, the number or the name.
func (t *Tx) Users(filter *string, limit, offset int64) ([]User, int64, error) {
	page, err := rows[User](t, call{"page of users", []any{filter, limit, offset}})
	if err != nil {
		return nil, 0, err
	}
	all, err := row[struct {
		Count int64 `json:"count"`
	}](t, call{"number of users", []any{filter}})
	if err != nil {
		return nil, 0, err
	}
	return page, all.Count, nil
}

// Taken says whether another user than the one with the id ("": than none) has the address or the number.
func (t *Tx) Taken(email, phone *string, id string) (bool, error) {
	var but *string
	if id != "" {
		but = &id
	}
	found, err := rows[struct{}](t, call{"address taken", []any{email, phone, but}})
	return len(found) > 0, err
}

func fields(u *User, now time.Time) []any {
	return []any{u.ID, u.Aud, u.Role, u.Email, u.Phone, u.Password, u.EmailConfirmedAt, u.PhoneConfirmedAt, u.AppMeta, u.UserMeta,
		u.Anonymous, u.BannedUntil, now}
}

// AddUser adds a user, without its identities.
func (t *Tx) AddUser(u *User, now time.Time) error {
	_, err := t.exec(call{"add user", fields(u, now)})
	return err
}

// ChangeUser keeps what was changed in a user: the fields that AddUser takes.
func (t *Tx) ChangeUser(u *User, now time.Time) error {
	_, err := t.exec(call{"change user", fields(u, now)})
	return err
}

// AddIdentity adds an identity.
func (t *Tx) AddIdentity(i *Identity, now time.Time) error {
	_, err := t.exec(call{"add identity", []any{i.ID, i.ProviderID, i.UserID, i.Data, i.Provider, now}})
	return err
}

// ChangeIdentityData puts changes over what a user's identity of a provider says.
func (t *Tx) ChangeIdentityData(user, provider string, changes Meta, now time.Time) error {
	_, err := t.exec(call{"change identity data", []any{user, provider, changes, now}})
	return err
}

// AddUserMeta puts values over a user's metadata.
func (t *Tx) AddUserMeta(user string, values Meta) error {
	_, err := t.exec(call{"add to metadata of user", []any{user, values}})
	return err
}

// RemoveUser removes a user and everything that belongs to it.
func (t *Tx) RemoveUser(id string) error {
	_, err := t.exec(call{"remove user", []any{id}})
	return err
}

// HideUser keeps a user's row alone, with texts in place of address and number.
func (t *Tx) HideUser(id string, email, phone *string, now time.Time) error {
	_, err := t.exec(call{"hide user", []any{id, email, phone, now}}, call{"remove identities of user", []any{id}},
		call{"remove other sessions", []any{id, nil}})
	return err
}
