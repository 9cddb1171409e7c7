// Package action speaks with the runner of GitHub Actions: inputs in, outputs out.
// It takes nothing from the environment but declared inputs and the runner's own variables, and it decides nothing.
package action

import (
	"crypto/rand"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/sethvargo/go-githubactions"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Input is one input of the action: a flag of check.
type Input struct {
	Name string
	List bool // one value a line
}

// Arguments turns inputs into the arguments of check. An input that is empty was not given. An INPUT_ variable that is
// no input of the action is an error: a mistyped setting must not be a setting ignored.
func Arguments(inputs []Input, environ []string, getenv func(string) string) ([]string, error) {
	runner := githubactions.New(githubactions.WithGetenv(getenv))
	var args, names []string
	for _, in := range inputs {
		names = append(names, in.Name)
		value := runner.GetInput(in.Name)
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
	for _, variable := range environ {
		name, value, _ := strings.Cut(variable, "=")
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

// Mask asks the runner to hide a secret in all that the job logs from now on. Nothing is written for an empty one.
func Mask(w io.Writer, secret string) {
	if secret != "" {
		githubactions.New(githubactions.WithWriter(w)).AddMask(secret)
	}
}

// Output is one output of the step.
type Output struct{ Name, Value string }

// Encode writes outputs in the form of the runner's GITHUB_OUTPUT file, each with a delimiter of its own that nobody
// can guess, so that no value can end early and set another output.
func Encode(outputs []Output) ([]byte, error) {
	var out strings.Builder
	for _, o := range outputs {
		delimiter := "vendorgate_" + rand.Text()
		if strings.Contains(o.Value, delimiter) || strings.ContainsAny(o.Name, "\r\n=<") || o.Name == "" {
			return nil, fmt.Errorf("output %q cannot be written", o.Name)
		}
		fmt.Fprintf(&out, "%s<<%s\n%s\n%s\n", o.Name, delimiter, o.Value, delimiter)
	}
	return []byte(out.String()), nil
}
