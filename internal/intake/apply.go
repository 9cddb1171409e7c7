package intake

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Change is a record before and after an intake. Before is nil if there was none.
type Change struct {
	Path          string // in the registry
	Before, After []byte
}

// Apply makes the record of a draft, or adds to the one that there is what it lacks. Without merge, it changes no record. What it cannot
// place is returned.
func (d *Desk) Apply(draft Draft, merge bool) (Change, []Left, error) {
	path := "vendors/" + draft.ID + ".yaml"
	before, err := d.Files.Tree.Read(path)
	w := &writer{desk: d, file: d.Files.Tree.Name(path), id: draft.ID, text: before}
	switch {
	case errors.Is(err, fs.ErrNotExist):
		before = nil
		w.text = fmt.Appendf(nil, "apiVersion: vendorgate/v1\nkind: Vendor\nid: %s\nstatus: %s\n", draft.ID, w.takeStatus(&draft))
	case err != nil:
		return Change{}, nil, fmt.Errorf("read %s: %w", w.file, err)
	case len(draft.Facts)+len(draft.Items) == 0 && draft.Paper == nil:
		return Change{}, nil, nil
	}
	if w.vendor = d.Files.Vendor(draft.ID, w.text); len(w.vendor.Problems) > 0 {
		p := w.vendor.Problems[0]
		return Change{}, []Left{{draft.Origin, fmt.Sprintf("the record has a mistake: %s: %s", p.Pos, p.Message), p.Hint}}, nil
	}
	w.permits = permits(w.vendor.Record.Get("status").Text)
	w.all(slices.Concat(draft.Facts, draft.Items))
	if draft.Paper != nil {
		w.cite(draft)
	}
	if before != nil && !merge && !bytes.Equal(before, w.text) {
		return Change{}, []Left{{draft.Origin, "the registry has " + w.file + " already", "to add what the record lacks, pass --merge"}}, nil
	}
	return Change{Path: path, Before: before, After: w.text}, w.left, nil
}

// permits reports whether a status permits use.
func permits(status string) bool {
	return slices.Contains([]string{"approved", "conditional", "pilot", "deprecated"}, status)
}

// takeStatus removes the status from the draft of a new record, and returns the one that the record gets.
func (w *writer) takeStatus(draft *Draft) string {
	status := "proposed"
	draft.Facts = slices.DeleteFunc(slices.Clone(draft.Facts), func(f Fact) bool {
		switch {
		case f.Path != "status":
			return false
		case permits(f.Value):
			w.leave(f.Origin, w.desk.approveHint(w.id), "an import approves nothing, so the draft is proposed")
		default:
			status = f.Value
		}
		return true
	})
	return status
}

// writer adds facts to the text of a record, one after another.
type writer struct {
	desk     *Desk
	file, id string
	text     []byte
	vendor   *registry.Vendor // as the text reads
	permits  bool             // the record permits use
	placed   []string         // attributes that say what the facts say
	refused  []string         // attributes of which the record says something else
	left     []Left
	patient  bool // facts with which the record does not read go to later
	later    []Fact
}

func (w *writer) leave(o Origin, hint, format string, args ...any) {
	w.left = append(w.left, Left{o, fmt.Sprintf(format, args...), hint})
}

// all adds facts. Those with which the record does not read are tried again once there are others: a contract may name evidence that comes
// after it.
func (w *writer) all(facts []Fact) {
	w.patient = true
	for len(facts) > 0 {
		w.later = nil
		for _, f := range facts {
			if strings.HasPrefix(f.Value, "{") {
				w.add(f)
			} else {
				w.set(f)
			}
		}
		w.patient = len(w.later) < len(facts)
		facts = w.later
	}
}

// set gives an attribute a value, if the record has none.
func (w *writer) set(f Fact) {
	if value, ok := w.own(f.Path); ok && attr.Own(f.Path) {
		if yamltree.Quote(value) != f.Value {
			w.leave(f.Origin, "", "the record has %s: %s", f.Path, value)
		}
		return
	}
	if !attr.Own(f.Path) {
		v := w.vendor.Record.Get(f.Path)
		if f.Path == "status" && permits(f.Value) && v.Text != f.Value {
			w.leave(f.Origin, w.desk.approveHint(w.id), "an import approves nothing")
			return
		}
		if v.State != attr.Absent && v.State != attr.Unknown {
			w.compare(f, v)
			return
		}
		_, row, _ := record.Table().Lookup(f.Path)
		if w.permits && row != nil && slices.Contains([]string{"Decision", "Scope", "Risk"}, row.Group) {
			w.leave(f.Origin, "if the decision covers it, add "+f.Path+": "+f.Value, "the vendor is approved, and an import does not change for what")
			return
		}
	}
	after, err := edit.Apply(w.file, w.text, record.Table().Order(), []edit.Change{{Path: f.Path, Value: f.Value}})
	w.take(f, after, err)
}

