package choice

import (
	"bytes"
	"regexp"
	"strings"
)

// client matches a class that is a client of what it is named after.
var client = regexp.MustCompile(`\b(?:class|struct|defmodule)\s+(?:\w+\.)*([A-Z]\w{4,40}?)(?:Provider|Client|Gateway|Connector|Adapter|Api|API)\b`)

// keyed yields the services that clients are named after which have a key for an API. The address is often in another file, or computed.
func keyed(file string, data []byte, yield func(Name) bool) {
	if len(receivers(file)) == 0 || !bytes.Contains(data, []byte("piKey")) && !bytes.Contains(data, []byte("pi_key")) {
		return
	}
	for _, m := range client.FindAllSubmatchIndex(data, -1) {
		words := wordsOf(string(data[m[2]:m[3]]))
		if !yield(Name{At: m[2], End: m[3], IDs: []string{strings.Join(words, "-"), strings.Join(words, "")}, Loose: true}) {
			return
		}
	}
}
