package impact

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// version is a record of a registry itself. vendor is nil if there is none, or if it cannot be used.
type version struct {
	vendor *registry.Vendor
	exists bool
}

// of reads a record of a registry.
func of(known *registry.Registry, id string) version {
	v, _, err := known.Own(id)
	if err != nil || v.Record == nil || len(v.Problems) > 0 {
		return version{nil, !errors.Is(err, fs.ErrNotExist)}
	}
	return version{v, true}
}

// versions are a record before and after a change.
type versions struct{ was, is version }

// record says what becomes of an edited record.
func (c Change) record(v versions) string {
	switch was, is := v.was.vendor, v.is.vendor; {
	case !v.is.exists && was == nil:
		return "removed"
	case !v.is.exists:
		return "removed, so every use of the vendor fails; the record that is removed " + c.means(c.Policy, c.Before, was)
	case is == nil:
		return "cannot be used as it is, so repositories that use the vendor get no verdict"
	case !v.was.exists:
		return "new: it " + c.means(c.InForce, c.After, is)
	case was == nil:
		return "mended: it " + c.means(c.InForce, c.After, is)
	default:
		return fmt.Sprintf("changed (%s): it %s", edits(was.Record, is.Record), c.means(c.InForce, c.After, is))
	}
}

// means says what a record permits under a policy, as: may be used in prod with internal data until 2027-08-31 (the approval).
func (c Change) means(p *policy.Policy, known *registry.Registry, v *registry.Vendor) string {
	may := survey.PermitOf(p, known, v, subject.Surroundings{}, c.AsOf) // the lint of the change reports what is around it
	switch {
	case may.Status == "":
		return "records no decision, so every use of the vendor fails"
	case may.Forbidden != "":
		return "permits no use: " + may.Forbidden
	case len(may.Fails) > 0:
		const most = 5
		var why []string
		for i := range may.Fails {
			if i < most {
				why = append(why, fmt.Sprintf("%s (%s)", may.Fails[i].Message, may.Fails[i].Rule))
			}
		}
		out := fmt.Sprintf("permits %s, and a use of all of that fails: %s", what(may), strings.Join(why, "; "))
		if more := len(may.Fails) - most; more > 0 {
			out += fmt.Sprintf("; and %d more", more)
		}
		return out
	}
	return "permits " + what(may)
}

// what describes the uses that a record permits, and until when.
func what(may survey.Permit) string {
	data := "without data"
	if len(may.Data) > 0 {
		data = "with data of the classes " + subject.List(may.Data)
	}
	out := fmt.Sprintf("use in %s %s", subject.List(may.Environments), data)
	if may.Repositories != nil {
		out += " by " + subject.List(may.Repositories)
	}
	if may.Teams != nil {
		out += " of " + subject.List(may.Teams)
	}
	if may.Status != "approved" {
		out = fmt.Sprintf("(%s) %s", may.Status, out)
	}
	if !may.Until.IsZero() {
		out += fmt.Sprintf(", until %s (%s)", may.Until, may.Ends)
	}
	return out
}

// edits lists the attributes that differ between two versions of a record.
func edits(was, is *attr.Record) string {
	const most = 6
	var out, seen []string
	for _, row := range record.Table().Rows {
		at, _, _ := strings.Cut(row.Path, "[].")
		if slices.Contains(seen, at) {
			continue
		}
		seen = append(seen, at)
		if a, b := was.Get(at), is.Get(at); !sameValue(a, b) {
			out = append(out, edited(at, a, b)...)
		}
	}
	if more := len(out) - most; more > 0 {
		out = append(out[:most], fmt.Sprintf("and %d more attributes", more))
	}
	if len(out) == 0 {
		return "only its layout or comments"
	}
	return strings.Join(out, "; ")
}

// sameValue reports whether two versions of an attribute say the same.
func sameValue(a, b *attr.Value) bool {
	return a.State == b.State && a.Text == b.Text && slices.Equal(a.Texts(), b.Texts()) &&
		slices.EqualFunc(a.Records, b.Records, func(a, b *attr.Record) bool { return a.Same(b) })
}

// edited says how an attribute differs: of a list, what it gains and loses, and of its items with an id or user, which of their values differ.
func edited(at string, was, is *attr.Value) []string {
	switch {
	case len(was.Records) > 0 && len(is.Records) > 0:
		return editedItems(at, was.Records, is.Records)
	case len(was.Items) > 0 && len(is.Items) > 0:
		more, less := without(is.Texts(), was.Texts()), without(was.Texts(), is.Texts())
		if what := gains(more, less); what != "" {
			return []string{at + ": " + what}
		}
		return []string{at + ": another order"}
	default:
		return []string{fmt.Sprintf("%s: %s instead of %s", at, shown(is), shown(was))}
	}
}

