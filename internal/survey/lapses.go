package survey

import (
	"fmt"
	"slices"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/vocab"

	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// watch collects the last valid days that the policy asks for in one use, whether or not they are near. Each is what the
// rule of that id finds past from the day after.
type watch struct {
	*rules.Subject
	out []inventory.Lapse
}

// lapses lists the last valid days of a use. The results of probes are no part of it: a schedule renews them every few days.
func lapses(u *rules.Subject) []inventory.Lapse {
	w := &watch{Subject: u}
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
func (w *watch) inForce(rule string) bool { return w.Policy.Rule(rule).Levels[w.Tier] != diag.Off }

// add notes a last day. warn names the parameter of its announcement.
func (w *watch) add(l inventory.Lapse, d rules.LastDay, warn string) {
	if d.Date.IsZero() {
		return
	}
	l.Last, l.Past, l.Days = d.Date, d.Past, d.Days
	l.Warn = d.Date.Minus(w.Policy.Params.Period(warn, w.Tier).Value).DaysUntil(d.Date)
	w.out = append(w.out, l)
}

// note is add for what the record of the use says, where the rule is in force.
func (w *watch) note(kind inventory.Kind, rule, item string, d rules.LastDay, warn, what, who, do string) {
	if !w.inForce(rule) {
		return
	}
	w.add(inventory.Lapse{
		Vendor: w.Vendor.ID, Name: w.Vendor.Name(), Kind: kind, Rule: rule, Item: item, What: what, Who: who, Do: do, File: w.Vendor.File,
	}, d, warn)
}

// decision looks at the approval and its review, or at the end of a pilot.
func (w *watch) decision() {
	if w.Fact("status").Text == "pilot" {
		if until := w.Fact("pilot.until"); until.Known() {
			w.note(inventory.Pilot, "VG-APR-001", "", w.LastDay(until.Day, "warn_before_lapse"), "warn_before_lapse", "the pilot", w.Owners(), "Decide on the vendor, or end the pilot.")
		}
		return
	}
	if end := w.Fact("approval.expires"); end.Known() {
		w.note(inventory.Approval, "VG-APR-002", "", w.LastDay(end.Day, "warn_before_lapse"), "warn_before_lapse", "the approval", w.Owners(), "Renew it"+w.RenewAt()+".")
	}
	if _, last := w.LastReview(); last.Known() {
		_, due := w.ReviewDue()
		w.note(inventory.Review, "VG-APR-003", "", due, "warn_before_lapse", "the review", w.Owners(), "Review the vendor, and record the day in approval.last_review.")
	}
}

func (w *watch) conditions() {
	for _, c := range w.Fact("approval.conditions").Records {
		due, met := c.Get("due"), c.Get("met_on")
		early := met.Known() && met.Day.After(w.Today.Day)
		if c.Get("status").Text != "open" && !early || !due.Known() {
			continue
		}
		w.note(inventory.Condition, "VG-APR-005", c.Get("id").Text, w.LastDay(due.Day, "warn_before_condition"), "warn_before_condition",
			fmt.Sprintf("the condition %q", c.Get("text").Text), w.Owners(), "Close it in the record, or move its date.")
	}
}

// sunsets looks at the end of the vendor and of the versions that may be used.
func (w *watch) sunsets() {
	const warn = "warn_before_sunset"
	if end := w.Fact("sunset"); end.Known() && w.Fact("status").Text == "deprecated" {
		w.note(inventory.Sunset, "VG-APR-001", "", w.LastDay(end.Day, warn), warn, "the use of the vendor", w.Owners(), "Move every use away."+w.Instead())
	}
	for _, api := range w.Fact("apis").Records {
		for _, v := range api.Get("versions").Records {
			id, end := v.Get("id").Text, v.Get("sunset")
			_, approved := w.Vendor.Version(api.Get("id").Text, id)
			if !end.Known() || !approved || v.Get("status").Text == "retired" {
				continue
			}
			w.note(inventory.Sunset, "VG-SCP-003", api.Get("id").Text+"/"+id, w.LastDayIn(time.UTC, end.Day, warn), warn,
				fmt.Sprintf("version %s of the API %s", id, api.Get("id").Text), w.Owners(), "Move every use to another version, and take it out of the scope.")
		}
	}
}

// papers looks at the assessments that the rules want current: of each kind the one that counts longest.
func (w *watch) papers() {
	w.paper("VG-AUD-001", "independent audit", "Ask for the next report, or for a bridge letter.", vocab.IndependentAssessments(), w.Covers)
	w.paper("VG-AUD-002", "independent penetration test", "Ask for the summary of a new one.", []string{"pentest"}, func(a *attr.Record) string {
		if !a.Get("independent").True() {
			return "is not independent"
		}
		return w.Covers(a)
	})
	if w.Sends("cardholder") != "" {
		w.paper("VG-CMP-001", "PCI DSS attestation of compliance", "Ask for the next one.", []string{"pci-dss-aoc"}, w.Covers)
	}
}

func (w *watch) paper(rule, what, do string, types []string, unfit func(*attr.Record) string) {
	var best rules.Validity
	var paper *attr.Record
	for _, a := range w.Fact("assessments").Records {
		if !slices.Contains(types, a.Get("type").Text) || unfit(a) != "" {
			continue
		}
		if s := w.Counts(a); s.Through.After(best.Through) {
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
	w.note(kind, rule, "", w.Ends(best), best.Warn, fmt.Sprintf("the %s (%s)", what, paper.Get("id").Text), w.Policy.Owner(), do)
}

// evidenceEnds looks at evidence that the policy wants as proof and that has a last day of its own.
func (w *watch) evidenceEnds() {
	for _, e := range w.Fact("evidence").Records {
		end := e.Get("expires")
		rule := w.wanted(e)
		if !end.Known() || rule == "" {
			continue
		}
		w.note(inventory.Document, rule, e.Get("id").Text, w.LastDay(end.Day, "warn_before_lapse"), "warn_before_lapse",
			fmt.Sprintf("the evidence %s", e.Get("id").Text), w.Policy.Owner(), "Ask for what replaces it, and record it.")
	}
}

// wanted is the rule in force that a piece of evidence serves; empty if none asks for it.
func (w *watch) wanted(e *attr.Record) string {
	supported := func(path string) bool {
		return w.Fact(path).Known() && slices.ContainsFunc(e.Get("supports").Texts(), func(pattern string) bool { return registry.Supports(pattern, path) })
	}
	if w.inForce("VG-REG-006") {
		for _, a := range w.Policy.Assurance {
			if a.Need[w.Tier].Value > policy.Asserted && slices.ContainsFunc(a.Paths, supported) {
				return "VG-REG-006"
			}
		}
	}
	switch {
	case w.inForce("VG-CMP-001") && w.Sends("cardholder") != "" && w.Fact("compliance.pci.responsibility_matrix").Text == e.Get("id").Text:
		return "VG-CMP-001"
	case w.inForce("VG-DAT-002") && w.Fact("data.used_for_training").Text == "opt-out" && supported("data.used_for_training"):
		return "VG-DAT-002"
	default:
		return ""
	}
}

// agreement looks at the end of the contract, or at the last day to leave one that renews itself.
func (w *watch) agreement() {
	end, notice := w.Fact("contract.end"), w.Fact("contract.renewal.notice")
	switch {
	case w.Fact("contract.status").Text != "active" || !end.Known():
	case w.Fact("contract.renewal.type").Text != "auto":
		const warn = "warn_before_contract_end"
		w.note(inventory.Contract, "VG-CON-001", "", w.LastDayIn(w.ContractZone(), end.Day, warn), warn, "the contract", w.Policy.Owner(), "Renew it, with the security terms that it lacks.")
	case notice.Known():
		const warn = "warn_before_notice"
		w.note(inventory.Notice, "VG-CON-001", "", w.LastDayIn(w.ContractZone(), end.Day.Minus(notice.Span), warn), warn,
			"the notice for the contract, which renews itself on "+end.Text, w.Policy.Owner(), "Decide by then whether to go on.")
	}
}

// exercises looks at what we do ourselves and must do again.
func (w *watch) exercises() {
	again := func(kind inventory.Kind, rule, path, param string, last *attr.Value, what, do string) {
		if limit, set := w.Limit(param); set && last.Known() {
			w.note(kind, rule, path, w.LastDay(last.Day.Plus(limit.Value), "warn_before_lapse"), "warn_before_lapse", what, w.Policy.Owner(), do)
		}
	}
	const reviewed, tested, tried = "data.subprocessors.reviewed_on", "threat_detection.anomaly_alerts.tested_on", "exit.plan_tested_on"
	again(inventory.Subprocessor, "VG-DAT-001", reviewed, "subprocessor_review", w.Fact(reviewed), "the review of its processors", "Read the list again, and record the day.")
	if w.Fact("threat_detection.anomaly_alerts.supported").True() {
		again(inventory.Exercise, "VG-DET-001", tested, "alert_test_max_age", w.Fact(tested), "the test of its alerts", "Trigger a test alert, and record the day.")
	}
	if w.Fact("exit.plan").Known() {
		again(inventory.Exercise, "VG-EXT-001", tried, "exit_plan_test_max_age", w.Fact(tried), "the test of the plan for leaving", "Try the plan again, and record the day.")
	}
	if w.Decided() {
		var last attr.Value
		for _, drill := range w.Fact("pilot.breach_simulation").Records {
			if on := drill.Get("performed_on"); on.Day.After(last.Day) {
				last = *on
			}
		}
		again(inventory.Exercise, "VG-PIL-002", "pilot.breach_simulation", "breach_drill_max_age", &last, "the breach drill", "Run it again in the sandbox, and attach the result.")
	}
}

// requirements looks at the days that requirements of the policy put limits to.
func (w *watch) requirements() {
	for i := range w.Policy.Requirements {
		q := &w.Policy.Requirements[i]
		if q.Levels[w.Tier] == diag.Off || !q.Admits(w.Facts()) {
			continue
		}
		last, path := q.LastDay(w.Vendor.Record)
		l := inventory.Lapse{
			Vendor: w.Vendor.ID, Name: w.Vendor.Name(), Kind: inventory.Requirement, Rule: q.ID, File: w.Vendor.File, Who: w.Policy.Owner(),
			What: path + " by requirement " + q.ID, Do: "Renew what it dates, and record the day.",
		}
		w.add(l, w.LastDay(last, "warn_before_lapse"), "warn_before_lapse")
	}
}
