package sink

import (
	"crypto/rand"
	"fmt"
	"strings"
)

// Output is one output of a step.
type Output struct{ Name, Value string }

// Outputs writes outputs in the format of the runner's GITHUB_OUTPUT file. Each has its own random delimiter, so that
// no value can end early and set another output. Values are not escaped, so the result is not a Document and a Stream
// does not accept it.
func Outputs(outputs []Output) ([]byte, error) {
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
