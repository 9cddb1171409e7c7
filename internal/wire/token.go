package wire

import (
	"cmp"
	"encoding/base64"
	"fmt"
	"io"
	"strings"
)

// hidden is printed instead of a token.
const hidden = "***"

// Token is a credential. It always prints as ***, even inside another value.
type Token struct {
	// A pointer, because fmt does not call the methods of values in unexported fields. It would print a string, but only
	// prints the address of a nested pointer.
	value *string
	whose string // as messages name it
}

// NewToken wraps a credential, which may be empty. It removes surrounding white space, such as a trailing newline.
func NewToken(value string) Token {
	value = strings.TrimSpace(value)
	return Token{value: &value}
}

// Named returns the same credential with a name for messages, such as "the job's token".
func (t Token) Named(whose string) Token {
	t.whose = whose
	return t
}

// of says whose the requests with the credential are.
func (t Token) of() string {
	if t.IsZero() {
		return "without a token"
	}
	return "of " + cmp.Or(t.whose, "the token")
}

// IsZero reports whether there is no credential.
func (t Token) IsZero() bool { return t.value == nil || *t.value == "" }

// String hides the credential.
func (Token) String() string { return hidden }

// GoString hides the credential.
func (Token) GoString() string { return hidden }

// Format hides the credential from every verb.
func (Token) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, hidden) }

// MarshalJSON hides the credential.
func (Token) MarshalJSON() ([]byte, error) { return []byte(`"` + hidden + `"`), nil }

// MarshalText hides the credential from every other encoding.
func (Token) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// Usable reports whether the token can be sent in a header. A token contains no spaces or control characters.
func (t Token) Usable() bool {
	return t.IsZero() || strings.IndexFunc(*t.value, func(r rune) bool { return r <= ' ' || r > '~' }) < 0
}

// Redact removes the token from untrusted text, even if it is encoded.
func (t Token) Redact(text string) string {
	if t.IsZero() {
		return text
	}
	for _, form := range []string{
		*t.value,
		base64.StdEncoding.EncodeToString([]byte(*t.value)),
		base64.RawURLEncoding.EncodeToString([]byte(*t.value)),
	} {
		text = strings.ReplaceAll(text, strings.TrimRight(form, "="), hidden)
	}
	return text
}
