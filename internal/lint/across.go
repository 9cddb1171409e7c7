package lint

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// crossFileCheck checks the references between the files of a registry.
type crossFileCheck struct {
	*Linter
	files   map[string]*Linted // records that could be read, by id
	exists  map[string]bool    // ids of the records that exist, valid or not
	changed map[string]bool    // ids of the records that the change edits or removes
	known   []string           // ids of the built-in vendors
	ids     []string           // of the records, sorted
}

// checkAcrossFiles adds findings about references between files. A finding counts as introduced if the change touches either file.
func checkAcrossFiles(l *Linter, files []Linted) {
	c := &crossFileCheck{Linter: l, files: map[string]*Linted{}, exists: map[string]bool{}, changed: map[string]bool{}, known: l.in.Files.Known()}
	var all []subject.Claim
	for i := range files {
		f := &files[i]
		if id, ok := strings.CutPrefix(strings.TrimSuffix(f.Name, ".yaml"), "vendors/"); ok {
			c.exists[id] = !f.Removed
			c.changed[id] = f.Changed
		}
		if f.record != nil {
			c.files[f.record.id] = f
			c.ids = append(c.ids, f.record.id)
			all = append(all, f.record.claims...)
		}
	}
	waivers := map[string][]*registry.Waiver{}
	for i := range files {
		if w := files[i].waiver; w != nil {
			waivers[w.vendor.Value] = append(waivers[w.vendor.Value], w.waiver)
		}
	}
	shared := subject.Overlaps(all, c.rank)
	for _, id := range c.ids {
		for _, o := range shared[id] {
			c.note(c.files[id], rules.RecordContradicts, diag.Error, o.Defect(), o.Other())
		}
		c.references(c.files[id])
		c.addJudged(c.files[id], waivers[id])
	}
	c.approvalCliffs()
	c.replacementCycles()
	c.lookAlikes()
	for i := range files {
		if files[i].waiver != nil {
			c.waiverTarget(&files[i], waivers[files[i].waiver.vendor.Value])
		}
	}
}

// note adds a finding about a file that refers to another record.
func (c *crossFileCheck) note(f *Linted, rule string, severity diag.Severity, d subject.Defect, other string) {
	vendor := ""
	if f.record != nil {
		vendor = f.record.id
	} else if f.waiver != nil {
		vendor = f.waiver.vendor.Value
	}
	from := len(f.found)
	c.add(f, rule, severity, vendor, d)
	for i := from; i < len(f.found); i++ {
		f.found[i].Introduced = f.Changed || c.changed[other]
	}
}

// references checks the ids of other records.
func (c *crossFileCheck) references(f *Linted) {
	if by := f.record.replacedBy; by.Value != "" && by.Value != f.record.id {
		c.reference(f, "replaced_by", by, diag.Error)
	}
	for _, other := range f.record.others {
		c.reference(f, "exit.alternatives", other, diag.Note)
	}
}

// meant suggests a vendor that a record can name instead of one that does not exist.
func (c *crossFileCheck) meant(f *Linted, id string) string {
	if len(c.ids) > 2000 {
		return ""
	}
	near := diag.Nearest(id, slices.DeleteFunc(slices.Clone(c.ids), func(other string) bool { return other == f.record.id }))
	if target := c.files[near]; target != nil && target.record != nil && slices.Contains([]string{"suspended", "denied", "retired"}, target.record.status) {
		return ""
	}
	return near
}

