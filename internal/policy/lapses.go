package policy

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// watch collects the last valid days that the policy asks for in one use, whether or not they are near. Each is what the
// rule of that id finds past from the day after.
type watch struct {
	*use
	out []inventory.Lapse
}

// lapses lists the last valid days of a use. The results of probes are no part of it: a schedule renews them every few days.
func (u *use) lapses() []inventory.Lapse {
	w := &watch{use: u}
	w.decision()
	w.conditions()
	w.sunsets()
	w.papers()
	w.evidenceEnds()
	w.agreement()
	w.exercises()
	w.requirements()
	return w.out
}

// inForce reports whether a rule is asked at the tier of the use.
func (w *watch) inForce(rule string) bool { return w.policy.rule(rule).Levels[w.tier] != diag.Off }

// add notes a last day. warn names the parameter of its announcement.
func (w *watch) add(l inventory.Lapse, d day, warn string) {
	if d.Date.IsZero() {
		return
	}
	l.Last, l.Past, l.Days = d.Date, d.past, d.days
	l.Warn = d.Date.Minus(w.policy.Params.period(warn, w.tier).Value).DaysUntil(d.Date)
	w.out = append(w.out, l)
}

// note is add for what the record of the use says, where the rule is in force.
func (w *watch) note(kind inventory.Kind, rule, item string, d day, warn, what, who, do string) {
	if !w.inForce(rule) {
		return
	}
	w.add(inventory.Lapse{
		Vendor: w.vendor.ID, Name: w.vendor.Name(), Kind: kind, Rule: rule, Item: item, What: what, Who: who, Do: do, File: w.vendor.File,
	}, d, warn)
}

// decision looks at the approval and its review, or at the end of a pilot.
func (w *watch) decision() {
	if w.get("status").Text == "pilot" {
		if until := w.get("pilot.until"); until.Known() {
			w.note(inventory.Pilot, "VG-APR-001", "", w.deadline(until.Day, "warn_before_lapse"), "warn_before_lapse", "the pilot", w.owners(), "Decide on the vendor, or end the pilot.")
		}
		return
	}
	if end := w.get("approval.expires"); end.Known() {
		w.note(inventory.Approval, "VG-APR-002", "", w.deadline(end.Day, "warn_before_lapse"), "warn_before_lapse", "the approval", w.owners(), "Renew it"+w.renewAt()+".")
	}
	if _, last := w.lastReview(); last.Known() {
		_, due := w.reviewDue()
		w.note(inventory.Review, "VG-APR-003", "", due, "warn_before_lapse", "the review", w.owners(), "Review the vendor, and record the day in approval.last_review.")
	}
}

func (w *watch) conditions() {
	for _, c := range w.get("approval.conditions").Records {
		due, met := c.Get("due"), c.Get("met_on")
		early := met.Known() && met.Day.After(w.today.Day)
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		w.note(inventory.Condition, "VG-APR-005", c.Get("id").Text, w.deadline(due.Day, "warn_before_condition"), "warn_before_condition",
			fmt.Sprintf("the condition %q", c.Get("text").Text), w.owners(), "Close it in the record, or move its date.")
	}
}

// sunsets looks at the end of the vendor and of the versions that may be used.
func (w *watch) sunsets() {
	const warn = "warn_before_sunset"
	if end := w.get("sunset"); end.Known() && w.get("status").Text == "deprecated" {
		w.note(inventory.Sunset, "VG-APR-001", "", w.deadline(end.Day, warn), warn, "the use of the vendor", w.owners(), "Move every use away."+w.instead())
	}
	for _, api := range w.get("apis").Records {
		for _, v := range api.Get("versions").Records {
			id, end := v.Get("id").Text, v.Get("sunset")
			_, approved := w.vendor.Version(api.Get("id").Text, id)
			if !end.Known() || !approved || v.Get("status").Text == "retired" {
				continue
			}
			w.note(inventory.Sunset, "VG-SCP-003", api.Get("id").Text+"/"+id, w.deadlineIn(time.UTC, end.Day, warn), warn,
				fmt.Sprintf("version %s of the API %s", id, api.Get("id").Text), w.owners(), "Move every use to another version, and take it out of the scope.")
		}
	}
}

// papers looks at the assessments that the rules want current: of each kind the one that counts longest.
func (w *watch) papers() {
	w.paper("VG-AUD-001", "independent audit", "Ask for the next report, or for a bridge letter.", vocab.IndependentAssessments(), w.covers)
	w.paper("VG-AUD-002", "independent penetration test", "Ask for the summary of a new one.", []string{"pentest"}, func(a *attr.Record) string {
		if !a.Get("independent").True() {
			return "is not independent"
		}
		return w.covers(a)
	})
	if w.sends("cardholder") != "" {
		w.paper("VG-CMP-001", "PCI DSS attestation of compliance", "Ask for the next one.", []string{"pci-dss-aoc"}, w.covers)
	}
}

