package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about threat detection.
const (
	ThreatsUnseen    = "VG-DET-001"
	AttacksUnblocked = "VG-DET-002"
)

func detectionRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ThreatsUnseen, Title: "threats are not detected in time, or alerts do not reach us", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    threatsUnseen, Deadlines: alertTestDue,
		},
		{
			RuleInfo: policy.RuleInfo{ID: AttacksUnblocked, Title: "malicious requests are not blocked", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    attacksUnblocked,
		},
	}
}

// threatsUnseen: VG-DET-001. Whether alerts arrive is tried by us: that test is there or not.
func threatsUnseen(u *Subject) []Fault {
	w := u.shortfalls(ThreatsUnseen)
	w.requireTrue("threat_detection.realtime.supported", "threats are not detected as they happen")
	w.requireTrue("threat_detection.anomaly_alerts.supported", "no alerts")
	alerts := u.Attr("threat_detection.anomaly_alerts.supported").True()
	if alerts {
		w.requireAtMost("threat_detection.anomaly_alerts.max_delay", "alert_within", "alerts take")
	}
	out := w.fault(u.subject("threat detection"), u.ownerMust("decides; developers need no change."))
	if !alerts {
		return out
	}
	w = u.shortfalls(ThreatsUnseen)
	due := alertTestDue(u)
	w.requireRecent(due, "threat_detection.anomaly_alerts.tested_on", "alert_test_max_age", "alerts were last tested on", "nobody has tested that alerts arrive")
	hint := u.ownerMust("triggers a test alert and records the day.")
	out = append(out, withLimit(diag.Warning, "test", w.fault(u.subject("threat detection"), hint))...)
	return append(out, u.dueSoon(due, "test", fmt.Sprintf("the test of the alerts of %q", u.ID.Value), hint)...)
}

// alertTestDue is the last day for the next test of the alerts.
func alertTestDue(u *Subject) []Deadline {
	if !u.Attr("threat_detection.anomaly_alerts.supported").True() {
		return nil
	}
	out := u.repeatBy(ThreatsUnseen, inventory.Exercise, "threat_detection.anomaly_alerts.tested_on", "alert_test_max_age", "the test of its alerts", "Trigger a test alert, and record the day.")
	for i := range out {
		out[i].MaxSeverity = diag.Warning
	}
	return out
}

// attacksUnblocked: VG-DET-002.
func attacksUnblocked(u *Subject) []Fault {
	w := u.shortfalls(AttacksUnblocked)
	w.requireTrue("threat_detection.automated_blocking.supported", "malicious requests are not blocked")
	if u.Attr("threat_detection.automated_blocking.supported").True() {
		w.requireAny("threat_detection.automated_blocking.mechanisms", "it names no mechanism that blocks")
	}
	return w.fault(u.subject("threat detection"), u.ownerMust("decides; developers need no change."))
}