// own returns the value of a key at the root of the record.
func (w *writer) own(key string) (string, bool) {
	root, _ := yamltree.Parse(w.file, w.text)
	for _, p := range root.Pairs {
		if p.Key == key {
			return p.Value.Text, true
		}
	}
	return "", false
}

// compare leaves a fact that differs from what the record says.
func (w *writer) compare(f Fact, v *attr.Value) {
	root, problems := yamltree.Parse("", []byte("v: "+f.Value+"\n"))
	if len(problems) == 0 && slices.Equal(texts(root.Pairs[0].Value), stated(v)) {
		w.placed = append(w.placed, f.Path)
		return
	}
	who := "the record"
	if v.Pos.File != w.file {
		who = "vendorgate's catalogue"
	}
	w.refused = append(w.refused, f.Path)
	w.leave(f.Origin, "", "%s says %s: %s", who, f.Path, strings.Join(stated(v), ", "))
}

// texts returns the scalars of a value, sorted.
func texts(n *yamltree.Node) []string {
	out := []string{n.Text}
	if n.Kind == yamltree.List {
		out = nil
		for _, item := range n.Items {
			out = append(out, item.Text)
		}
	}
	slices.Sort(out)
	return out
}

// stated returns what an attribute says, sorted.
func stated(v *attr.Value) []string {
	if v.Items == nil {
		return []string{v.Text}
	}
	out := v.Texts()
	slices.Sort(out)
	return out
}

// add adds an entry to a list of mappings. An entry that is there already is not added again, and neither is evidence for an answer that the
// record contradicts.
func (w *writer) add(f Fact) {
	entry, _ := yamltree.Parse("", []byte("v: "+f.Value+"\n"))
	item := entry.Pairs[0].Value
	root, _ := yamltree.Parse(w.file, w.text)
	if list := at(root, []string{f.Path}); list != nil {
		for _, there := range list.Items {
			if textOf(there, "id") != textOf(item, "id") {
				continue
			}
			if !sameDocument(there, item) {
				w.leave(f.Origin, "", "the record has another entry %q in %s", textOf(item, "id"), f.Path)
			}
			return
		}
	}
	for _, path := range w.refused {
		if supports := at(item, []string{"supports"}); supports != nil && slices.ContainsFunc(supports.Items, func(s *yamltree.Node) bool { return registry.Supports(s.Text, path) }) {
			w.leave(f.Origin, "", "it supports %s, and the record says something else", path)
			return
		}
	}
	after, err := edit.Append(w.file, w.text, record.Table().Order(), f.Path, f.Value)
	w.take(f, after, err)
}

// sameDocument reports whether two entries say the same, except for the day on which they were received.
func sameDocument(a, b *yamltree.Node) bool {
	without := func(n *yamltree.Node) []string {
		var out []string
		for _, p := range n.Pairs {
			if p.Key != "received" {
				out = append(out, p.Key+": "+flow(p.Value))
			}
		}
		slices.Sort(out)
		return out
	}
	return slices.Equal(without(a), without(b))
}

// take takes over a changed text, if it still reads.
func (w *writer) take(f Fact, after []byte, err error) bool {
	if err != nil {
		w.leave(f.Origin, "", "%s", err)
		return false
	}
	v := w.desk.Files.Vendor(w.id, after)
	if wrong := append(slices.Clone(v.Problems), v.Faults...); len(v.Problems) > 0 || len(v.Faults) > len(w.vendor.Faults) {
		if w.patient {
			w.later = append(w.later, f)
			return false
		}
		w.leave(f.Origin, wrong[len(wrong)-1].Hint, "%s", wrong[len(wrong)-1].Message)
		return false
	}
	w.text, w.vendor, w.placed = after, v, append(w.placed, f.Path)
	return true
}

// cite adds the document that the facts come from, if it supports any.
func (w *writer) cite(draft Draft) {
	p := draft.Paper
	for _, e := range w.vendor.Record.Get("evidence").Records {
		if e.Get("sha256").Text == p.SHA256 {
			return
		}
	}
	if len(w.placed) == 0 {
		return
	}
	slices.Sort(w.placed)
	entry := strings.TrimSuffix(p.Evidence, "}") + ", supports: " + yamltree.FlowList(slices.Compact(w.placed)) + "}"
	from := Origin{Pos: draft.Origin.Pos, Field: "evidence", Text: p.ID}
	after, err := edit.Append(w.file, w.text, record.Table().Order(), "evidence", entry)
	if w.take(Fact{from, "evidence", entry}, after, err) && p.Assessment != "" {
		w.add(Fact{from, "assessments", p.Assessment})
	}
}
