package deps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

func npm(_ string, data []byte) ([]Dependency, error) {
	return jsonSections(withoutComments(data), "npm", map[string]bool{
		"dependencies": false, "peerDependencies": false, "optionalDependencies": false, "devDependencies": true,
	})
}

// deno reads the packages of npm in the map of imports. What is no JSON is not read: Deno's own tools report it.
func deno(_ string, data []byte) ([]Dependency, error) {
	var settings struct{ Imports map[string]string }
	plain := withoutComments(data)
	if json.Unmarshal(plain, &settings) != nil {
		return nil, nil //nolint:nilerr // see above
	}
	var out []Dependency
	for _, name := range slices.Sorted(maps.Keys(settings.Imports)) {
		if target := settings.Imports[name]; strings.HasPrefix(target, "npm:") {
			real := aliased("", target)
			out = append(out, Dependency{Ecosystem: "npm", Name: real, Offset: max(0, bytes.Index(data, []byte(target))), Renamed: real != name})
		}
	}
	return out, nil
}

// withoutComments replaces comments, and commas before a closing bracket, by blanks.
func withoutComments(data []byte) []byte {
	out := bytes.Clone(data)
	blank := func(from, to int) {
		for i := from; i < to; i++ {
			if out[i] != '\n' {
				out[i] = ' '
			}
		}
	}
	comma := -1
	for i := 0; i < len(out); i++ {
		rest := out[i:]
		end := len(out)
		switch c := out[i]; {
		case c == '"':
			for i++; i < len(out) && out[i] != '"'; i++ {
				if out[i] == '\\' {
					i++
				}
			}
			comma = -1
		case bytes.HasPrefix(rest, []byte("//")):
			if n := bytes.IndexByte(rest, '\n'); n >= 0 {
				end = i + n
			}
			blank(i, end)
		case bytes.HasPrefix(rest, []byte("/*")):
			if n := bytes.Index(rest[2:], []byte("*/")); n >= 0 {
				end = i + n + 4
			}
			blank(i, end)
		case c == ',':
			comma = i
		case (c == '}' || c == ']') && comma >= 0:
			out[comma] = ' '
			comma = -1
		case c > ' ':
			comma = -1
		}
	}
	return out
}

func composer(_ string, data []byte) ([]Dependency, error) {
	return jsonSections(data, "composer", map[string]bool{"require": false, "require-dev": true})
}

// jsonSections reads the keys of some objects of the root object; the value of a section says whether it is for
// development.
func jsonSections(data []byte, ecosystem string, sections map[string]bool) ([]Dependency, error) {
	var out []Dependency
	decoder := json.NewDecoder(bytes.NewReader(data))
	depth, section, key := 0, "", ""
	inObject := []bool{} // of each level, whether it is an object
	expectKey := false
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && depth == 0:
			return out, nil
		case errors.Is(err, io.EOF):
			return out, errors.New("not JSON: it ends early")
		case err != nil:
			return out, fmt.Errorf("not JSON: %w", err)
		}
		if delim, ok := token.(json.Delim); ok {
			if delim == '{' || delim == '[' {
				depth++
				inObject = append(inObject, delim == '{')
				expectKey = delim == '{'
			} else {
				depth--
				inObject = inObject[:depth]
				expectKey = depth > 0 && inObject[depth-1]
			}
			continue
		}
		text, _ := token.(string) // other scalars are no names
		if !expectKey {
			if dev, ok := sections[section]; ok && depth == 2 && inObject[1] {
				last := &out[len(out)-1]
				last.Name, last.Dev = aliased(key, text), dev
				last.Renamed = last.Name != key
			}
			expectKey = depth > 0 && inObject[depth-1]
			continue
		}
		expectKey = false
		if depth == 1 {
			section = text
		}
		if _, ok := sections[section]; ok && depth == 2 {
			key = text
			at := max(0, int(decoder.InputOffset())-len(text)-1)
			out = append(out, Dependency{Ecosystem: ecosystem, Name: key, Offset: at, Dev: sections[section]})
		}
	}
}

// aliased returns the real package for an alias in package.json, whose version has the form "npm:real@1" or is the archive of a registry,
// "https://registry.npmjs.org/real/-/real-1.0.0.tgz".
func aliased(name, version string) string {
	if _, path, ok := strings.Cut(version, "://registry.npmjs.org/"); ok {
		if real, _, ok := strings.Cut(path, "/-/"); ok && real != "" {
			return real
		}
	}
	real, ok := strings.CutPrefix(version, "npm:")
	if !ok || real == "" {
		return name
	}
	if at := strings.LastIndexByte(real, '@'); at > 0 {
		real = real[:at]
	}
	return real
}
