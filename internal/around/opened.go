package around

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
)

// opens reports whether a function, by its name with its receivers, renders a link, redirects to or opens a page for a person.
func opens(name string) bool {
	chain := strings.Split(name, ".")
	last, first := strings.ToLower(chain[len(chain)-1]), chain[0]
	switch last {
	case "link_to", "link_to_if", "link_to_unless", "link_to_unless_current", "button_to", "redirect_to", "redirect_back_or_to", "redirect", "httpresponseredirect", "httpresponsepermanentredirect", "redirectresponse",
		"openuri", "openurl", "setuninstallurl", "launchurl", "launchurlstring", "openexternal", "openbrowser", "openbrowserasync", "open_new", "open_new_tab", "open_browser":
		return true
	case "link", "launch":
		return len(chain) == 1
	case "a":
		return first == "Html" && len(chain) > 1
	case "open":
		return slices.Contains([]string{"window", "webbrowser", "UIApplication", "NSWorkspace", "Browser", "InAppBrowser"}, first)
	case "assign", "replace":
		return len(chain) > 1 && chain[len(chain)-2] == "location"
	}
	return false
}

// opensWithoutBracket matches a call without a bracket, as Ruby and its templates have it, and its arguments up to a value.
var opensWithoutBracket = regexp.MustCompile(`(?:^|[^\w.:])((?:link_to|button_to|redirect_to|redirect_back_or_to)(?:_if|_unless)?)[ \t]+[^;{}%\n]*(?:,[ \t]*\r?\n[^;{}%\n]*)?$`)

// OpenedBy returns the function that shows a person a link to the value at an offset, or opens it for one; empty if there is none. A page
// on which people grant the program access is no such link.
func OpenedBy(data []byte, start int) string {
	const reach, longest = 400, 300
	before := data[max(0, start-reach):start]
	if !mayOpen(before) || grantsAccess(data[start:min(len(data), start+longest)]) {
		return ""
	}
	for _, e := range Enclosing(data, start) {
		if len(e.Chain) == 0 {
			continue // a list or literal
		}
		name := strings.Join(e.Chain, ".")
		words := Words(e.Chain[len(e.Chain)-1])
		switch {
		case e.Assigned:
		case opens(name), name == "Intent" && bytes.Contains(data[e.At:start], []byte("ACTION_VIEW")):
			return name
		case wraps(words[len(words)-1]):
			continue
		default:
			return ""
		}
		break
	}
	if !bytes.Contains(before, []byte("_to")) {
		return "" // the usual case, quickly
	}
	if m := opensWithoutBracket.FindSubmatchIndex(before); m != nil && innermost(before, m[3], len(before)) < 0 {
		return string(before[m[2]:m[3]])
	}
	return ""
}

// mayOpen is a fast check of the text before a value that may be wrong.
func mayOpen(before []byte) bool {
	return slices.ContainsFunc([]string{"link", "irect", "open", "Open", "launch", "Html::a", "button_to", "Intent(", "location.", "Uninstall"}, func(part string) bool {
		return bytes.Contains(before, []byte(part))
	})
}

// grantsAccess reports whether a text starts with the URL of a page of OAuth.
func grantsAccess(text []byte) bool {
	if i := bytes.IndexAny(text, "\"'` \t\n"); i > 0 {
		text = text[:i]
	}
	return bytes.Contains(text, []byte("authorize")) || bytes.Contains(text, []byte("client_id")) || bytes.Contains(text, []byte("response_type"))
}
