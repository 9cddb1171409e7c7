package detect

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/lexer"
	"github.com/vendorgate/vendorgate/internal/search"
)

// weighed is a hit with its confidence.
type weighed struct {
	search.Hit
	kind       Kind
	confidence Confidence
	context    string
	elsewhere  bool // a name of a credential belongs to another service
}

// unknownHost is a URL of a host that belongs to no known vendor.
type unknownHost struct {
	domain, host, why string
	at                int
}

// found is the result for one file.
type found struct {
	hits    []weighed
	unknown []unknownHost
	own     []unknownHost // servers of an API description
	problem string        // what could not be searched
}

// file is a file whose hits are being weighed.
type file struct {
	tree   *tree
	name   string
	data   []byte
	path   string // class by path
	class  string // class by path or, if that is empty, by content
	family lexer.Family
	found  found

	weak        bool            // the class lowers what code does by one step
	sampled     bool            // hosts that the file does not call are sample data, or a table of a library
	catalogue   bool            // it names hosts of many vendors
	stock       bool            // the file comes with a framework
	table       bool            // a list of names
	listing     bool            // a list of URLs in JSON
	description bool            // an API description
	profiles    bool            // it lists the sites where people have pages of their own
	folder      bool            // only the name of a folder, or a banner, decided the class
	made        bool            // a program wrote it, by its name or content
	broken      bool            // a dependency file that nothing installs
	storage     *bool           // it names an endpoint for storage that is not Amazon's; see storesElsewhere
	off         map[string]bool // modules that are asked about: whether code switches them off
	switches    bool            // it may contain sections that are switched off

	outside around.Parts // parts that are no code of the program: texts and outputs of a notebook, tests among the code of Rust

	calls map[int]bool // vendors that count in full whatever the folder is called; see callsOf
}

// disabled reports whether an offset in a configuration file is in a section that is switched off.
func (f *file) disabled(at int) bool { return f.switches && around.Disabled(f.family, f.data, at) }

// demote turns a hit into a hint.
func (t *weighed) demote(reason string) { t.confidence, t.context = Hint, reason }

// shown returns the name that was found.
func (t *weighed) shown(data []byte) string {
	if t.Text != "" {
		return clip([]byte(t.Text))
	}
	return clip(data[t.At:t.End])
}

// clip returns a short, valid string for arbitrary bytes.
func clip(data []byte) string {
	const longest = 120
	if len(data) > longest {
		data = data[:longest]
	}
	return strings.ToValidUTF8(string(data), "\uFFFD")
}
