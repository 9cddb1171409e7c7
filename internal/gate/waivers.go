package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// applyWaivers marks the findings that valid waivers cover, and reports invalid waivers (VG-WVR-001).
func (e *evaluation) applyWaivers() {
	var vendors, named []string
	for _, u := range e.uses {
		vendors = append(vendors, u.ID.Value)
		if u.Waiver.Value != "" {
			named = append(named, u.Waiver.Value)
		}
	}
	for _, u := range e.undeclaredUses {
		vendors = append(vendors, u.ID.Value)
	}
	waivers, gaps := e.in.Registry.Waivers(vendors, named)
	for _, gap := range gaps {
		e.unreadable("", gap, diag.Pos{File: gap.Target})
	}
	readable := waivers[:0:0]
	for _, w := range waivers {
		if len(w.Problems) > 0 {
			e.broken(w.Vendor.Value, w.File, w.Problems, diag.Related{}, false)
			continue
		}
		readable = append(readable, w)
	}
	for _, u := range e.uses {
		e.namedWaiver(u, readable, gaps)
	}
	if e.in.Repository == "" && len(readable) > 0 {
		e.notices = append(e.notices, "waivers were not applied, because the name of this repository is unknown; pass --repository owner/name")
	}
	var reaching []reach
	for _, w := range readable {
		if r, ok := e.reach(w); ok {
			reaching = append(reaching, r)
		}
	}
	for _, r := range longestFirst(reaching) {
		r.apply()
	}
	for _, r := range reaching {
		e.reportWaiver(r)
	}
}

// namedWaiver checks the waiver that a manifest names: it must exist and apply to this vendor, use and repository.
func (e *evaluation) namedWaiver(u *subject.Subject, waivers []*registry.Waiver, gaps []diag.Gap) {
	id := u.Waiver.Value
	if id == "" || slices.ContainsFunc(gaps, func(g diag.Gap) bool { return strings.HasSuffix(g.Target, "/"+id+".yaml") }) {
		return
	}
	i := slices.IndexFunc(waivers, func(w *registry.Waiver) bool { return w.ID == id })
	switch {
	case i < 0 && e.brokenWaivers[id]:
	case i < 0:
		e.waiverFault(u, id, "missing", withHint("the registry has no such waiver", nearestWaiver(u, waivers)), diag.Pos{}, diag.Off)
	case waivers[i].Vendor.Value != u.ID.Value:
		e.waiverFault(u, id, "vendor", fmt.Sprintf("it is for %s, not for %s", waivers[i].Vendor.Value, u.ID.Value), waivers[i].Vendor.Pos, diag.Off)
	case !waivers[i].AppliesToUse(u.Label.Value):
		e.waiverFault(u, id, "use", fmt.Sprintf("it is only for the use %q", waivers[i].Use.Value), waivers[i].Use.Pos, diag.Off)
	case e.in.Repository == "":
		e.waiverFault(u, id, "unknown-repository", "it is limited to certain repositories, and the name of this one is unknown (pass --repository owner/name)", waivers[i].Record.Get("repos").Pos, diag.Off)
	case !waivers[i].AppliesTo(e.in.Repository):
		e.waiverFault(u, id, "repository", fmt.Sprintf("it is for %s, not for %s", subject.List(waivers[i].Record.Get("repos").Texts()), e.in.Repository), waivers[i].Record.Get("repos").Pos, diag.Off)
	}
}

// nearestWaiver suggests one of the waivers of a vendor for a mistyped id; empty if none is near.
func nearestWaiver(u *subject.Subject, waivers []*registry.Waiver) string {
	var ids []string
	for _, w := range waivers {
		if w.Vendor.Value == u.ID.Value && w.AppliesTo(u.Repository) {
			ids = append(ids, w.ID)
		}
	}
	if near := diag.Nearest(u.Waiver.Value, ids); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	return ""
}

// withHint adds a suggestion to a message.
func withHint(message, hint string) string {
	if hint == "" {
		return message
	}
	return message + " (" + hint + ")"
}

// reach is what a waiver names in one run.
type reach struct {
	waiver  *registry.Waiver
	use     *subject.Subject // where to report it
	named   bool             // a manifest names it
	ends    subject.LastDay
	defects []subject.Defect
	found   []*gradedFinding // the waivable findings of its rules, whatever covers them
}

