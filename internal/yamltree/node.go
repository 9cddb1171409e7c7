// Package yamltree turns hostile bytes into a strict YAML tree whose every node knows its position.
// It gives values no meaning and refuses all of YAML that hides something from a reader: aliases, anchors, tags,
// merge keys, second documents, duplicate keys, invisible characters. What is wrong is collected, never thrown.
//
// # Why
//
// gopkg.in/yaml.v3 is used for its scanner only: it decodes into its own nodes, because decoding into Go values
// is quadratic in the keys of a map, panics on `{{},<<}` and builds error texts of hundreds of megabytes.
// All rules stand here, in code that visits each byte and each node once.
//
// Tabs are refused in the leading white space of every line that holds more than a comment, in block scalars too:
// whether a line belongs to one depends on the indentation that the tab makes doubtful. In other lines such a tab
// counts as a space.
//
// Escapes in double quotes are held to the same characters as the file itself, so no Text and no Key holds a
// control character other than tab and line feed, nor one that is invisible or turns the direction of writing.
package yamltree

import "github.com/vendorgate/vendorgate/internal/diag"

// Kind says what a node is.
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
