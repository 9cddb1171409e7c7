package deps

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"
)

// ErrDeep means that a file is nested deeper than this package reads. A package manager may read it.
var ErrDeep = errors.New("elements are nested too deep")

// maven reads the dependencies of a project, its profiles included. What dependencyManagement lists is a version, and
// what a plugin depends on is a tool.
func maven(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	var stack []string
	var current map[string]string
	at := 0
	err := xmlTokens(data, func(token xml.Token, offset int) {
		switch t := token.(type) {
		case xml.StartElement:
			stack = append(stack, t.Name.Local)
			if t.Name.Local == "dependency" && !slices.Contains(stack, "dependencyManagement") && !slices.Contains(stack, "plugin") {
				current, at = map[string]string{}, offset
			}
		case xml.CharData:
			if n := len(stack); current != nil && n > 1 && stack[n-2] == "dependency" {
				text := strings.TrimSpace(string(t))
				current[stack[n-1]] += text
				if stack[n-1] == "artifactId" && text != "" {
					at = offset + bytes.Index(t, []byte(text))
				}
			}
		case xml.EndElement:
			if len(stack) > 0 {
				stack = stack[:len(stack)-1]
			}
			if t.Name.Local == "dependency" && current != nil {
				if current["groupId"] != "" && current["artifactId"] != "" {
					out = append(out, Dependency{Ecosystem: "maven", Name: current["groupId"] + "/" + current["artifactId"], Offset: at, Dev: current["scope"] == "test"})
				}
				current = nil
			}
		}
	})
	return out, err
}

func nuget(_ string, data []byte) ([]Dependency, error) {
	var out []Dependency
	inside, first := false, 0 // first is that of the element
	err := xmlTokens(data, func(token xml.Token, offset int) {
		switch t := token.(type) {
		case xml.StartElement:
			var name, private string
			for _, a := range t.Attr {
				switch strings.ToLower(a.Name.Local) {
				case "include", "update", "id":
					name = a.Value
				case "privateassets":
					private = a.Value
				}
			}
			switch strings.ToLower(t.Name.Local) { // MSBuild takes any case
			case "packagereference", "packageversion", "globalpackagereference", "package":
				first = len(out)
				for one := range strings.SplitSeq(name, ";") {
					element := data[min(offset, len(data)):]
					if one = strings.TrimSpace(one); one != "" {
						at := offset + max(0, bytes.Index(element, []byte(one)))
						out = append(out, Dependency{Ecosystem: "nuget", Name: one, Offset: min(at, len(data)-1), Dev: strings.EqualFold(private, "all")})
					}
				}
				inside = len(out) > first
			case "privateassets":
				for i := first; inside && i < len(out); i++ {
					out[i].Dev = true
				}
			}
		case xml.EndElement:
			inside = inside && !strings.EqualFold(t.Name.Local, "PackageReference")
		}
	})
	return out, err
}

// readableXML returns a file as the decoder of XML 1.0 in UTF-8 takes it, with all offsets: bytes of other encodings, which no name of a
// package has, become question marks.
func readableXML(data []byte) []byte {
	head := data[:min(len(data), 100)]
	if i := bytes.Index(head, []byte("1.1")); utf8.Valid(data) && (i < 0 || !bytes.HasPrefix(head, []byte("<?xml"))) {
		return data
	}
	out := slices.Clone(data)
	if bytes.HasPrefix(head, []byte("<?xml")) {
		copy(out, bytes.Replace(head, []byte("1.1"), []byte("1.0"), 1))
	}
	for i := 0; i < len(out); {
		r, size := utf8.DecodeRune(out[i:])
		if r == utf8.RuneError && size == 1 {
			out[i] = '?'
		}
		i += size
	}
	return out
}

// xmlTokens visits the tokens of a file with their offsets.
func xmlTokens(data []byte, visit func(token xml.Token, offset int)) error {
	d := xml.NewDecoder(bytes.NewReader(readableXML(data)))
	d.Strict = false
	d.CharsetReader = func(_ string, input io.Reader) (io.Reader, error) { return input, nil }
	const deepest = 100
	for depth := 0; ; {
		offset := int(d.InputOffset())
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not XML: %w", err)
		}
		switch token.(type) {
		case xml.StartElement:
			depth++
		case xml.EndElement:
			depth--
		}
		if depth > deepest {
			return ErrDeep
		}
		visit(token, offset)
	}
}
