package attr

import (
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

type reader struct{ problems []diag.Problem }

// tooManyProblems reports whether to stop suggesting.
func (r *reader) tooManyProblems() bool { return len(r.problems) > diag.MaxProblems }

func (r *reader) add(pos diag.Pos, message, hint string) {
	r.problems = append(r.problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

func kindName(n *yamltree.Node) string {
	switch n.Kind {
	case yamltree.Map:
		return "a mapping"
	case yamltree.List:
		return "a list"
	case yamltree.Scalar:
		return "a single value"
	default:
		return "empty"
	}
}

// keyed writes a value below its key, or alone where the key is free.
func keyed(n *node, value string) string {
	if n.name == "" {
		return value
	}
	return n.name + ": " + value
}

func (r *reader) secret(pos diag.Pos) {
	r.problems = append(r.problems, diag.Problem{
		Pos: pos, Secret: true,
		Message: "this value looks like a credential (it is not repeated here)",
		Hint:    "revoke it at the vendor, then write only the name of the secret here",
	})
}

// secrets reports every scalar below a node that looks like a credential and that nothing else will read.
func (r *reader) secrets(tree *yamltree.Node) {
	if tree == nil {
		return
	}
	if tree.Kind == yamltree.Scalar && scalar.LooksSecret(tree.Text) {
		r.secret(tree.Pos)
	}
	for _, item := range tree.Items {
		r.secrets(item)
	}
	for _, pair := range tree.Pairs {
		if scalar.LooksSecret(pair.Key) {
			r.secret(pair.KeyPos)
		}
		r.secrets(pair.Value)
	}
}

func example(n *node) string { return keyed(n, example1(n.row)) }

func example1(row *Row) string {
	if row.Example == "" {
		return "..."
	}
	return row.Example
}
