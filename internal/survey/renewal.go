package survey

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Renew lists what has expired in a record, what expires within the warn windows, what would be in the way of a renewal today, and what is
// unknown. The record must be valid. A record without a status needs a decision. No date of a record is due while its status forbids every
// use, and nothing has to be found out about a vendor that is suspended, denied or retired. Waivers are listed whatever the status is.
func Renew(p *policy.Policy, known *registry.Registry, q Question, asOf time.Time) Renewal {
	r := renewal{Subject: gate.WidestUse(p, known, p.At(asOf), q.Vendor), soon: p.At(asOf).Day.Plus(q.Within)}
	if r.Subject == nil {
		r.Subject = subject.Unreviewed(p, p.At(asOf))
		r.tasks = append(r.tasks, Task{State: Unknown, Path: "status", Do: "Approve or deny the vendor.", Proof: record.ProofOf("approval").Evidence, Who: p.Owner()})
	} else {
		r.Surroundings = q.Around
		r.record(r.Attr("status").Text)
		r.refused(q)
	}
	r.waivers(known, q.Vendor.ID)
	slices.SortStableFunc(r.tasks, func(a, b Task) int {
		return cmp.Or(cmp.Compare(a.State, b.State), a.Last.Compare(b.Last))
	})
	return Renewal{Tier: r.Tier, Day: r.Today.Day, Tasks: r.tasks}
}

// record adds the tasks for a record with a status.
func (r *renewal) record(status string) {
	if !rules.ForbiddenByStatus(r.Subject) {
		r.approval()
		r.deadlines()
		r.failures()
	}
	if subject.WaivableStatus(status) { // also while a decision is pending
		r.unknowns()
	}
}

// approval adds tasks if the approval is not valid. An approval without an end is unknown instead.
func (r *renewal) approval() {
	if !subject.Vetted(r.Attr("status")) || !r.InForce(rules.ApprovalInvalid) {
		return
	}
	defects := slices.DeleteFunc(r.ApprovalDefects(), func(d subject.Defect) bool { return d.Key == "expires" })
	if len(defects) > 0 {
		r.invalid(Task{Rule: rules.ApprovalInvalid, Path: "approval", Do: "Correct the approval", Proof: record.ProofOf("approval").Evidence, Who: r.deciders()}, defects)
	}
}

// deadlines adds tasks for the deadlines of the rules, and for an approval without an end.
func (r *renewal) deadlines() {
	terms := r.Policy.Terms(r.Tier)
	renew := fmt.Sprintf("Renew the approval for at most %s, with %s.", terms.Longest.Words(), subject.People(terms.Approvers))
	const path = "approval.expires"
	if !r.Attr(path).Known() && subject.Vetted(r.Attr("status")) {
		r.tasks = append(r.tasks, Task{State: Unknown, Rule: rules.ApprovalInvalid, Path: path, Do: fmt.Sprintf("Set the last day of the approval, at most %s after approval.approved_on.", terms.Longest.Words()), Proof: record.ProofOf(path).Evidence, Who: r.deciders()})
	}
	for _, d := range rules.Deadlines(r.Subject) {
		do, who := d.Do, r.holder(d.Path)
		switch d.Kind {
		case inventory.Approval:
			do, who = renew, r.deciders()
		case inventory.Review:
			who = r.deciders()
		case inventory.Condition, inventory.Pilot:
			who = r.Owners()
		default:
		}
		r.due(d.LastDay, Task{Rule: d.Rule, Path: d.Path, Was: value(d.At), Do: do, Proof: record.ProofOf(d.Path).Evidence, Who: who})
	}
}

// value is the value of an attribute that sets a last day, as text. A list is one of dates on which something was done.
func value(v *attr.Value) string {
	if v.Text != "" {
		return v.Text
	}
	return subject.List(v.Texts())
}

// deciders names who may approve: the roles of the policy, or the current approvers.
func (r *renewal) deciders() string {
	if roles := r.Policy.Terms(r.Tier).Roles; len(roles) > 0 {
		return strings.Join(roles, ", ")
	}
	return r.Owners()
}

// holder names who has the evidence for an attribute.
func (r *renewal) holder(path string) string {
	switch proof := record.ProofOf(path); {
	case proof.Ours:
		return r.Policy.Owner()
	default:
		return fmt.Sprintf("%s (%s must ask)", proof.Holder, r.Policy.Owner())
	}
}

// unknowns adds tasks for attributes that VG-REG-005 reports, and for attributes that are written as unknown.
func (r *renewal) unknowns() {
	seen := map[string]bool{}
	add := func(rule, path, was, do string) {
		if seen[path] {
			return
		}
		seen[path] = true
		r.tasks = append(r.tasks, Task{State: Unknown, Rule: rule, Path: path, Was: was, Do: do, Proof: record.ProofOf(path).Evidence, Who: r.holder(path)})
	}
	for _, rule := range rules.All() {
		if rule.Judge == nil || r.Policy.Rule(rule.ID).Levels[r.Tier] == diag.Off {
			continue
		}
		before := len(r.Missing)
		rule.Judge(r.Subject)
		for _, a := range r.Missing[before:] {
			add(rule.ID, strings.Join(a.Paths, " or "), r.Quote(a.Paths[0]), "Find out and record it; "+rule.ID+" requires it.")
		}
	}
	for i := range r.Policy.Requirements {
		q := &r.Policy.Requirements[i]
		if q.Levels[r.Tier] == diag.Off || !q.Admits(r.Facts()) {
			continue
		}
		if outcome, _ := q.Judge(r.Answers()); outcome == policy.IsUnknown {
			paths := q.Unknown(r.Answers())
			add(q.ID, strings.Join(paths, " or "), r.Quote(paths[0]), fmt.Sprintf("Find out and record it; %s requires it (%s).", q.ID, q.Asks()))
		}
	}
	for _, row := range record.Table().Rows {
		eachValue(r.Vendor.Record, "", row.Path, func(path string, v *attr.Value) {
			if v.State == attr.Unknown || v.State == attr.Set && v.Text == "unknown" {
				answers := strings.TrimSuffix(strings.TrimSuffix(row.Describe(), "; or unknown"), ", unknown")
				add("", path, "unknown", "Find out and record it: "+answers+".")
			}
		})
	}
}

// eachValue visits an attribute in every item of the lists on its path.
func eachValue(r *attr.Record, prefix, path string, visit func(path string, v *attr.Value)) {
	list, rest, inList := strings.Cut(path, "[].")
	switch {
	case strings.HasSuffix(list, "[]"), strings.Contains(list, "*"):
		return // a whole list, or keys that the author chooses
	case !inList:
		visit(prefix+path, r.Get(path))
		return
	}
	for i, item := range r.Get(list).Records {
		name := fmt.Sprint(i + 1)
		if _, _, ok := item.Table().Lookup("id"); ok && item.Get("id").Known() {
			name = item.Get("id").Text
		}
		eachValue(item, prefix+list+"["+name+"].", rest, visit)
	}
}
