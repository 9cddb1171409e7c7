package action

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/sethvargo/go-githubactions"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/report"
)

// What the runner keeps of the annotations of a step: ten of each kind, 4,096 characters of each message.
const (
	maxAnnotations = 10
	maxMessage     = 4096
)

// Annotations are the findings as workflow commands, on their lines and columns. Of each kind there are at most ten; where
// there are more findings, the tenth says how many. What a waiver covers is a notice.
func Annotations(findings []diag.Finding) []byte {
	kinds := []string{"error", "warning", "notice"}
	byKind := map[string][]diag.Finding{}
	for _, f := range findings {
		kind := kinds[diag.Error-max(f.Severity, diag.Note)]
		if f.Waived() {
			kind = "notice"
		}
		byKind[kind] = append(byKind[kind], f)
	}
	var out strings.Builder
	for _, kind := range kinds {
		all := byKind[kind]
		shown := len(all)
		if shown > maxAnnotations {
			shown = maxAnnotations - 1
		}
		for _, f := range all[:shown] {
			out.WriteString(annotation(kind, f))
		}
		if more := len(all) - shown; more > 0 {
			out.WriteString(command(kind, map[string]string{"title": "vendorgate"}, fmt.Sprintf("and %d more; the log of the step and the report have all of them", more)))
		}
	}
	return []byte(out.String())
}

func annotation(kind string, f diag.Finding) string {
	properties := map[string]string{"title": report.Line(f.Rule)}
	if f.Vendor != "" {
		properties["title"] = report.Line(f.Rule + ": " + f.Vendor)
	}
	if f.Pos.Line > 0 {
		properties["file"], properties["line"], properties["col"] = report.Line(f.Pos.File), strconv.Itoa(f.Pos.Line), strconv.Itoa(f.Pos.Col)
	}
	message := report.Line(f.Message)
	if f.Waived() {
		message += report.Line(" (waived by " + f.Waiver + " through " + f.WaivedUntil + ")")
	}
	if f.Hint != "" {
		message += "\n" + report.Line(f.Hint)
	}
	return command(kind, properties, message)
}

// command is one workflow command on a line of its own, escaped by the library.
func command(kind string, properties map[string]string, message string) string {
	if runes := []rune(message); len(runes) > maxMessage {
		message = string(runes[:maxMessage-3]) + "..."
	}
	return (&githubactions.Command{Name: kind, Properties: properties, Message: message}).String() + "\n"
}
