package choice

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// adapters yields the service that a file is named after, or its folder, directly below a folder for integrations: notifiers/telegram.py,
// integration/acme/client.go. The customer enters the address, so nothing else in the repository names the service. The file must send
// requests, and declare something with that name, which is the place.
func adapters(file string, data []byte, yield func(Name) bool) {
	if len(receivers(file)) == 0 {
		return
	}
	dirs := strings.Split(path.Dir(file), "/")
	base := path.Base(file)
	named := ""
	switch last := len(dirs) - 1; {
	case integrates(dirs[last]):
		named = strings.TrimSuffix(base, path.Ext(base))
	case last > 0 && integrates(dirs[last-1]):
		named = dirs[last]
	}
	if named == "" || !requests().Match(data) {
		return
	}
	word := joined(named)
	start := 0
	for line := range bytes.Lines(data) {
		if m := declared().FindIndex(line); m != nil {
			if i := strings.Index(lower(line[m[1]:]), word); i >= 0 {
				at := start + m[1] + i
				yield(Name{At: at, End: at + len(word), IDs: IDs(strings.ReplaceAll(strings.ToLower(named), "_", "-")), Loose: true})
				return
			}
		}
		start += len(line)
	}
}

// lower returns a text with its ASCII letters in lower case, so that offsets stay what they are.
func lower(text []byte) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, string(text))
}

// joined returns a name in lower case, without what parts its words. It is called for the folders of each file of code.
func joined(name string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(name), "-", ""), "_", "")
}

// integrates reports whether a folder holds an adapter for each of several services, by its name.
func integrates(dir string) bool {
	switch joined(dir) {
	case "integration", "integrations", "notificationchannel", "notificationchannels", "notifier", "notifiers", "provider", "providers", "connector", "connectors",
		"channel", "channels", "sink", "sinks", "destination", "destinations", "webhook", "webhooks":
		return true
	}
	return false
}

// declared matches the start of a line that gives a thing its name.
func declared() *regexp.Regexp {
	return compiled(`^[ \t]*(?:[a-z]+[ \t]+){0,4}?(?:package|class|struct|record|interface|defmodule|module|object|type|func|function|def|const|impl)[ \t(]`)
}

// requests matches what sends a request.
func requests() *regexp.Regexp {
	return compiled(`(?i)\b\w*(?:http|request|client|session|axios|faraday|finch|tesla|guzzle|\breq)\w*(?:\(\))?(?:\.|::|->)\w*(?:post|request|put|patch|execute|send|do)\w*\s*\(|\bfetch\(|\burlopen\(|\bcurl_exec\(|\baxios\(|\bMethodPost\b`)
}
