package password

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Rules are what a new password must keep.
type Rules struct {
	// MinLength is in characters.
	MinLength int
	// Requirements is one of Requirements' names; "" asks for nothing.
	Requirements string
}

const (
	lower   = "abcdefghijklmnopqrstuvwxyz"
	upper   = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
	symbols = `!@#$%^&*()_+-=[]{};'\:"|<>?,./` + "`~"
)

// classes gives for each requirement the sets of characters of which one each must be there.
var classes = map[string][]string{
	"letters_digits":                     {lower + upper, digits},
	"lower_upper_letters_digits":         {lower, upper, digits},
	"lower_upper_letters_digits_symbols": {lower, upper, digits, symbols},
}

// Requirements are the names of the requirements on characters.
func Requirements() []string {
	return []string{"", "letters_digits", "lower_upper_letters_digits", "lower_upper_letters_digits_symbols"}
}

// Weakness is what a password lacks. Reasons are "length" and "characters".
type Weakness struct {
	Message string
	Reasons []string
}

// Judge says what a password lacks; nil when it is good enough.
func (r Rules) Judge(password string) *Weakness {
	var w Weakness
	var messages []string
	if utf8.RuneCountInString(password) < r.MinLength {
		messages = append(messages, fmt.Sprintf("Password should be at least %d characters.", r.MinLength))
		w.Reasons = append(w.Reasons, "length")
	}
	sets := classes[r.Requirements]
	for _, set := range sets {
		if !strings.ContainsAny(password, set) {
			messages = append(messages, "Password should contain at least one character of each: "+strings.Join(sets, ", ")+".")
			w.Reasons = append(w.Reasons, "characters")
			break
		}
	}
	if len(w.Reasons) == 0 {
		return nil
	}
	w.Message = strings.Join(messages, " ")
	return &w
}
