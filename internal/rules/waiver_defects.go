package rules

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// startsLater is the key of the only defect of a waiver that ends without a change.
const startsLater = "start"

// StartsLater reports whether the only defect of a waiver is that it has not started yet.
func StartsLater(defects []subject.Defect) bool {
	return len(defects) == 1 && defects[0].Key == startsLater
}

// WaiverDefects returns the reasons why a waiver is not valid for a use, except that it has expired. Of several uses, the most critical one
// counts; in a registry, the widest use that the record permits.
func WaiverDefects(u *subject.Subject, w *registry.Waiver) []subject.Defect {
	var out []subject.Defect
	p, today, tier := u.Policy, u.Today, u.Tier
	add := func(pos diag.Pos, key, format string, args ...any) {
		out = append(out, subject.Defect{Pos: pos, Key: key, Message: fmt.Sprintf(format, args...)})
	}
	longest := p.Params.Period("waiver_max_length", tier).Value
	if w.Approved.Value.After(today.Day) {
		add(w.Approved.Pos, startsLater, "it starts on %s", w.Approved.Value)
	}
	switch {
	case w.Expires.Value.Before(w.Approved.Value):
		add(w.Expires.Pos, "order", "it expires on %s, before it starts", w.Expires.Value)
	case w.Expires.Value.After(w.Approved.Value.Plus(longest)):
		add(w.Expires.Pos, "term", "it runs from %s to %s, but a tier-%d use can be waived for at most %s", w.Approved.Value, w.Expires.Value, tier, longest.Words())
	}
	if have, most := w.Record.Get("extensions"), p.Params.Number("waiver_max_extensions", tier).Value; have.Known() && have.Int > most {
		add(have.Pos, "extensions", "it was extended %d times, but the policy allows %d", have.Int, most)
	}
	for _, a := range w.Record.Get("approved_by").Records {
		user, role, team := a.Get("user"), a.Get("role"), a.Get("team")
		if scalar.SameLogin(user.Text, w.RequestedBy.Value) {
			add(user.Pos, "self:"+user.Text, "%s approved their own request", user.Text)
		}
		if !p.MayApprove(user.Text, role.Text, team.Text) {
			add(user.Pos, "role:"+user.Text, "%s", subject.NotAnApprover(p, user.Text, role.Text, team.Text))
		}
	}
	for _, r := range w.Rules() {
		switch rule, structural := ByID(r.Value); {
		case structural && !rule.Waivable:
			add(r.Pos, "unwaivable:"+r.Value, "%s cannot be waived", r.Value)
		case r.Value == Undeclared && w.Use.Value != "":
			add(w.Use.Pos, "use:"+r.Value, "%s is about uses that no manifest names, so it cannot be waived for the use %q", r.Value, w.Use.Value)
		case !structural && !slices.ContainsFunc(p.Requirements, func(q policy.Requirement) bool { return q.ID == r.Value }):
			add(r.Pos, "rule:"+r.Value, "unknown rule %q", r.Value)
			if near := diag.Nearest(r.Value, waivable(p)); near != "" {
				out[len(out)-1].Hint = fmt.Sprintf("did you mean %q?", near)
			}
		}
	}
	return out
}

// waivable lists the rules and requirements that a waiver may name.
func waivable(p *policy.Policy) []string {
	var out []string
	for _, r := range All() {
		if r.Waivable {
			out = append(out, r.ID)
		}
	}
	for i := range p.Requirements {
		out = append(out, p.Requirements[i].ID)
	}
	return out
}

// VoidWaiver returns the reasons why no check applies a waiver to any use of its vendor; none if one does, or will when the waiver
// starts. u is the widest use of the vendor; its Vendor is nil if nobody has reviewed it. A less critical use may be waived for
// longer, so every tier is tried that a use within the scope has. Forecast, calendar and renewal ask here.
func VoidWaiver(u *subject.Subject, w *registry.Waiver) []subject.Defect {
	if d := NothingToWaive(u, w); d != nil {
		return []subject.Defect{*d}
	}
	var out []subject.Defect
	for _, tier := range u.TiersWithin() {
		if u.Reviewed() && !mayFindAny(u, tier, w) {
			continue
		}
		at := *u
		at.Tier = tier
		found := slices.DeleteFunc(WaiverDefects(&at, w), func(d subject.Defect) bool { return d.Key == startsLater })
		if len(found) == 0 {
			return nil
		}
		if out == nil {
			out = found
		}
	}
	return out
}

// NothingToWaive explains why a waiver covers nothing, whatever its dates and approvers are; nil if it may cover something. u is as
// for VoidWaiver. Without a policy, only the status of the vendor counts. Of an unreviewed vendor, only the missing entry can be waived.
func NothingToWaive(u *subject.Subject, w *registry.Waiver) *subject.Defect {
	status := "unreviewed"
	if u.Reviewed() {
		status = u.Attr("status").Text
	}
	switch {
	case status == "unreviewed" && w.Covers(Undeclared), status != "unreviewed" && subject.WaivableStatus(status) && u.Policy == nil:
		return nil
	case status == "unreviewed", !subject.WaivableStatus(status):
		return &subject.Defect{Pos: w.Vendor.Pos, Key: "vendor", Message: fmt.Sprintf("%q is %s, and no waiver can cover that", w.Vendor.Value, status)}
	}
	for _, tier := range u.TiersWithin() {
		if mayFindAny(u, tier, w) {
			return nil
		}
	}
	named := w.Record.Get("rules")
	return &subject.Defect{Pos: named.Pos, Key: "off", Message: fmt.Sprintf("the policy does not apply %s to %q", subject.List(named.Texts()), w.Vendor.Value)}
}

// mayFindAny reports whether a check of a use of a tier may find something that a waiver names. WaiverDefects reports names of no
// rule.
func mayFindAny(u *subject.Subject, tier int, w *registry.Waiver) bool {
	at := *u
	at.Tier = tier
	return slices.ContainsFunc(w.Rules(), func(named diag.At[string]) bool {
		id := named.Value
		if ForbiddenByStatus(&at) && id != StatusForbids {
			return false
		}
		if i := slices.IndexFunc(u.Policy.Requirements, func(q policy.Requirement) bool { return q.ID == id }); i >= 0 {
			return u.Policy.Requirements[i].Levels[tier] != diag.Off
		}
		_, structural := ByID(id)
		return !structural || at.InForce(id)
	})
}
