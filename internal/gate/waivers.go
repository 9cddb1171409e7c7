package gate

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
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
	for _, w := range readable {
		e.waiver(w)
	}
}

// namedWaiver checks the waiver that a manifest names: it must exist and apply to this vendor and repository.
func (e *evaluation) namedWaiver(u *subject.Subject, waivers []*registry.Waiver, gaps []diag.Gap) {
	id := u.Waiver.Value
	if id == "" || slices.ContainsFunc(gaps, func(g diag.Gap) bool { return strings.HasSuffix(g.Target, "/"+id+".yaml") }) {
		return
	}
	i := slices.IndexFunc(waivers, func(w *registry.Waiver) bool { return w.ID == id })
	switch {
	case i < 0 && e.brokenWaivers[id]:
	case i < 0:
		e.waiverFault(u, id, "missing", "the registry has no such waiver", diag.Pos{}, diag.Off)
	case waivers[i].Vendor.Value != u.ID.Value:
		e.waiverFault(u, id, "vendor", fmt.Sprintf("it is for %s, not for %s", waivers[i].Vendor.Value, u.ID.Value), waivers[i].Vendor.Pos, diag.Off)
	case e.in.Repository == "":
		e.waiverFault(u, id, "unknown-repository", "it is limited to certain repositories, and the name of this one is unknown (pass --repository owner/name)", waivers[i].Record.Get("repos").Pos, diag.Off)
	case !waivers[i].AppliesTo(e.in.Repository):
		e.waiverFault(u, id, "repository", fmt.Sprintf("it is for %s, not for %s", subject.List(waivers[i].Record.Get("repos").Texts()), e.in.Repository), waivers[i].Record.Get("repos").Pos, diag.Off)
	}
}

// waiver applies one waiver to the findings that it covers.
func (e *evaluation) waiver(w *registry.Waiver) {
	uses := slices.Concat(e.uses, e.undeclaredUses)
	i := slices.IndexFunc(uses, func(u *subject.Subject) bool { return u.ID.Value == w.Vendor.Value })
	if i < 0 || !w.AppliesTo(e.in.Repository) {
		return
	}
	u, tier := uses[i], uses[i].Tier
	for _, other := range uses[i:] {
		if other.ID.Value != w.Vendor.Value {
			continue
		}
		tier = min(tier, other.Tier) // the most critical use decides how long a waiver may run
		if other.Waiver.Value == w.ID && u.Waiver.Value != w.ID {
			u = other // report it at the entry that names it
		}
	}
	var covered []*gradedFinding
	for k := range e.findings {
		f := &e.findings[k]
		if f.Vendor == w.Vendor.Value && f.waivable && w.Covers(f.Rule) && !f.Waived() {
			covered = append(covered, f)
		}
	}
	if len(covered) == 0 && slices.Contains(e.undeclaredUses, u) {
		return // the declared use may need it
	}
	problems := rules.WaiverDefects(e.in.Policy, e.today, tier, w)
	ends := subject.WaiverEnd(e.in.Policy, e.today, tier, w)
	switch {
	case ends.Past && u.Waiver.Value != w.ID && len(covered) == 0:
		e.waiverFault(u, w.ID, "expired-unused", fmt.Sprintf("it expired on %s and nothing needs it any more", w.Expires.Value), w.Expires.Pos, diag.Note)
	case len(problems) > 0:
		for _, p := range problems {
			e.waiverFault(u, w.ID, p.Key, p.Message, p.Pos, diag.Off)
		}
	case ends.Past:
		e.waiverFault(u, w.ID, "expired", fmt.Sprintf("it expired on %s (%s)", w.Expires.Value, ends.Ago()), w.Expires.Pos, diag.Off)
	case len(covered) == 0:
		e.waiverFault(u, w.ID, "unused", "it covers no finding", w.Record.Pos, diag.Note)
	default:
		for _, f := range covered {
			f.Waiver, f.WaivedUntil = w.ID, w.Expires.Value.String()
			f.Related = append(f.Related, diag.Related{Pos: w.Record.Pos, Message: "the waiver"})
		}
		if ends.Near {
			e.waiverFault(u, w.ID, "expires-soon", fmt.Sprintf("it expires on %s (%s)", w.Expires.Value, ends.Ago()), w.Expires.Pos, diag.Warning)
		}
	}
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
	f.Hint = waiverHint(key, u.Policy.WaiverURL)
	e.add(u, rules.WaiverInvalid, u.Policy.Rule(rules.WaiverInvalid).Levels, false, f)
}

// waiverHint is the next step for a waiver with a problem; url is where to ask for a waiver, or empty.
func waiverHint(key, url string) string {
	ask := "ask for a new waiver."
	if url != "" {
		ask = "ask for a new waiver: " + url + "."
	}
	switch key {
	case "unused":
		return "Remove the waiver if no other repository needs it."
	case "expired-unused":
		return "Remove the waiver."
	case "expires-soon":
		return "Fix what the waiver covers, or " + ask
	default:
		return "Fix what the waiver covers and remove it, or " + ask
	}
}
