package settings

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
)

// Invalid returns the error for a flag whose value is not one of the choices.
func Invalid(flag, value string, choices []string) error {
	return inputs.Usagef(nearest(value, choices), "invalid value %q for %s", value, flag)
}

// Answered returns an error for a flag whose value only stands for an answer that is still to come, such as TODO.
func Answered(flag, value, hint string) error {
	if manifest.Placeholder(value) {
		return inputs.Usagef(hint, "%s %q says nothing", flag, value)
	}
	return nil
}

// nearest returns the hint for a word that is not one of the choices.
func nearest(word string, choices []string) string {
	if near := diag.Nearest(word, choices); near != "" {
		return fmt.Sprintf("did you mean %q? use one of %s", near, strings.Join(choices, ", "))
	}
	return "use one of " + strings.Join(choices, ", ")
}
