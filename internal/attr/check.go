package attr

import "errors"

// Check judges a text that stands in no file: whether a row of that type would take it.
func Check(kind Type, text string) error {
	if text == "" {
		return errors.New("write one")
	}
	return check(kind, text)
}