// reach returns what a waiver names; false if it is about no use here.
func (e *evaluation) reach(w *registry.Waiver) (reach, bool) {
	uses := slices.DeleteFunc(slices.Concat(e.uses, e.undeclaredUses), func(u *subject.Subject) bool { return u.ID.Value != w.Vendor.Value })
	if len(uses) == 0 || !w.AppliesTo(e.in.Repository) {
		return reach{}, false
	}
	names := func(u *subject.Subject) bool { return u.Waiver.Value == w.ID }
	all := uses
	uses = slices.DeleteFunc(slices.Clone(all), func(u *subject.Subject) bool { return !w.AppliesToUse(u.Label.Value) })
	if len(uses) == 0 {
		if !slices.ContainsFunc(all, names) && !slices.Contains(e.undeclaredUses, all[0]) { // namedWaiver reports it otherwise
			e.waiverFault(all[0], w.ID, "use", fmt.Sprintf("no entry here has the name %q (use)", w.Use.Value), w.Use.Pos, diag.Note)
		}
		return reach{}, false
	}
	u, critical := uses[0], subject.MostCritical(uses)
	if i := slices.IndexFunc(uses, names); i >= 0 {
		u = uses[i] // report it at the entry that names it
	}
	r := reach{waiver: w, use: u, named: names(u)}
	for k := range e.findings {
		if f := &e.findings[k]; f.Vendor == w.Vendor.Value && f.waivable && w.AppliesToUse(f.Use) && w.Covers(f.Rule) {
			r.found = append(r.found, f)
		}
	}
	if len(r.found) == 0 && slices.Contains(e.undeclaredUses, u) {
		return reach{}, false // the declared use may need it
	}
	r.defects, r.ends = rules.WaiverDefects(critical, w), subject.WaiverEnd(critical, w)
	return r, true
}

func (r reach) valid() bool { return !r.ends.Past && len(r.defects) == 0 }

// apply marks the findings that the waiver covers and no other does.
func (r reach) apply() {
	if !r.valid() {
		return
	}
	for _, f := range r.found {
		if !f.Waived() {
			f.Waiver, f.WaivedUntil = r.waiver.ID, r.waiver.Expires.Value.String()
			f.Related = append(f.Related, diag.Related{Pos: r.waiver.Record.Pos, Message: "the waiver"})
		}
	}
}

// replacement returns the other waiver that covers everything that this one names; empty if there is none.
func (r reach) replacement() string {
	other := ""
	for _, f := range r.found {
		if !f.Waived() || f.Waiver == r.waiver.ID {
			return ""
		}
		other = f.Waiver
	}
	return other
}

// reportWaiver reports a waiver that is not valid, is about to end, or covers nothing (VG-WVR-001). One whose work is done is a note.
func (e *evaluation) reportWaiver(r reach) {
	id, expires, other := r.waiver.ID, r.waiver.Expires, r.replacement()
	switch {
	case r.valid() && other != "":
		e.waiverFault(r.use, id, "overlapped", fmt.Sprintf("%s covers the same findings for longer", other), r.waiver.Record.Pos, diag.Note)
	case r.valid() && len(r.found) == 0:
		e.waiverFault(r.use, id, "unused", "it covers no finding", r.waiver.Record.Pos, diag.Note)
	case r.valid() && r.ends.Near:
		e.waiverFault(r.use, id, "expires-soon", fmt.Sprintf("it expires on %s (%s)", expires.Value, r.ends.Ago()), expires.Pos, diag.Warning)
	case r.valid():
	case r.ends.Past && other != "":
		e.waiverFault(r.use, id, "replaced", fmt.Sprintf("it expired on %s, and %s covers its findings", expires.Value, other), expires.Pos, diag.Note)
	case r.ends.Past && len(r.found) == 0:
		e.waiverFault(r.use, id, "expired-unused", fmt.Sprintf("it expired on %s and nothing needs it any more", expires.Value), expires.Pos, diag.Note)
	case len(r.defects) == 0:
		e.waiverFault(r.use, id, "expired", fmt.Sprintf("it expired on %s (%s)", expires.Value, r.ends.Ago()), expires.Pos, diag.Off)
	case other != "":
		why := r.defects[0].Message
		if more := len(r.defects) - 1; more > 0 {
			why += fmt.Sprintf(" (and %d more)", more)
		}
		e.waiverFault(r.use, id, "replaced", fmt.Sprintf("%s, and %s covers its findings", why, other), r.defects[0].Pos, diag.Note)
	default:
		most := diag.Off
		if len(r.found) == 0 && rules.StartsLater(r.defects) {
			most = diag.Note
		}
		for _, d := range r.defects {
			e.waiverFault(r.use, id, d.Key, withHint(d.Message, d.Hint), d.Pos, most)
		}
	}
}

// offerWaivers says of the findings that fail a check, or will when a grace period ends, that a waiver is possible. It leaves out those that
// a waiver covers.
func (e *evaluation) offerWaivers() {
	for i := range e.findings {
		f := &e.findings[i]
		switch {
		case !f.offers || f.Waived():
			continue
		case strings.Contains(strings.ToLower(f.Hint), "waiver"): // the policy says how
			continue
		case e.in.Repository == "" && strings.Contains(f.Hint, "--repository"): // without a name, none would apply
			continue
		}
		if f.Hint != "" && !strings.ContainsAny(f.Hint[len(f.Hint)-1:], ".?!") {
			f.Hint += "."
		}
		f.Hint = strings.TrimSpace(f.Hint + subject.WaiverHint(e.in.Policy))
	}
}

