package search

import (
	"bytes"
	"iter"
	"path"
	"regexp"
	"strings"
)

// IsDescription reports whether a file is an OpenAPI or Swagger description of an API.
func IsDescription(name string, data []byte) bool {
	switch path.Ext(name) {
	case ".yaml", ".yml", ".json":
	default:
		return false
	}
	head := data[:min(len(data), 3000)]
	for _, mark := range []string{"\nopenapi:", "\nswagger:", `"openapi":`, `"swagger":`} {
		if bytes.Contains(head, []byte(mark)) {
			return true
		}
	}
	return bytes.HasPrefix(head, []byte("openapi:")) || bytes.HasPrefix(head, []byte("swagger:"))
}

// servers finds the servers in an API description.
func (f *finder) servers() {
	if !IsDescription(f.name, f.data) {
		return
	}
	url := regexp.MustCompile(`\burl"?\s*:\s*["']?https?://(?:\{\w+\}\.)*([\w.\-]+)`)
	for at := range eachIndex(f.data, "servers") {
		const longest = 2000
		block := f.data[at:min(len(f.data), at+longest)]
		for _, word := range []string{"servers", "paths"} {
			if end := bytes.Index(block[1:], []byte(word)); end >= 0 {
				block = block[:end+1]
			}
		}
		for _, u := range url.FindAllSubmatchIndex(block, -1) {
			f.server(at+u[2], at+u[3])
		}
	}
	host := regexp.MustCompile(`^host"?\s*:\s*["']?([\w.\-]+)`)
	for at := range eachIndex(f.data, "host") {
		if m := host.FindSubmatchIndex(f.data[at:min(len(f.data), at+longestHost)]); m != nil && f.data[max(0, at-1)] <= '"' {
			f.server(at+m[2], at+m[3])
		}
	}
}

// eachIndex yields the offsets of a word.
func eachIndex(data []byte, word string) iter.Seq[int] {
	return func(yield func(int) bool) {
		for pos := 0; ; {
			i := bytes.Index(data[pos:], []byte(word))
			if i < 0 || !yield(pos+i) {
				return
			}
			pos += i + len(word)
		}
	}
}

func (f *finder) server(at, end int) {
	name := strings.ToLower(string(f.data[at:end]))
	vendor, strength := f.c.vendorOf([]byte(name), false)
	if strength == NoHost {
		vendor = Unknown
	}
	f.add(Hit{Kind: Server, Vendor: vendor, At: at, End: end, Host: strength})
}
