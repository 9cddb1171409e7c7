package deps

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

func npm(_ string, data []byte) ([]Dependency, error) {
	return jsonSections(data, "npm", map[string]bool{
		"dependencies": false, "peerDependencies": false, "optionalDependencies": false, "devDependencies": true,
	})
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
				out[len(out)-1].Name, out[len(out)-1].Dev = aliased(key, text), dev
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

// aliased returns the real package for an alias in package.json, whose version has the form "npm:real@1".
func aliased(name, version string) string {
	real, ok := strings.CutPrefix(version, "npm:")
	if !ok || real == "" {
		return name
	}
	if at := strings.LastIndexByte(real, '@'); at > 0 {
		real = real[:at]
	}
	return real
}
