package choice

import (
	"bytes"
	"strings"
)

// keyed yields the services that clients are named after which have a key for an API. The address is often in another file, or computed.
func keyed(file string, data []byte, yield func(Name) bool) {
	if len(receivers(file)) == 0 || !bytes.Contains(data, []byte("piKey")) && !bytes.Contains(data, []byte("pi_key")) {
		return
	}
	for _, word := range []string{"class ", "struct ", "defmodule "} {
		for pos := 0; ; {
			i := bytes.Index(data[pos:], []byte(word))
			if i < 0 {
				break
			}
			at := pos + i
			pos = at + len(word)
			if at > 0 && strings.IndexByte(" \t\n;}", data[at-1]) < 0 {
				continue
			}
			if n := service(data, pos); n.End > 0 && !yield(n) {
				return
			}
		}
	}
}

// service returns what the class whose name starts at an offset is a client of, by its name; empty if the class is another one.
func service(data []byte, at int) Name {
	const shortest, longest = 5, 60 // letters of a service, and of a name
	end := at
	for end < len(data) && end-at < longest && (data[end] == '_' || data[end] == '.' || data[end] == ':' || 'a' <= data[end]|0x20 && data[end]|0x20 <= 'z' || '0' <= data[end] && data[end] <= '9') {
		end++
	}
	at += bytes.LastIndexAny(data[at:end], ".:") + 1
	for _, role := range []string{"Provider", "Client", "Gateway", "Connector", "Adapter", "Api", "API"} {
		name, ok := strings.CutSuffix(string(data[at:end]), role)
		if !ok || len(name) < shortest || name[0] < 'A' || name[0] > 'Z' {
			continue
		}
		words := wordsOf(name)
		return Name{At: at, End: at + len(name), IDs: []string{strings.Join(words, "-"), strings.Join(words, "")}, Loose: true}
	}
	return Name{}
}
