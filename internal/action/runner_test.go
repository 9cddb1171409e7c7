package action_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"strings"
	"testing"
)

// readOutputs is FileCommandManager of actions/runner: it reads the file that GITHUB_OUTPUT names. Lines end in LF, on
// Windows also in CRLF; a value between delimiters keeps its own line ends but for the last.
func readOutputs(text string, windows bool) (map[string]string, error) {
	out := map[string]string{}
	for text != "" {
		var line string
		line, _, text = cutLine(text, windows)
		if line == "" {
			continue
		}
		equals, heredoc := strings.Index(line, "="), strings.Index(line, "<<")
		switch {
		case equals >= 0 && (heredoc < 0 || equals < heredoc):
			name, value := line[:equals], line[equals+1:]
			if name == "" {
				return nil, errors.New("empty name")
			}
			out[name] = value
		case heredoc >= 0:
			name, delimiter := line[:heredoc], line[heredoc+2:]
			if name == "" || delimiter == "" {
				return nil, errors.New("empty name or delimiter")
			}
			var value, end string
			for first := true; ; first = false {
				if text == "" {
					return nil, errors.New("matching delimiter not found")
				}
				var newEnd string
				line, newEnd, text = cutLine(text, windows)
				if line == delimiter {
					break
				}
				if newEnd == "" {
					return nil, errors.New("EOF marker missing new line")
				}
				if !first {
					value += end
				}
				value, end = value+line, newEnd
			}
			out[name] = value
		default:
			return nil, fmt.Errorf("invalid format %q", line)
		}
	}
	return out, nil
}

func cutLine(text string, windows bool) (line, end, rest string) {
	line, rest, ok := strings.Cut(text, "\n")
	if !ok {
		return text, "", ""
	}
	if short, ok := strings.CutSuffix(line, "\r"); ok && windows {
		return short, "\r\n", rest
	}
	return line, "\n", rest
}

type outputVector struct {
	Content string
	Outputs map[string]string
	Error   string
}

func outputVectors(tb testing.TB) []outputVector {
	tb.Helper()
	data, err := os.ReadFile("../../../shared/data/runner/runner-vectors.json")
	if errors.Is(err, fs.ErrNotExist) {
		tb.Log("the runner's vectors are not here")
		return nil
	}
	if err != nil {
		tb.Fatal(err)
	}
	var file struct {
		Vectors []outputVector `json:"output_file"`
	}
	if err := json.Unmarshal(data, &file); err != nil {
		tb.Fatal(err)
	}
	if len(file.Vectors) == 0 {
		tb.Fatal("the runner's vectors are empty")
	}
	return file.Vectors
}

// The port agrees with the runner, or it is no oracle.
func TestPortOfRunner(t *testing.T) {
	t.Parallel()
	for _, v := range outputVectors(t) {
		for _, windows := range []bool{false, true} {
			got, err := readOutputs(v.Content, windows)
			if (err != nil) != (v.Error != "") || err == nil && !maps.Equal(got, v.Outputs) {
				t.Errorf("readOutputs(%q): got %q, error %v; want %q, error %q", v.Content, got, err, v.Outputs, v.Error)
			}
		}
	}
}
