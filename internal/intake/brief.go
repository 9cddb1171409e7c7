package intake

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Brief reads the answers to a brief in YAML, with the evidence that they name. What only the organisation decides is left out. id is that of
// the vendor that was asked; empty to take the one in the file. The error says that the file has no answers, and where.
func (d *Desk) Brief(file string, data []byte, id string) (Intake, error) {
	root, problems := yamltree.Parse(file, data)
	switch {
	case len(problems) > 0:
		return Intake{}, fmt.Errorf("%s: %s", problems[0].Pos, problems[0].Message)
	case root == nil || root.Kind != yamltree.Map:
		return Intake{}, fmt.Errorf("%s:1:1: the file has no answers", file)
	}
	answers, wrong := record.Table().Read(root)
	if answers == nil || answers.Get("kind").Text != "Vendor" {
		return Intake{}, fmt.Errorf("%s:1:1: the file is no brief, which has kind: Vendor", file)
	}
	named := answers.Get("id")
	switch {
	case id == "" && !named.Known():
		return Intake{}, fmt.Errorf("%s: the file has no valid id of a vendor; pass --id", named.Pos)
	case id != "" && named.Known() && named.Text != id:
		return Intake{}, fmt.Errorf("%s: these are answers about %q, not about %q", named.Pos, named.Text, id)
	case id == "":
		id = named.Text
	}
	b := &briefReader{Desk: d, answers: answers, root: root}
	b.draft = Draft{ID: id, Origin: Origin{Pos: named.Pos, Field: "vendor", Text: id}, By: "named in the answers"}
	for _, p := range wrong {
		b.in.leave(Origin{Pos: p.Pos, Field: "line", Text: lineOf(data, p.Pos.Line)}, p.Hint, "%s", p.Message)
	}
	b.leaveOwn("", root)
	b.scalars()
	b.lists()
	b.in.Drafts = []Draft{b.draft}
	return b.in, nil
}

// lineOf returns a line, cut to what a message can show.
func lineOf(data []byte, line int) string {
	all := strings.Split(string(data), "\n")
	if line < 1 || line > len(all) {
		return ""
	}
	const most = 80
	text := []rune(strings.TrimSpace(all[line-1]))
	return string(text[:min(most, len(text))])
}

// briefReader reads the answers to a brief.
type briefReader struct {
	*Desk

	answers *attr.Record
	root    *yamltree.Node
	draft   Draft
	in      Intake
}

// ours reports whether only the organisation says what an attribute is.
func ours(group string) bool {
	return slices.Contains([]string{"Decision", "Scope", "Risk", "Pilot"}, group)
}

// groupOf returns the group of a list of mappings.
func groupOf(list string) string {
	for _, row := range record.Table().Rows {
		if strings.HasPrefix(row.Path, list+"[]") {
			return row.Group
		}
	}
	return ""
}

// leaveOwn leaves out the keys of the organisation that stand beside the answers. What they mean is not known here.
func (b *briefReader) leaveOwn(path string, n *yamltree.Node) {
	for _, p := range n.Pairs {
		if attr.Own(p.Key) {
			b.in.leave(Origin{p.KeyPos, path + p.Key, flow(p.Value)}, "if it is of use, add it to the record", "a vendor's answers have no keys of your own")
			continue
		}
		b.leaveOwn(path+p.Key+".", p.Value)
	}
}

// scalars takes over the answers that are no lists of mappings.
func (b *briefReader) scalars() {
	for _, path := range record.Table().Paths() {
		v := b.answers.Get(path)
		if v.State != attr.Set && v.State != attr.None && v.State != attr.NotApplicable || slices.Contains([]string{"apiVersion", "kind", "id"}, path) {
			continue
		}
		_, row, _ := record.Table().Lookup(path)
		n := at(b.root, strings.Split(path, "."))
		from := Origin{Pos: v.Pos, Field: path, Text: flow(n)}
		if ours(row.Group) {
			if path != "status" || v.Text != "proposed" {
				b.in.leave(from, "if it is right, set it in the record", "only your organisation decides it")
			}
			continue
		}
		b.draft.Facts = append(b.draft.Facts, Fact{from, path, flow(n)})
	}
}

