package diag

import "strings"

// Ignored is an ignore entry of a manifest that covers something in the code.
type Ignored struct {
	Pos     Pos
	What    string   // its vendor, host and package, as written
	Path    string   // glob of files; empty for all
	Reason  string   // as written
	Until   string   // last day, YYYY-MM-DD; empty if it has none
	New     bool     // it does not stand on the default branch yet
	Covered []string // ids of vendors, and hosts, sorted
	Places  int      // in the code
}

// CountIgnored is the number of vendors and hosts that entries cover.
func CountIgnored(entries []Ignored) int {
	names := map[string]bool{}
	for _, i := range entries {
		for _, name := range i.Covered {
			names[name] = true
		}
	}
	return len(names)
}

// Shown is Covered, cut to a length that can be read.
func (i Ignored) Shown() []string { return i.Covered[:min(len(i.Covered), MaxCovered)] }

// MaxCovered is how many of the covered vendors and hosts are listed.
const MaxCovered = 100

// Terms says how much an entry covers, for how long, and why.
func (i Ignored) Terms() string {
	parts := []string{Count(i.Places, "place")}
	if i.Path != "" {
		parts[0] += " in " + i.Path
	}
	if i.Until != "" {
		parts = append(parts, "through "+i.Until)
	} else {
		parts = append(parts, "no last day")
	}
	if i.New {
		parts = append(parts, "new")
	}
	return strings.Join(parts, ", ") + ": " + i.Reason
}

// IgnoredShape is an entry in JSON documents: of check and of scan.
type IgnoredShape struct {
	File    string   `json:"file"`
	Line    int      `json:"line"`
	Column  int      `json:"column"`
	Entry   string   `json:"entry"`
	Path    string   `json:"path,omitempty"`
	Reason  string   `json:"reason"`
	Until   string   `json:"until,omitempty"`
	New     bool     `json:"new"`
	Covered []string `json:"covered"`
	Places  int      `json:"places"`
}

// Shape returns the entry as JSON documents have it.
func (i Ignored) Shape() IgnoredShape {
	return IgnoredShape{i.Pos.File, i.Pos.Line, i.Pos.Col, i.What, i.Path, i.Reason, i.Until, i.New, i.Shown(), i.Places}
}
