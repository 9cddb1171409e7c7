package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// notRegistered: VG-REG-001: no record, or an identity without a decision.
func (e *evaluation) notRegistered(u *use) fault {
	f := fault{pos: u.ID.Pos, message: fmt.Sprintf("%q is not in the approved-vendor registry", u.ID.Value)}
	category, near := "", ""
	var hints []string
	if u.vendor != nil {
		category = u.vendor.Record.Get("category").Text
		f.message = fmt.Sprintf("%q%s is known, but nobody has reviewed it for your organisation", u.ID.Value, u.called())
		f.related = []diag.Related{{Pos: u.vendor.Record.Pos, Message: "its identity, without a decision"}}
	} else if near = e.meant(u.ID.Value); near != "" {
		hints = append(hints, fmt.Sprintf("Did you mean %q?", near))
		if v, err := e.in.Registry.Vendor(near); err == nil && v != nil && v.Record != nil {
			category = v.Record.Get("category").Text
		}
	}
	if names := e.in.Registry.Alternatives(category, []string{u.ID.Value, near}, 3); len(names) > 0 {
		hints = append(hints, fmt.Sprintf("Approved in category %s: %s.", category, strings.Join(names, ", ")))
	}
	url := cmp.Or(e.in.Policy.RequestURL, e.in.RequestURL)
	f.request = u.requestForm(url)
	switch {
	case url != "":
		hints = append(hints, "To request it: "+url+".")
	case e.in.Registry.Embedded():
		hints = append(hints, "The built-in registry approves nothing; name your organisation's with --registry.")
	default:
		hints = append(hints, fmt.Sprintf("To request it, ask %s for %s.", e.in.Policy.owner(), e.in.Registry.Tree.Name("vendors/"+u.ID.Value+".yaml")))
	}
	f.hint = strings.Join(hints, " ")
	return f
}

// called is the vendor's name in parentheses, where it is not the id.
func (u *use) called() string {
	if u.vendor.Name() == u.ID.Value {
		return ""
	}
	return " (" + u.vendor.Name() + ")"
}

// meant is the vendor that a mistyped id may have meant. A run that knows none of many vendors needs no suggestions.
func (e *evaluation) meant(id string) string {
	const enough = 20
	if e.suggested++; e.suggested > enough {
		return ""
	}
	if e.allIDs == nil {
		e.allIDs = e.in.Registry.IDs()
	}
	return diag.Nearest(id, e.allIDs)
}

// defect is what is wrong in a record, as whoever keeps it reads it.
type defect struct {
	pos                diag.Pos // in the record
	key, message, hint string
	related            []diag.Related
}

// recordContradicts: VG-REG-003.
func recordContradicts(u *use) []fault {
	var out []fault
	for _, d := range append(u.contradictions(), u.shared()...) {
		out = append(out, fault{
			pos: u.ID.Pos, related: []diag.Related{{Pos: d.pos, Message: "in the record"}}, key: d.key,
			message: fmt.Sprintf("the record of %q: %s", u.ID.Value, d.message),
			hint:    fmt.Sprintf("Nothing is wrong with your change; %s must mend the record. %s", u.policy.owner(), strings.TrimSpace(sentence(d.hint))),
		})
	}
	return out
}

// contradictions is what is wrong inside the record.
func (u *use) contradictions() []defect {
	var out []defect
	add := func(pos diag.Pos, key, message, hint string) {
		out = append(out, defect{pos: pos, key: key, message: message, hint: hint})
	}
	for _, p := range u.vendor.Faults {
		add(p.Pos, p.Message, p.Message, p.Hint)
	}
	for _, d := range u.vendor.Past() {
		if d.Day.After(u.today.Day) {
			add(d.Pos, "future:"+d.Path, fmt.Sprintf("%s is %s, which lies in the future", d.Path, d.Day), "correct the date")
		}
	}
	if since := u.get("status_since"); since.Known() && since.Day.After(u.today.Day) {
		add(since.Pos, "status_since", fmt.Sprintf("its status is dated %s, which lies in the future", since.Text), "correct status_since")
	}
	for _, class := range u.get("scope.data_classes").Items {
		if _, ok := u.policy.ClassTier(class.Text); !ok {
			hint := "declare the class in the policy"
			if near := diag.Nearest(class.Text, u.policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			add(class.Pos, "class:"+class.Text, fmt.Sprintf("there is no data class %q", class.Text), hint)
		}
	}
	return out
}

// shared is what another record of the run claims as well.
func (u *use) shared() []defect {
	var out []defect
	for _, o := range u.overlaps {
		out = append(out, o.defect())
	}
	return out
}

// notEstablished: VG-REG-005: one finding for all that the policy asks for and nobody has established.
func notEstablished(u *use) fault {
	var paths []string
	for _, a := range u.asked {
		paths = append(paths, strings.Join(a.paths, " or "))
	}
	f := fault{
		pos: u.ID.Pos, key: strings.Join(slices.Sorted(slices.Values(paths)), ","),
		message: fmt.Sprintf("nobody has established %s of %q", strings.Join(paths, ", "), u.ID.Value),
		hint:    fmt.Sprintf("Nothing to change in this repository; %s asks the vendor and records the answer in %s.", u.policy.owner(), u.vendor.File),
	}
	once := func(pos diag.Pos, words string) {
		if pos.File != "" && !slices.ContainsFunc(f.related, func(r diag.Related) bool { return r.Pos == pos }) {
			f.related = append(f.related, diag.Related{Pos: pos, Message: words})
		}
	}
	for _, a := range u.asked {
		once(u.get(a.paths[0]).Pos, "what is missing belongs here")
	}
	for _, a := range u.asked {
		once(a.pos, "the policy asks for "+strings.Join(a.paths, " or "))
	}
	return f
}

// requirementFails is the finding of a declarative requirement, with its three positions.
func requirementFails(u *use, q *Requirement, b *branch) fault {
	f := fault{pos: u.ID.Pos, key: b.path}
	f.related = []diag.Related{u.seen(b.path, "what the record says"), {Pos: q.Pos, Message: "the requirement"}}
	f.message, f.hint = q.Words(u.placeholder(b.path))
	if f.message == "" {
		f.message = fmt.Sprintf("%s of %q is %s; the policy wants: %s", b.path, u.ID.Value, u.show(b.path), b.wanted())
	}
	if f.hint == "" {
		f.hint = fmt.Sprintf("Nothing to change in this repository; ask %s.", u.policy.owner())
	}
	if q.Docs != "" {
		f.hint += " See " + q.Docs + "."
	}
	return f
}

// placeholder words what stands in braces in the message of a requirement about an attribute.
func (u *use) placeholder(path string) func(string) string {
	return func(name string) string {
		return map[string]string{
			"vendor": u.ID.Value, "name": u.vendor.Name(), "tier": strconv.Itoa(u.tier), "value": u.show(path),
			"attribute": path, "category": u.vendor.Record.Get("category").Text, "owner": u.Owner.Value,
		}[name]
	}
}