// longestFirst sorts waivers by their last day, the last one first.
func longestFirst(waivers []reach) []reach {
	return slices.SortedStableFunc(slices.Values(waivers), func(a, b reach) int { return b.waiver.Expires.Value.Compare(a.waiver.Expires.Value) })
}

// waiverFault reports a problem of a waiver at the use that it is for.
func (e *evaluation) waiverFault(u *subject.Subject, id, key, problem string, at diag.Pos, most diag.Severity) {
	f := subject.Fault{MaxSeverity: most, Pos: u.ID.Pos, Key: id + ":" + key, Message: fmt.Sprintf("waiver %s for %q: %s", id, u.ID.Value, problem)}
	if u.Waiver.Value == id {
		f.Pos = u.Waiver.Pos
	}
	if at.File != "" {
		f.Related = []diag.Related{{Pos: at, Message: "in the waiver"}}
	}
	if u.Waiver.Value == id && e.newlyNames[u] { // the change added the reference, whatever else it left as it was
		changed := *u
		changed.Introduced = true
		u = &changed
	}
	f.Hint = waiverHint(key, u.Policy.WaiverURL)
	if (key == "replaced" || key == "expired-unused") && u.Waiver.Value == id {
		f.Hint = fmt.Sprintf("Remove `waiver: %s` from the entry. The maintainers of the registry can remove the waiver.", id)
	}
	e.add(u, rules.WaiverInvalid, u.Policy.Rule(rules.WaiverInvalid).Levels, false, f)
}

// waiverHint is the next step for a waiver with a problem; url is where to ask for a waiver, or empty.
func waiverHint(key, url string) string {
	ask := "ask for a new waiver."
	if url != "" {
		ask = "ask for a new waiver: " + url + "."
	}
	switch key {
	case "unused", "overlapped":
		return "Remove the waiver if no other repository needs it."
	case "expired-unused", "replaced":
		return "Remove the waiver."
	case "use":
		return "Name the entry that it is for (use), or correct the waiver."
	case "start":
		return "Wait until the waiver starts, or fix what it covers."
	case "expires-soon":
		return "Fix what the waiver covers, or " + ask
	default:
		return "Fix what the waiver covers and remove it, or " + ask
	}
}

// RecordWaiver is a valid waiver of a finding about a record.
type RecordWaiver struct {
	*registry.Waiver
	Whole bool // it covers all uses in every repository that the record permits; otherwise at least one check fails
}

// WaiversOf returns the valid waivers of the vendor that cover a finding of at least one use in at least one repository.
func WaiversOf(u *subject.Subject, f RecordFinding, waivers []*registry.Waiver) []RecordWaiver {
	var out []RecordWaiver
	for _, w := range waivers {
		applies := len(w.Problems) == 0 && w.Vendor.Value == u.Vendor.ID
		if applies && f.Waivable && w.Covers(f.Rule) && len(rules.WaiverDefects(u, w)) == 0 && !subject.WaiverEnd(u, w).Past {
			out = append(out, RecordWaiver{w, w.AppliesToUse("") && coversScope(u.Attr("scope.repos").Texts(), w.Record.Get("repos").Texts())})
		}
	}
	return out
}

// Covering returns the valid waiver that covers a finding in every repository that the record permits, and lasts longest; nil if there is none.
// Without one, at least one check fails.
func Covering(u *subject.Subject, f RecordFinding, waivers []*registry.Waiver) *registry.Waiver {
	var longest *registry.Waiver
	for _, w := range WaiversOf(u, f, waivers) {
		if w.Whole && (longest == nil || w.Expires.Value.After(longest.Expires.Value)) {
			longest = w.Waiver
		}
	}
	return longest
}

// Replacing returns another of the vendor's waivers that is valid and covers all rules, repositories and uses that a waiver speaks of; empty if
// none does.
func Replacing(u *subject.Subject, w *registry.Waiver, waivers []*registry.Waiver) string {
	for _, o := range waivers {
		speaks := o.ID != w.ID && len(o.Problems) == 0 && o.AppliesToUse(w.Use.Value) && coversScope(w.Record.Get("repos").Texts(), o.Record.Get("repos").Texts())
		covers := speaks && !slices.ContainsFunc(w.Rules(), func(rule diag.At[string]) bool { return !o.Covers(rule.Value) })
		if covers && len(rules.WaiverDefects(u, o)) == 0 && len(rules.VoidWaiver(u, o)) == 0 && !subject.WaiverEnd(u, o).Past {
			return o.ID
		}
	}
	return ""
}

// coversScope reports whether patterns of repositories match all that a scope permits. A scope without repositories permits all of them.
func coversScope(scope, patterns []string) bool {
	if len(scope) == 0 {
		scope = []string{"*/*"}
	}
	return !slices.ContainsFunc(scope, func(permitted string) bool {
		return !slices.ContainsFunc(patterns, func(p string) bool { return scalar.RepositoryCovers(p, permitted) })
	})
}
