package rules

import (
	"slices"
)

// weakLogs: VG-LOG-001.
func weakLogs(u *Subject) []Fault {
	w := u.gaps("VG-LOG-001")
	w.all("logging.events", "events", []string{"authn-success", "authn-failure", "crud", "config-change", "vendor-staff-access"})
	w.all("logging.fields", "fields", []string{"actor", "ip", "timestamp", "action", "object"})
	retention := "log_retention"
	if u.Sends("cardholder") != "" {
		retention = "log_retention_cardholder"
	}
	w.atLeast("logging.retention", retention, "kept for")
	w.yes("logging.customer_access", "we cannot read them")
	return w.fault(u.subject("the logs"), u.team("buys the plan with audit logs, or exports them to a store of its own."))
}

// logsNotExported: VG-LOG-002.
func logsNotExported(u *Subject) []Fault {
	w := u.gaps("VG-LOG-002")
	if targets, ok := w.claim("logging.export.targets"); ok {
		ours := len(u.Policy.Stack) == 0 && len(targets.Items) > 0 || slices.ContainsFunc(u.Policy.Stack, targets.Has)
		switch {
		case ours:
		case len(u.Policy.Stack) == 0:
			w.lack("logging.export.targets", "no export of logs")
		default:
			w.lack("logging.export.targets", "no export of logs to %s", List(u.Policy.Stack))
		}
	}
	w.claim("observability.status_page.api")
	return w.fault(u.subject("the signals"), u.team("configures an export."))
}