func (w *watch) paper(rule, what, do string, types []string, unfit func(*attr.Record) string) {
	var best standing
	var paper *attr.Record
	for _, a := range w.get("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) || unfit(a) != "" {
			continue
		}
		if s := w.counts(a); s.through.After(best.through) {
			best, paper = s, a
		}
	}
	if paper == nil {
		return
	}
	kind := inventory.Assessment
	switch {
	case rule == "VG-AUD-002":
		kind = inventory.Pentest
	case paper.Get("certified_on").Known():
		kind = inventory.Certificate
	}
	w.note(kind, rule, "", w.ends(best), best.warn, fmt.Sprintf("the %s (%s)", what, paper.Get("id").Text), w.policy.owner(), do)
}

// evidenceEnds looks at evidence that the policy wants as proof and that has a last day of its own.
func (w *watch) evidenceEnds() {
	for _, e := range w.get("evidence").Records {
		end := e.Get("expires")
		rule := w.wanted(e)
		if !end.Known() || rule == "" {
			continue
		}
		w.note(inventory.Document, rule, e.Get("id").Text, w.deadline(end.Day, "warn_before_lapse"), "warn_before_lapse",
			fmt.Sprintf("the evidence %s", e.Get("id").Text), w.policy.owner(), "Ask for what replaces it, and record it.")
	}
}

// wanted is the rule in force that a piece of evidence serves; empty if none asks for it.
func (w *watch) wanted(e *attr.Record) string {
	supported := func(path string) bool {
		return w.get(path).Known() && slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool { return registry.Supports(pattern, path) })
	}
	if w.inForce("VG-REG-006") {
		for _, a := range w.policy.assurance {
			if a.need[w.tier].Value > asserted && slices.ContainsFunc(a.paths, supported) {
				return "VG-REG-006"
			}
		}
	}
	switch {
	case w.inForce("VG-CMP-001") && w.sends("cardholder") != "" && w.get("compliance.pci.responsibility_matrix").Text == e.Get("id").Text:
		return "VG-CMP-001"
	case w.inForce("VG-DAT-002") && w.get("data.used_for_training").Text == "opt-out" && supported("data.used_for_training"):
		return "VG-DAT-002"
	default:
		return ""
	}
}

// agreement looks at the end of the contract, or at the last day to leave one that renews itself.
func (w *watch) agreement() {
	end, notice := w.get("contract.end"), w.get("contract.renewal.notice")
	switch {
	case w.get("contract.status").Text != "active" || !end.Known():
	case w.get("contract.renewal.type").Text != "auto":
		const warn = "warn_before_contract_end"
		w.note(inventory.Contract, "VG-CON-001", "", w.deadlineIn(w.contractZone(), end.Day, warn), warn, "the contract", w.policy.owner(), "Renew it, with the security terms that it lacks.")
	case notice.Known():
		const warn = "warn_before_notice"
		w.note(inventory.Notice, "VG-CON-001", "", w.deadlineIn(w.contractZone(), end.Day.Minus(notice.Span), warn), warn,
			"the notice for the contract, which renews itself on "+end.Text, w.policy.owner(), "Decide by then whether to go on.")
	}
}

// exercises looks at what we do ourselves and must do again.
func (w *watch) exercises() {
	again := func(kind inventory.Kind, rule, path, param string, last *attr.Value, what, do string) {
		if limit, set := w.limit(param); set && last.Known() {
			w.note(kind, rule, path, w.deadline(last.Day.Plus(limit.Value), "warn_before_lapse"), "warn_before_lapse", what, w.policy.owner(), do)
		}
	}
	const reviewed, tested, tried = "data.subprocessors.reviewed_on", "threat_detection.anomaly_alerts.tested_on", "exit.plan_tested_on"
	again(inventory.Subprocessor, "VG-DAT-001", reviewed, "subprocessor_review", w.get(reviewed), "the review of its processors", "Read the list again, and record the day.")
	if w.get("threat_detection.anomaly_alerts.supported").True() {
		again(inventory.Exercise, "VG-DET-001", tested, "alert_test_max_age", w.get(tested), "the test of its alerts", "Trigger a test alert, and record the day.")
	}
	if w.get("exit.plan").Known() {
		again(inventory.Exercise, "VG-EXT-001", tried, "exit_plan_test_max_age", w.get(tried), "the test of the plan for leaving", "Try the plan again, and record the day.")
	}
	if w.decided() {
		var last attr.Value
		for _, drill := range w.get("pilot.breach_simulation").Records {
			if on := drill.Get("performed_on"); on.Day.After(last.Day) {
				last = *on
			}
		}
		again(inventory.Exercise, "VG-PIL-002", "pilot.breach_simulation", "breach_drill_max_age", &last, "the breach drill", "Run it again in the sandbox, and attach the result.")
	}
}

// requirements looks at the days that requirements of the policy put limits to.
func (w *watch) requirements() {
	for i := range w.policy.Requirements {
		q := &w.policy.Requirements[i]
		if q.Levels[w.tier] == diag.Off || !q.Admits(w.facts()) {
			continue
		}
		last, path := q.LastDay(w.vendor.Record)
		l := inventory.Lapse{
			Vendor: w.vendor.ID, Name: w.vendor.Name(), Kind: inventory.Requirement, Rule: q.ID, File: w.vendor.File, Who: w.policy.owner(),
			What: path + " by requirement " + q.ID, Do: "Renew what it dates, and record the day.",
		}
		w.add(l, w.deadline(last, "warn_before_lapse"), "warn_before_lapse")
	}
}
