package sink

import (
	"encoding/base64"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/sethvargo/go-githubactions"
)

// The runner keeps ten annotations of each kind per step, and 4,096 characters of each message.
const (
	maxAnnotations = 10
	maxMessage     = 4096
)

// Kind is the kind of an annotation. The zero Kind is an error.
type Kind int

// The kinds of annotations.
const (
	Error Kind = iota
	Warning
	Notice
)

// Annotation is a message on a line of a file. Without a File or Line, it belongs to the step. Line and Col start at 1.
type Annotation struct {
	Kind        Kind
	File        string
	Line, Col   int
	Title       string
	Message     Line
	Explanation Line // shown below the message; may be empty
}

// Annotations returns the workflow commands that create the annotations, grouped by kind and otherwise in order. There are at most
// ten of each kind; if there are more, the tenth says how many.
func Annotations(all []Annotation) Document {
	var out strings.Builder
	for kind, name := range []string{"error", "warning", "notice"} {
		shown := slices.DeleteFunc(slices.Clone(all), func(a Annotation) bool { return a.Kind != Kind(kind) })
		if more := len(shown) - maxAnnotations + 1; more > 1 {
			shown = append(shown[:maxAnnotations-1], Annotation{
				Title: "vendorgate", Message: Linef("and %d more; the report of the run has all of them", more),
			})
		}
		for _, a := range shown {
			out.WriteString(a.command(name))
		}
	}
	return Document{out.String()}
}

func (a Annotation) command(name string) string {
	properties := map[string]string{}
	if title := strings.TrimSpace(Text(a.Title).text); title != "" {
		properties["title"] = title
	}
	if a.File != "" && a.Line > 0 {
		properties["file"], properties["line"], properties["col"] = Text(a.File).text, strconv.Itoa(a.Line), strconv.Itoa(a.Col)
	}
	message := a.Message.text
	if a.Explanation.text != "" {
		message += "\n" + a.Explanation.text
	}
	if runes := []rune(message); len(runes) > maxMessage {
		message = string(runes[:maxMessage-3]) + "..."
	}
	return command(name, properties, message)
}

// shortestSecret is the minimum length of a secret to mask. Masking shorter ones would make the log unreadable.
const shortestSecret = 8

// Mask returns the workflow commands that hide a secret, its base64 forms, and each of its lines in everything that the job logs
// afterwards.
func Mask(secret string) Document {
	forms := []string{secret, base64.StdEncoding.EncodeToString([]byte(secret)), base64.RawURLEncoding.EncodeToString([]byte(secret))}
	forms = append(forms, strings.FieldsFunc(secret, func(r rune) bool { return r == '\n' || r == '\r' })...)
	var out strings.Builder
	for i, form := range forms {
		if utf8.RuneCountInString(secret) >= shortestSecret && utf8.RuneCountInString(form) >= shortestSecret && !slices.Contains(forms[:i], form) {
			out.WriteString(command("add-mask", nil, form))
		}
	}
	return Document{out.String()}
}

// command returns one workflow command on a line of its own, escaped by the library.
func command(name string, properties map[string]string, message string) string {
	return fmt.Sprintln(&githubactions.Command{Name: name, Properties: properties, Message: message})
}