// editedItems says how the items of a list of mappings differ.
func editedItems(at string, was, is []*attr.Record) []string {
	before, after := namesOf(was), namesOf(is)
	var out []string
	if what := gains(without(after, before), without(before, after)); what != "" {
		out = append(out, at+": "+what)
	}
	for i, name := range after {
		j := slices.Index(before, name)
		if j < 0 || was[j].Same(is[i]) {
			continue
		}
		for _, row := range is[i].Table().Rows {
			if strings.Contains(row.Path, "[]") {
				continue
			}
			if a, b := was[j].Get(row.Path), is[i].Get(row.Path); !sameValue(a, b) {
				out = append(out, edited(fmt.Sprintf("%s[%s].%s", at, name, row.Path), a, b)...)
			}
		}
	}
	if len(out) == 0 {
		return []string{at + ": another order"}
	}
	return out
}

// namesOf names the items of a list: by an id or user, or else by their numbers. No two have the same name.
func namesOf(items []*attr.Record) []string {
	var out []string
	for i, item := range items {
		name := ""
		for _, row := range item.Table().Rows {
			if v := item.Get(row.Path); name == "" && slices.Contains([]string{"id", "user", "name", "type", "version"}, row.Path) && v.Known() {
				name = v.Text
			}
		}
		if name == "" || slices.Contains(out, name) {
			name = strings.TrimSpace(fmt.Sprintf("%s #%d", name, i+1))
		}
		out = append(out, name)
	}
	return out
}

// gains says what a list gains and loses; empty for neither.
func gains(more, less []string) string {
	var out []string
	if len(more) > 0 {
		out = append(out, "adds "+subject.List(more))
	}
	if len(less) > 0 {
		out = append(out, "removes "+subject.List(less))
	}
	return strings.Join(out, ", ")
}

// without returns the items of a list that another one does not have.
func without(all, others []string) []string {
	return slices.DeleteFunc(slices.Clone(all), func(item string) bool { return slices.Contains(others, item) })
}

// shown is the value of an attribute as a short text.
func shown(v *attr.Value) string {
	switch {
	case v.State == attr.Absent:
		return "nothing"
	case v.State == attr.NotApplicable:
		return "not applicable"
	case v.State == attr.Unknown:
		return "unknown"
	case v.Records != nil:
		return subject.List(namesOf(v.Records))
	case v.Items != nil:
		return subject.List(v.Texts())
	default:
		return v.Text
	}
}

// duties says who opens and who approves a record, if the change brings a new approval or permits more.
func (c Change) duties(id string, v versions) []diag.Item {
	is := v.is.vendor
	if is == nil {
		return nil
	}
	var was *attr.Record
	if v.was.vendor != nil {
		was = v.was.vendor.Record
	}
	approvers, requested := is.Record.Get("approval.approved_by").Records, is.Record.Get("approval.requested_by").Text
	var text string
	switch {
	case was != nil && len(subject.Widened(c.Policy, was, is.Record)) > 0:
		text = "it permits more without a new decision (approval.approved_on): somebody must decide again, and somebody who does not approve it must open the change"
	case subject.Vetted(is.Record.Get("status")) && (subject.Grants(was, is.Record) || !sameValue(was.Get("approval.approved_by"), is.Record.Get("approval.approved_by"))):
		text = c.duty(approvers, requested)
	default:
		return nil
	}
	return []diag.Item{{Name: id, Text: text}}
}

// duty says whether somebody may open a change that has these approvers. requested is who asked for it; it may be empty.
func (c Change) duty(approvers []*attr.Record, requested string) string {
	var names []string
	self := false
	for _, a := range approvers {
		names = append(names, fmt.Sprintf("%s (%s)", a.Get("user").Text, a.Get("role").Text))
		self = self || c.Author != "" && scalar.SameLogin(a.Get("user").Text, c.Author)
	}
	by := subject.List(names)
	switch {
	case len(names) == 0:
		return "nobody approves it"
	case self:
		who := "Somebody who does not approve it"
		if requested != "" && !scalar.SameLogin(requested, c.Author) {
			who = requested + ", who requested it, or anybody else who does not approve it,"
		}
		return fmt.Sprintf("%s opened this and approves it (approved by %s). %s must open it instead", c.Author, by, who)
	case c.Author == "":
		return "approved by " + by + "; who opened this is unknown"
	default:
		return fmt.Sprintf("opened by %s, approved by %s", c.Author, by)
	}
}

// waiver says what becomes of an edited waiver, and who opens and approves it.
func (c Change) waiver(id string) (text string, duties []diag.Item) {
	is, _ := c.After.Waivers(nil, []string{id})
	_, err := c.Before.Tree.Read("waivers/" + id + ".yaml")
	word := "new"
	if err == nil {
		word = "changed"
	}
	switch i := slices.IndexFunc(is, func(w *registry.Waiver) bool { return w.ID == id }); {
	case i < 0:
		return "removed, or it cannot be read", nil
	case len(is[i].Problems) > 0 || is[i].Record == nil:
		return "cannot be used as it is", nil
	default:
		w := is[i]
		vendor := w.Vendor.Value
		if w.Use.Value != "" {
			vendor += " (use " + w.Use.Value + ")"
		}
		return fmt.Sprintf("%s: it covers %s of %s in %s until %s", word, subject.List(w.Record.Get("rules").Texts()), vendor,
			subject.List(w.Record.Get("repos").Texts()), w.Expires.Value), []diag.Item{{Name: id, Text: c.duty(w.Record.Get("approved_by").Records, w.RequestedBy.Value)}}
	}
}