// lists takes over lists of mappings: evidence and assessments entry by entry, others as a whole.
func (b *briefReader) lists() {
	for _, path := range record.Table().Lists() {
		n := at(b.root, strings.Split(path, "."))
		if n == nil || n.Kind != yamltree.List {
			continue
		}
		from := Origin{Pos: n.Pos, Field: path, Text: fmt.Sprintf("%d entries", len(n.Items))}
		switch {
		case ours(groupOf(path)):
			b.in.leave(from, "if it is right, set it in the record", "only your organisation decides it")
		case path == "evidence" || path == "assessments":
			for _, item := range n.Items {
				b.entry(path, item)
			}
		default:
			b.draft.Facts = append(b.draft.Facts, Fact{from, path, flow(n)})
		}
	}
}

// entry takes over a document. A vendor's own word is attested at most: it has tested nothing in the organisation's place, and what a third
// party issued is for the organisation to check.
func (b *briefReader) entry(list string, item *yamltree.Node) {
	if item.Kind != yamltree.Map {
		return // the reader has said so
	}
	from := Origin{Pos: item.Pos, Field: list, Text: textOf(item, "id")}
	entry := &yamltree.Node{Kind: yamltree.Map, Pairs: slices.Clone(item.Pairs)}
	entry.Pairs = slices.DeleteFunc(entry.Pairs, func(p yamltree.Pair) bool { return b.toCheck(list, p) })
	if list == "evidence" {
		for i, p := range entry.Pairs {
			switch {
			case p.Key != "assurance":
				continue
			case p.Value.Text == "tested":
				b.in.leave(Origin{p.Value.Pos, list, p.Value.Text}, "", "only tests of your organisation are tested, so the entry is attested")
			case p.Value.Text == "audited":
				b.in.leave(Origin{p.Value.Pos, list, p.Value.Text}, "if a third party issued the document, set assurance: audited in the record", "to check: a vendor's own answers are attested at most, so the entry is attested")
			default:
				continue
			}
			entry.Pairs[i].Value = &yamltree.Node{Kind: yamltree.Scalar, Text: "attested"}
		}
		if textOf(entry, "received") == "" {
			entry.Pairs = append(entry.Pairs, yamltree.Pair{Key: "received", Value: &yamltree.Node{Kind: yamltree.Scalar, Text: b.Today.String()}})
		}
		if textOf(entry, "url") == "" && textOf(entry, "sha256") == "" {
			b.in.leave(from, "ask for a link or the document, and record its hash", "it has neither url nor sha256")
			return
		}
	}
	b.draft.Items = append(b.draft.Items, Fact{from, list, flow(entry)})
}

// toCheck lists what a vendor says about a third party, which the organisation has to check and to record by itself.
func (b *briefReader) toCheck(list string, p yamltree.Pair) bool {
	if !slices.Contains([]string{"issuer", "accreditation_body", "independent"}, p.Key) {
		return false
	}
	b.in.leave(Origin{p.Value.Pos, list + "[]." + p.Key, p.Value.Text}, "read the document, and set it in the record", "to check: what a third party did is for your organisation to say")
	return true
}

func textOf(n *yamltree.Node, key string) string {
	for _, p := range n.Pairs {
		if p.Key == key {
			return p.Value.Text
		}
	}
	return ""
}

// at returns the value with some keys; nil if there is none.
func at(n *yamltree.Node, keys []string) *yamltree.Node {
	for _, key := range keys {
		if n == nil || n.Kind != yamltree.Map {
			return nil
		}
		i := slices.IndexFunc(n.Pairs, func(p yamltree.Pair) bool { return p.Key == key })
		if i < 0 {
			return nil
		}
		n = n.Pairs[i].Value
	}
	return n
}

// flow writes a value on one line.
func flow(n *yamltree.Node) string {
	switch {
	case n.Kind == yamltree.Null:
		return "null"
	case n.Kind == yamltree.Scalar && !n.Quoted && plain(n.Text):
		return n.Text
	case n.Kind == yamltree.Scalar:
		return yamltree.Quote(n.Text)
	}
	var parts []string
	for _, item := range n.Items {
		parts = append(parts, flow(item))
	}
	for _, p := range n.Pairs {
		parts = append(parts, yamltree.Quote(p.Key)+": "+flow(p.Value))
	}
	if n.Kind == yamltree.List {
		return "[" + strings.Join(parts, ", ") + "]"
	}
	return "{" + strings.Join(parts, ", ") + "}"
}

// plain reports whether a text without quotes means the same inside of brackets.
func plain(text string) bool {
	return text != "" && strings.Trim(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/-") == "" && text[0] != '-'
}
