package rules

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about logs.
const (
	WeakLogs        = "VG-LOG-001"
	LogsNotExported = "VG-LOG-002"
)

func logRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WeakLogs, Title: "logs are incomplete, kept too briefly, or not available to you", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    weakLogs,
		},
		{
			RuleInfo: policy.RuleInfo{ID: LogsNotExported, Title: "logs cannot be exported to your tools", Levels: tiered("WW--"), Waivable: true, Optional: true},
			Judge:    logsNotExported, Questions: exportQuestions,
		},
	}
}

// weakLogs implements VG-LOG-001.
func weakLogs(u *Subject) []Fault {
	w := u.shortfalls(WeakLogs)
	w.requireAll("logging.events", "events", []string{"authn-success", "authn-failure", "crud", "config-change", "vendor-staff-access"})
	w.requireAll("logging.fields", "fields", []string{"actor", "ip", "timestamp", "action", "object"})
	retention := "log_retention"
	if u.Sends("cardholder") != "" {
		retention = "log_retention_cardholder"
	}
	w.requireAtLeast("logging.retention", retention, "logs are kept for")
	w.requireTrue("logging.customer_access", "customers cannot read them")
	return w.fault(u.about("the logs of %q do not meet the policy"), u.ownerMust("buy a plan with audit logs, or export the logs to your own storage."))
}

// exportQuestions returns the answers that VG-LOG-002 accepts.
func exportQuestions(p *policy.Policy, _ int) []Question {
	targets := "one or more"
	if len(p.Stack) > 0 {
		targets = "one of " + strings.Join(p.Stack, ", ")
	}
	return []Question{{Path: "logging.export.targets", Accepted: targets}}
}

// logsNotExported implements VG-LOG-002.
func logsNotExported(u *Subject) []Fault {
	w := u.shortfalls(LogsNotExported)
	if targets, ok := w.claim("logging.export.targets"); ok {
		ours := len(u.Policy.Stack) == 0 && len(targets.Items) > 0 || slices.ContainsFunc(u.Policy.Stack, targets.Has)
		switch {
		case ours:
		case len(u.Policy.Stack) == 0:
			w.add("logging.export.targets", "no log export")
		default:
			w.add("logging.export.targets", "no log export to %s", List(u.Policy.Stack))
		}
	}
	w.claim("observability.status_page.api")
	return w.fault(u.about("logs of %q cannot be exported to your tools"), u.ownerMust("set up a log export."))
}
