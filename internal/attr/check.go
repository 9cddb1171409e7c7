package attr

import "errors"

// Check reports whether a row of that type would accept the text, which is not in a file.
func Check(kind Type, text string) error {
	if text == "" {
		return errors.New("write one")
	}
	return check(kind, text)
}
