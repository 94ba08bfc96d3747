package auth

import (
	"crypto/rand"
	"fmt"
	"time"

	"github.com/basement-project/basement/internal/auth/store"
)

// userView is a user as the API shows it.
type userView struct {
	ID                 string         `json:"id"`
	Aud                string         `json:"aud"`
	Role               string         `json:"role"`
	Email              string         `json:"email"`
	EmailConfirmedAt   *time.Time     `json:"email_confirmed_at,omitempty"`
	InvitedAt          *time.Time     `json:"invited_at,omitempty"`
	Phone              string         `json:"phone"`
	PhoneConfirmedAt   *time.Time     `json:"phone_confirmed_at,omitempty"`
	ConfirmationSentAt *time.Time     `json:"confirmation_sent_at,omitempty"`
	ConfirmedAt        *time.Time     `json:"confirmed_at,omitempty"`
	RecoverySentAt     *time.Time     `json:"recovery_sent_at,omitempty"`
	NewEmail           string         `json:"new_email,omitempty"`
	EmailChangeSentAt  *time.Time     `json:"email_change_sent_at,omitempty"`
	NewPhone           string         `json:"new_phone,omitempty"`
	PhoneChangeSentAt  *time.Time     `json:"phone_change_sent_at,omitempty"`
	ReauthSentAt       *time.Time     `json:"reauthentication_sent_at,omitempty"`
	LastSignInAt       *time.Time     `json:"last_sign_in_at,omitempty"`
	AppMeta            store.Meta     `json:"app_metadata"`
	UserMeta           store.Meta     `json:"user_metadata"`
	Identities         []identityView `json:"identities"`
	CreatedAt          *time.Time     `json:"created_at"`
	UpdatedAt          *time.Time     `json:"updated_at"`
	BannedUntil        *time.Time     `json:"banned_until,omitempty"`
	DeletedAt          *time.Time     `json:"deleted_at,omitempty"`
	Anonymous          bool           `json:"is_anonymous"`
}

type identityView struct {
	IdentityID   string     `json:"identity_id"`
	ID           string     `json:"id"`
	UserID       string     `json:"user_id"`
	Data         store.Meta `json:"identity_data"`
	Provider     string     `json:"provider"`
	LastSignInAt *time.Time `json:"last_sign_in_at,omitempty"`
	CreatedAt    *time.Time `json:"created_at,omitempty"`
	UpdatedAt    *time.Time `json:"updated_at,omitempty"`
	Email        *string    `json:"email,omitempty"`
}

func view(u *store.User) *userView {
	v := &userView{
		ID: u.ID, Aud: textOf(u.Aud), Role: textOf(u.Role), Email: textOf(u.Email), EmailConfirmedAt: utc(u.EmailConfirmedAt), InvitedAt: utc(u.InvitedAt),
		Phone: textOf(u.Phone), PhoneConfirmedAt: utc(u.PhoneConfirmedAt), ConfirmationSentAt: utc(u.ConfirmationSentAt),
		ConfirmedAt: utc(u.ConfirmedAt), RecoverySentAt: utc(u.RecoverySentAt), NewEmail: textOf(u.EmailChange),
		EmailChangeSentAt: utc(u.EmailChangeSentAt), NewPhone: textOf(u.PhoneChange), PhoneChangeSentAt: utc(u.PhoneChangeSentAt),
		ReauthSentAt: utc(u.ReauthSentAt), LastSignInAt: utc(u.LastSignInAt), AppMeta: u.AppMeta, UserMeta: u.UserMeta,
		Identities: []identityView{}, CreatedAt: utc(u.CreatedAt), UpdatedAt: utc(u.UpdatedAt), BannedUntil: utc(u.BannedUntil),
		DeletedAt: utc(u.DeletedAt), Anonymous: u.Anonymous,
	}
	for _, i := range u.Identities {
		v.Identities = append(v.Identities, identityView{
			IdentityID: i.ID, ID: i.ProviderID, UserID: i.UserID, Data: i.Data, Provider: i.Provider,
			LastSignInAt: utc(i.LastSignInAt), CreatedAt: utc(i.CreatedAt), UpdatedAt: utc(i.UpdatedAt), Email: i.Email,
		})
	}
	return v
}

func utc(t *time.Time) *time.Time {
	if t == nil {
		return nil
	}
	u := t.UTC()
	return &u
}

func textOf(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// newID gives a random UUID.
func newID() string {
	var b [16]byte
	_, _ = rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[:4], b[4:6], b[6:8], b[8:10], b[10:])
}

func pointer[T any](v T) *T { return &v }
