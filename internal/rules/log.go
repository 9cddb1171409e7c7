package rules

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about logs.
const (
	WeakLogs        = "VG-LOG-001"
	LogsNotExported = "VG-LOG-002"
)

func logRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WeakLogs, Title: "logs are incomplete, kept too briefly, not protected, or not available to you", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    weakLogs,
		},
		{
			RuleInfo: policy.RuleInfo{ID: LogsNotExported, Title: "logs cannot be exported to your tools", Levels: tiered("WW--"), Waivable: true, Optional: true},
			Judge:    logsNotExported,
		},
	}
}

// weakLogs implements VG-LOG-001.
func weakLogs(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(WeakLogs)
	w.RequireAll("logging.events", "events", []string{"authn-success", "authn-failure", "crud", "config-change", "vendor-staff-access"})
	w.RequireAll("logging.fields", "fields", []string{"actor", "ip", "timestamp", "action", "object"})
	retention, available := "log_retention", "log_available"
	if u.Sends("cardholder") != "" {
		retention, available = "log_retention_cardholder", "log_available_cardholder"
	}
	w.RequireAtLeast("logging.retention", retention, "logs are kept for")
	w.RequireAtLeast("logging.immediately_available", available, "logs can be searched at once for")
	w.RequireTrue("logging.tamper_protection", "they can be changed or deleted")
	w.RequireTrue("logging.customer_access", "customers cannot read them")
	return w.Fault(u.About("the logs of %q do not meet the policy"), u.OwnerMust("buy a plan with audit logs, or export the logs to your own storage."))
}

// logsNotExported implements VG-LOG-002.
func logsNotExported(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(LogsNotExported)
	accepted := "one or more"
	if len(u.Policy.Stack) > 0 {
		accepted = "one of " + strings.Join(u.Policy.Stack, ", ")
	}
	u.Wants(accepted, "logging.export.targets")
	u.Wants("an address", "observability.status_page.api")
	if targets, ok := w.Claim("logging.export.targets"); ok {
		ours := len(u.Policy.Stack) == 0 && len(targets.Items) > 0 || slices.ContainsFunc(u.Policy.Stack, targets.Has)
		switch {
		case ours:
		case len(u.Policy.Stack) == 0:
			w.Add("logging.export.targets", "no log export")
		default:
			w.Add("logging.export.targets", "no log export to %s", subject.List(u.Policy.Stack))
		}
	}
	page := u.Shortfalls(LogsNotExported)
	page.Claim("observability.status_page.api")
	return append(w.Fault(u.About("logs of %q cannot be exported to your tools"), u.OwnerMust("set up a log export.")), subject.WithLimit(diag.Off, "status-page",
		page.FaultSaying(u.About("%q has no status page that a program can read"), u.OwnerMust("ask the vendor for one, or watch its announcements.")))...)
}