func (c *crossFileCheck) reference(f *Linted, path string, to diag.At[string], severity diag.Severity) {
	d := subject.Defect{Pos: to.Pos, Key: path + ":" + to.Value}
	target := c.files[to.Value]
	switch {
	case target == nil && c.mayExist(to.Value):
		return
	case target == nil && slices.Contains(c.known, to.Value):
		d.Message, severity = fmt.Sprintf("%s names %q, which your organisation has not reviewed", path, to.Value), min(severity, diag.Warning)
		d.Hint = "add a record for it, or name another vendor"
	case target == nil:
		d = subject.NoRecord(path, to)
		if near := c.meant(f, to.Value); near != "" {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
	case slices.Contains([]string{"suspended", "denied", "retired"}, target.record.status):
		d.Message, severity = fmt.Sprintf("%s names %q, which is %s", path, to.Value, target.record.status), min(severity, diag.Warning)
		d.Hint = "name an approved vendor"
	default:
		return
	}
	c.note(f, rules.RecordContradicts, severity, d, to.Value)
}

// replacementCycles reports records whose replacements form a cycle. It visits each record once.
func (c *crossFileCheck) replacementCycles() {
	walked := map[string]bool{}
	for _, start := range c.ids {
		var trail []string
		id := start
		for ; c.files[id] != nil && !walked[id]; id = c.files[id].record.replacedBy.Value {
			walked[id] = true
			trail = append(trail, id)
		}
		i := slices.Index(trail, id)
		if i < 0 || len(trail)-i < 2 { // a record that replaces itself is reported on its own
			continue
		}
		c.reportCycle(trail[i:])
	}
}

// reportCycle reports a cycle once, at a record that was changed if there is one.
func (c *crossFileCheck) reportCycle(ids []string) {
	if i := slices.IndexFunc(ids, func(id string) bool { return c.changed[id] }); i > 0 {
		ids = slices.Concat(ids[i:], ids[:i])
	}
	const most = 5
	var related []diag.Related
	for _, id := range ids[1:min(len(ids), most)] {
		related = append(related, diag.Related{Pos: c.files[id].record.replacedBy.Pos, Message: fmt.Sprintf("in the record of %q", id)})
	}
	shown := slices.Clone(ids[:min(len(ids), most)])
	if len(ids) > most {
		shown = append(shown, "...")
	}
	f := c.files[ids[0]]
	d := subject.Cycle(f.record.replacedBy.Pos, append(shown, ids[0])...)
	d.Related = related
	c.note(f, rules.RecordContradicts, diag.Error, d, "")
}

// rank puts the records that were changed before others: what is wrong with two records is reported at one of them.
func (c *crossFileCheck) rank(id string) int {
	if c.changed[id] {
		return 1
	}
	return 0
}

// lookAlikes reports ids that look alike, including those of built-in vendors. Two built-in ids are known to be two services.
func (c *crossFileCheck) lookAlikes() {
	all := slices.Compact(slices.Sorted(slices.Values(append(slices.Clone(c.ids), c.known...))))
	known := func(id string) bool { return slices.Contains(c.known, id) }
	own := map[string]string{} // as many built-in ids look alike, one of them could hide an own one
	for i, near := range diag.Alike(c.ids) {
		own[c.ids[i]] = near
	}
	met := map[[2]string]bool{}
	for i, near := range diag.Alike(all) {
		id := all[i]
		if known(id) && known(near) {
			near = own[id]
		}
		if c.files[id] != nil && c.files[near] != nil && (known(id) && !known(near) || known(id) == known(near) && cmp.Or(cmp.Compare(c.rank(id), c.rank(near)), cmp.Compare(id, near)) < 0) {
			id, near = near, id
		}
		f := c.files[id]
		if f == nil || near == "" || known(id) && known(near) || met[[2]string{id, near}] {
			continue
		}
		met[[2]string{id, near}] = true
		d := subject.Defect{Pos: f.record.pos, Key: "alike", Message: fmt.Sprintf("its id %q looks like %q", id, near), Hint: c.unlike(near)}
		if other := c.files[near]; other != nil {
			d.Related = []diag.Related{{Pos: other.record.pos, Message: fmt.Sprintf("the record of %q", near)}}
		}
		c.note(f, rules.RecordContradicts, diag.Warning, d, near)
	}
}

// unlike says what to do about an id that looks like another one. A built-in record cannot be removed.
func (c *crossFileCheck) unlike(near string) string {
	if !slices.Contains(c.ids, near) {
		return fmt.Sprintf("if it is the same service, which is built in, rename the record to %s.yaml and its id to %s; otherwise choose another id", near, near)
	}
	return "remove one of them if they are the same service; otherwise choose another id"
}

// waiverTarget reports a waiver for a vendor that does not exist, or that no waiver can cover. waivers are all those of the vendor.
func (c *crossFileCheck) waiverTarget(f *Linted, waivers []*registry.Waiver) {
	to := f.waiver.vendor
	d := subject.Defect{Pos: to.Pos, Key: "vendor"}
	target := c.files[to.Value]
	switch {
	case target == nil && c.mayExist(to.Value): // nothing is known of it
	case target == nil:
		c.checkWaiver(f, c.unreviewed(c.inForce), waivers)
		d.Message, d.Hint = fmt.Sprintf("the waiver is for %q, which has no record", to.Value), "correct the id, or remove the waiver"
		if near := diag.Nearest(to.Value, c.ids); near != "" && len(c.ids) <= 2000 {
			d.Hint = fmt.Sprintf("did you mean %q?", near)
		}
		c.note(f, rules.WaiverInvalid, diag.Error, d, to.Value)
	default:
		if nothing := rules.NothingToWaive(target.record.use, f.waiver.waiver); nothing != nil {
			nothing.Message, nothing.Hint = "the waiver covers nothing: "+nothing.Message, "remove the waiver"
			c.note(f, rules.WaiverInvalid, diag.Warning, *nothing, to.Value)
			return
		}
		c.checkWaiver(f, target.record.use, waivers)
	}
}

// mayExist reports whether a record exists that could not be read, or could exist in an unreadable folder.
func (c *crossFileCheck) mayExist(id string) bool { return c.exists[id] || len(c.gaps) > 0 }
