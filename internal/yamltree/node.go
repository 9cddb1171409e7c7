// Package yamltree parses untrusted YAML into a strict tree in which each node has its position. It does not interpret
// values. It refuses everything in YAML that can hide something from a reader: aliases, anchors, tags, merge keys,
// second documents, duplicate keys, invisible characters. It collects problems instead of stopping at the first one.
//
// # Why
//
// gopkg.in/yaml.v3 is used for its scanner only: it decodes into its own nodes, because decoding into Go values is
// quadratic in the keys of a map, panics on `{{},<<}` and builds error texts of hundreds of megabytes. All rules are in
// this package, in code that visits each byte and each node once.
//
// Tabs are refused in the leading white space of every line that is not only a comment, in block scalars too: whether a
// line belongs to a block scalar depends on the indentation, which a tab makes ambiguous. In other lines such a tab
// counts as a space.
//
// Spaces that only look like plain ones are refused where YAML needs plain ones. Invisible characters are refused everywhere, and the
// text is read without them. A file with a merge conflict, and a pointer of Git LFS, have no tree.
//
// Escapes in double quotes may only produce characters that are allowed in the file, so no Text and no Key contains a
// control character other than tab and line feed, an invisible character, or one that changes the text direction.
package yamltree

import "github.com/vendorgate/vendorgate/internal/diag"

// Kind is the type of a node.
type Kind int8

// The kinds. Null is an empty value, ~, or the bare word null.
const (
	Null Kind = iota
	Scalar
	Map
	List
)

// Node is a value of the file.
type Node struct {
	Kind   Kind
	Pos    diag.Pos // of the value; for a Null without text of its key, or of the line it is missed on
	Text   string   // scalar: verbatim text after unquoting; 1.10 stays "1.10"
	Quoted bool     // scalar was quoted or a block scalar: yes, true, null and 1 in it are text
	Pairs  []Pair   // map, in file order; of keys written twice only the first
	Items  []*Node  // list
	Broken bool     // what is written here cannot be told, and a problem says so: an alias, or a map that merges keys or has one that is none
}

// Pair is a key of a map and its value, which is never nil.
type Pair struct {
	Key    string
	KeyPos diag.Pos
	Value  *Node
}

// The limits of a file. A collection counts for the depth, a scalar does not; keys count as nodes.
const (
	MaxBytes    = 1 << 20
	MaxDepth    = 32
	MaxNodes    = 200_000
	MaxKeys     = 1_000
	MaxProblems = 20
)
