// Package library recognises copies of other people's libraries in a repository, by their names and how they start.
package library

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
)

// Published reports whether a script in a folder such as vendor starts with the banner of a published library. This proof is weaker
// than a licence or a list of a package manager.
func Published(name string, data []byte) bool {
	const banner = 1000
	head := data[:min(len(data), banner)]
	if ext := path.Ext(name); ext != ".js" && ext != ".mjs" && ext != ".css" {
		return false
	}
	if versionedFolder.MatchString(name) {
		return true
	}
	if !bytes.HasPrefix(bytes.TrimSpace(head), []byte("/*!")) && !bytes.Contains(head, []byte("@license")) && !bytes.Contains(head, []byte("@preserve")) {
		return false
	}
	return slices.ContainsFunc(strings.Split(strings.ToLower(path.Dir(name)), "/"), vendors)
}

// bannerStart matches a comment with a licence or a version at the start of a file.
var bannerStart = regexp.MustCompile(`(?i)^\s*/\*[!*][^/]*?(?:\bv?\d+\.\d+|licen[sc]e|copyright|\(c\))`)

// Banner reports whether a script starts with a comment that has a licence or a version.
func Banner(head []byte) bool { return bannerStart.Match(head) }

// versionLine matches a line of a comment that names a version of a program: Acme 1.2.3, @version 1.2.3.
var versionLine = regexp.MustCompile(`(?m)^[ \t]*(?:/\*[*!]?|//|\*|#)?[ \t]*[@#]?[ \t]*([A-Za-z][\w. \-]{0,60})[ \t:]+v?\d+\.\d+(?:\.\d+)?\b`)

// siteLines matches a comment at the start of a file whose first line is a name and whose second one is the address of a site.
var siteLines = regexp.MustCompile(`^\s*/\*[!*]\s*\*?[ \t]*([A-Za-z][\w. \-]{0,60}?)[ \t]*(?:\n[ \t*]*)+https?://`)

// loaders matches the start of a library that can be loaded in several ways: as a module of AMD, as one of CommonJS, or as a script.
var loaders = regexp.MustCompile(`^\s*(?:(?://[^\n]*|/\*[^*]*\*/)\s*)*(?:typeof window[^\n]{0,30}&&\s*)?[;!(]*function[^{]{0,60}\{[^}]{0,300}\bdefine\.amd\b`)

// Copied reports whether a file of code is a copy of somebody's library. It starts with the library's banner, a name with a version and a
// copyright or licence; or it is a script in a folder for libraries, or for files that a server hands out, and looks like one there. That a
// file is a copy is only likely, as any program may look so. own reports whether a title is the repository's, and has whether it has a file.
func Copied(name string, data []byte, has, own func(string) bool) bool {
	const banner = 600
	head := data[:min(len(data), banner)]
	if ofOthers.MatchString(name) && (loaders.Match(head) || handedOut(name, data, has)) {
		return true
	}
	if family := lexer.Of(name); !family.Code() && family != lexer.CSS && family != lexer.Sass || !around.HasLicence(head) {
		return false
	}
	if m := siteLines.FindSubmatch(head); m != nil && ofOthers.MatchString(name) && !own(strings.ToLower(string(m[1]))) {
		return true
	}
	if !around.HasDecimal(head) {
		return false
	}
	for _, m := range versionLine.FindAllSubmatch(head, -1) {
		title := strings.ToLower(string(m[1]))
		if !strings.Contains(title, "licen") && !own(title) {
			return true
		}
	}
	return false
}

// handedOut reports whether a script that a server hands out is a library, or the output of a build: it is in a folder of libraries there, or
// a plugin of jQuery by its name, or it has a version in its path, a minified twin, the start of a bundle, or a size that nobody writes by hand.
func handedOut(name string, data []byte, has func(string) bool) bool {
	const large, start = 256 << 10, 1500
	ext := path.Ext(name)
	if ext != ".js" && ext != ".mjs" {
		return false
	}
	return len(data) >= large || versioned.MatchString(name) || servedLibraries.MatchString(name) || has(strings.TrimSuffix(name, ext)+".min"+ext) ||
		bytes.Contains(data[:min(len(data), start)], []byte(`"Cannot find module '"`))
}
