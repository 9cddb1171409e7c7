// Package action talks to the GitHub Actions runner: it reads inputs and the event, and writes annotations. From the
// environment it takes only declared inputs and the runner's own variables, and it makes no decisions.
package action

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Input is one input of the action: a flag of check.
type Input struct {
	Name string
	List bool // one value a line
}

// Arguments turns inputs into arguments of check. An empty input counts as not set. An INPUT_ variable that is not an
// input of the action is an error, so that typos fail instead of being ignored.
func Arguments(inputs []Input, environ []string, getenv func(string) string) ([]string, error) {
	var args, names []string
	for _, in := range inputs {
		names = append(names, in.Name)
		value := getenv(variable(in.Name))
		values := []string{value}
		if in.List {
			values = strings.Split(value, "\n")
		}
		for _, v := range values {
			if v = strings.TrimSpace(v); v != "" {
				args = append(args, "--"+in.Name+"="+v)
			}
		}
	}
	for _, v := range environ {
		name, value, _ := strings.Cut(v, "=")
		name, ok := strings.CutPrefix(name, "INPUT_")
		if name = strings.ToLower(name); !ok || value == "" || slices.Contains(names, name) {
			continue
		}
		hint := ""
		if near := diag.Nearest(name, names); near != "" {
			hint = fmt.Sprintf("; did you mean %q?", near)
		}
		return nil, fmt.Errorf("unknown input %q%s", name, hint)
	}
	return args, nil
}

// variable returns the name of the variable for an input. Spaces become underscores; dashes stay.
func variable(input string) string {
	return "INPUT_" + strings.ToUpper(strings.ReplaceAll(input, " ", "_"))
}
