package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about threat detection.
const (
	ThreatsUnseen    = "VG-DET-001"
	AttacksUnblocked = "VG-DET-002"
)

func detectionRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ThreatsUnseen, Title: "threats are not detected in time, or alerts do not reach you", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    threatsUnseen, Deadlines: alertTestDue,
		},
		{
			RuleInfo: policy.RuleInfo{ID: AttacksUnblocked, Title: "malicious requests are not blocked", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    attacksUnblocked,
		},
	}
}

// threatsUnseen implements VG-DET-001. The organisation tests the alerts itself, so a missing test is a fault rather than unknown.
func threatsUnseen(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(ThreatsUnseen)
	w.RequireTrue("threat_detection.realtime.supported", "threats are not detected in real time")
	w.RequireTrue("threat_detection.anomaly_alerts.supported", "no anomaly alerts")
	alerts := u.Attr("threat_detection.anomaly_alerts.supported").True()
	if alerts {
		w.RequireAtMost("threat_detection.anomaly_alerts.max_delay", "alert_within", "alerts take")
	}
	out := w.Fault(u.About("threat detection at %q does not meet the policy"), u.OwnerMust("ask the vendor for better detection and alerts, or choose another vendor."))
	if !alerts {
		return out
	}
	w = u.Shortfalls(ThreatsUnseen)
	due := alertTestDue(u)
	w.RequireRecent(due, "threat_detection.anomaly_alerts.tested_on", "alert_test_max_age", "the alerts were last tested on", "the alerts were never tested")
	hint := u.OwnerMust("trigger a test alert and record the date.")
	out = append(out, subject.WithLimit(diag.Warning, "test", w.Fault(u.About("the alert test of %q is missing or overdue"), hint))...)
	return append(out, u.DueSoon(due, "test", fmt.Sprintf("the alert test of %q", u.ID.Value), hint)...)
}

// alertTestDue returns the last day for the next alert test.
func alertTestDue(u *subject.Subject) []subject.Deadline {
	if !u.Attr("threat_detection.anomaly_alerts.supported").True() {
		return nil
	}
	out := u.RepeatBy(ThreatsUnseen, inventory.Exercise, "threat_detection.anomaly_alerts.tested_on", "alert_test_max_age", "the alert test", "Trigger a test alert and set threat_detection.anomaly_alerts.tested_on.")
	for i := range out {
		out[i].MaxSeverity = diag.Warning
	}
	return out
}

// attacksUnblocked implements VG-DET-002.
func attacksUnblocked(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(AttacksUnblocked)
	w.RequireTrue("threat_detection.automated_blocking.supported", "malicious requests are not blocked")
	if u.Attr("threat_detection.automated_blocking.supported").True() {
		w.RequireAny("threat_detection.automated_blocking.mechanisms", "no blocking mechanism is named")
	}
	return w.Fault(u.About("attack blocking at %q does not meet the policy"), u.OwnerMust("ask the vendor to block malicious requests, or choose another vendor."))
}
