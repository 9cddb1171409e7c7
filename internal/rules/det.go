package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// threatsUnseen: VG-DET-001. Whether alerts arrive is tried by us: that test is there or not.
func threatsUnseen(u *Subject) []Fault {
	w := u.gaps("VG-DET-001")
	w.yes("threat_detection.realtime.supported", "threats are not detected as they happen")
	w.yes("threat_detection.anomaly_alerts.supported", "no alerts")
	alerts := u.Fact("threat_detection.anomaly_alerts.supported").True()
	if alerts {
		w.atMost("threat_detection.anomaly_alerts.max_delay", "alert_within", "alerts take")
	}
	out := w.fault(u.subject("threat detection"), u.team("decides; developers need no change."))
	if !alerts {
		return out
	}
	const tested = "threat_detection.anomaly_alerts.tested_on"
	w = u.gaps("VG-DET-001")
	d := w.fresh(tested, "alert_test_max_age", "alerts were last tested on", "nobody has tested that alerts arrive")
	hint := u.team("triggers a test alert and records the day.")
	out = append(out, capped(diag.Warning, "test", w.fault(u.subject("threat detection"), hint))...)
	return append(out, u.announced(d, tested, "test", fmt.Sprintf("the test of the alerts of %q counts through %s (%s)", u.ID.Value, d.Date, d.Ago()), hint)...)
}

// attacksUnblocked: VG-DET-002.
func attacksUnblocked(u *Subject) []Fault {
	w := u.gaps("VG-DET-002")
	w.yes("threat_detection.automated_blocking.supported", "malicious requests are not blocked")
	if u.Fact("threat_detection.automated_blocking.supported").True() {
		w.any("threat_detection.automated_blocking.mechanisms", "it names no mechanism that blocks")
	}
	return w.fault(u.subject("threat detection"), u.team("decides; developers need no change."))
}
