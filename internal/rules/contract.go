package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about the contract.
const (
	ContractNotInForce = "VG-CON-001"
	ContractTooWeak    = "VG-CON-002"
)

func contractRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: ContractNotInForce, Title: "no contract is in force, or it ends soon", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    contractNotInForce, Deadlines: contractDeadlines, Documents: contractDocument,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ContractTooWeak, Title: "the contract lacks service levels for security", Levels: tiered("EE--"), Waivable: true, Optional: true},
			Judge:    contractTooWeak, Documents: serviceLevels,
		},
	}
}

// contractNotInForce implements VG-CON-001.
func contractNotInForce(u *subject.Subject) []subject.Fault {
	status, start := u.Attr("contract.status"), u.Attr("contract.start")
	today := scalar.DateOf(u.Today.Instant, u.ContractZone())
	ends, notice := contractEnds(u), noticeEnds(u)
	u.Wants("active", "contract.status")
	u.Wants("today or earlier", "contract.start")
	u.Wants("today or later; null if it has no end", "contract.end")
	w := u.Shortfalls(ContractNotInForce)
	switch {
	case !status.Known():
		w.Add("contract.status", "there is none on record")
		return w.FaultSaying(u.About("the record of %q has no contract"), u.OwnerMust("sign a contract, or record the one that you have."))
	case status.Text != "active":
		w.Add("contract.status", "it is %s", map[string]string{"draft": "a draft", "terminated": "terminated"}[status.Text])
	case start.Known() && start.Day.After(today):
		w.Add("contract.start", "it starts on %s", start.Text)
	case len(ends) > 0 && ends[0].Past:
		w.Expired = ends[0].LastDay
		w.Add("contract.end", "it ended on %s (%s)", ends[0].Date, ends[0].Ago())
	}
	if len(w.Reasons) > 0 {
		return w.Fault(u.About("the contract of %q is not in force"), u.OwnerMust("sign or renew it."))
	}
	if term := termUnknown(u); term != nil {
		return term
	}
	out := renewalUnknown(u)
	switch {
	case len(notice) > 0:
		return append(out, noticeDue(u, notice[0].LastDay)...)
	case len(ends) == 0 || !ends[0].Near || u.Attr("contract.renewal.type").Text == "auto":
		return out
	}
	d := ends[0].LastDay
	return append(out, subject.Fault{
		MaxSeverity: diag.Warning, Key: "end", Pos: u.ID.Pos, Day: d, Related: []diag.Related{u.RelatedTo("contract.end", "in the record")},
		Message: fmt.Sprintf("the contract of %q ends on %s (%s)", u.ID.Value, d.Date, d.Ago()), Hint: u.OwnerMust("renew it."),
	})
}

// termUnknown reports a contract whose record does not say when it was signed, or from when to when it is in force.
func termUnknown(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(ContractNotInForce)
	if !u.Attr("contract.signed_on").Known() {
		w.Add("contract.signed_on", "when it was signed")
	}
	if !u.Attr("contract.start").Known() {
		w.Add("contract.start", "when it starts")
	}
	end := u.Attr("contract.end")
	if !end.Known() && end.State != attr.NotApplicable {
		w.Add("contract.end", "when it ends (null if it has no end)")
	}
	return subject.WithLimit(diag.Off, "term", w.Fault(u.About("the record of the contract of %q does not say"), u.OwnerMust("record it.")))
}

// renewalUnknown warns of a contract with an end whose record does not say whether it renews, or until when notice must be given.
func renewalUnknown(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(ContractNotInForce)
	switch renewal := u.Attr("contract.renewal.type"); {
	case !u.Attr("contract.end").Known():
	case !renewal.Known() && renewal.State != attr.None:
		w.Add("contract.renewal.type", "whether it renews automatically")
	case renewal.Text == "auto" && !u.Attr("contract.renewal.notice").Known():
		w.Add("contract.renewal.notice", "how long before its end notice must be given, although it renews automatically")
	}
	return subject.WithLimit(diag.Warning, "notice", w.Fault(u.About("the record of the contract of %q does not say"), u.OwnerMust("record it.")))
}

// contractDeadlines returns the end of the contract and, if it renews automatically, the last day to give notice. After that day
// the rule only warns, because the contract goes on; its new end must still be recorded.
func contractDeadlines(u *subject.Subject) []subject.Deadline {
	return append(noticeEnds(u), contractEnds(u)...)
}

// contractEnds returns the last day of a contract in force.
func contractEnds(u *subject.Subject) []subject.Deadline {
	end := u.Attr("contract.end")
	if u.Attr("contract.status").Text != "active" || !end.Known() {
		return nil
	}
	return []subject.Deadline{{
		LastDay: u.LastDayIn(u.ContractZone(), end.Day, "warn_before_contract_end"), Rule: ContractNotInForce, Kind: inventory.Contract, Item: "end",
		Path: "contract.end", At: end, What: "the contract", Who: u.Policy.Owner(), Do: "Renew the contract, and add the security terms that it lacks.",
	}}
}

// noticeEnds returns the last day to give notice for a contract that renews automatically.
func noticeEnds(u *subject.Subject) []subject.Deadline {
	end, notice := u.Attr("contract.end"), u.Attr("contract.renewal.notice")
	if u.Attr("contract.status").Text != "active" || !end.Known() || !notice.Known() || u.Attr("contract.renewal.type").Text != "auto" {
		return nil
	}
	return []subject.Deadline{{
		LastDay: u.LastDayIn(u.ContractZone(), end.Day.Minus(notice.Span), "warn_before_notice"), Rule: ContractNotInForce, Kind: inventory.Notice, Item: "notice",
		Path: "contract.renewal.notice", At: notice, MaxSeverity: diag.Warning, What: "the notice period of the contract, which renews automatically on " + end.Text,
		Who: u.Policy.Owner(), Do: "Renew the contract or give notice.",
	}}
}

// contractDocument asks for the contract.
func contractDocument(*subject.Subject) []string {
	return []string{"A signed contract with its start date, end date and notice period."}
}

// serviceLevels asks for the service levels that the contract must promise.
func serviceLevels(u *subject.Subject) []string {
	var out []string
	if uptime := u.Policy.Params.Decimal("uptime_pct", u.Tier); uptime.Pos.File != "" {
		out = append(out, fmt.Sprintf("In the contract: an uptime of at least %v%%.", uptime.Value))
	}
	if hours := u.Policy.Params.Number("incident_notice_hours", u.Tier); hours.Pos.File != "" {
		out = append(out, fmt.Sprintf("In the contract: notice of a security incident within %d hours.", hours.Value))
	}
	return append(out, "In the contract: a resolution time for incidents of the highest severity, and a clause that counts security incidents as downtime.")
}

// noticeDue warns of the last day to give notice for a contract that renews automatically.
func noticeDue(u *subject.Subject, d subject.LastDay) []subject.Fault {
	end := u.Attr("contract.end")
	f := subject.Fault{
		MaxSeverity: diag.Warning, Key: "notice", Pos: u.ID.Pos, Day: d,
		Related: []diag.Related{u.RelatedTo("contract.end", "the end of the contract"), u.RelatedTo("contract.renewal.notice", "the notice period")},
		Message: fmt.Sprintf("the contract of %q renews automatically on %s; the last day to give notice is %s (%s)", u.ID.Value, end.Text, d.Date, d.Ago()),
		Hint:    u.OwnerMust("renew the contract or give notice by then."),
	}
	switch {
	case d.Past:
		f.Message = fmt.Sprintf("the contract of %q renews automatically on %s; the last day to give notice was %s (%s)", u.ID.Value, end.Text, d.Date, d.Ago())
		f.Hint = u.OwnerMust("plan for another contract term.")
	case !d.Near:
		return nil
	}
	return []subject.Fault{f}
}

// contractTooWeak implements VG-CON-002. A missing term is a fault rather than unknown. VG-CON-001 reports a missing contract.
func contractTooWeak(u *subject.Subject) []subject.Fault {
	if u.Attr("contract.status").Text != "active" {
		return u.NotAsked("no contract is in force (%s)", ContractNotInForce)
	}
	w := u.Shortfalls(ContractTooWeak)
	if limit := u.Policy.Params.Decimal("uptime_pct", u.Tier); limit.Pos.File != "" {
		u.Wants(fmt.Sprintf("at least %v", limit.Value), "contract.sla.uptime_pct")
		switch uptime := u.Attr("contract.sla.uptime_pct"); {
		case !uptime.Known():
			w.Add("contract.sla.uptime_pct", "no uptime commitment")
		case policy.DecimalOf(uptime) < limit.Value:
			w.AddLimit("contract.sla.uptime_pct", limit.Pos, "uptime of %s%% (at least %v%%)", uptime.Text, limit.Value)
		}
	}
	if limit := u.Policy.Params.Number("incident_notice_hours", u.Tier); limit.Pos.File != "" {
		u.Wants(fmt.Sprintf("at most %d", limit.Value), "contract.incident.notify_hours")
		switch hours := u.Attr("contract.incident.notify_hours"); {
		case !hours.Known():
			w.Add("contract.incident.notify_hours", "no incident notification")
		case hours.Int > limit.Value:
			w.AddLimit("contract.incident.notify_hours", limit.Pos, "incident notification within %d hours (at most %d)", hours.Int, limit.Value)
		}
	}
	out := w.Fault(u.About("the contract of %q lacks security terms"), u.OwnerMust("ask the vendor for them%s.", atRenewal(u)))
	w = u.Shortfalls(ContractTooWeak)
	u.Wants("a period", "contract.incident.resolve.sev1")
	u.Wants("true", "contract.sla.security_incidents_count_as_downtime")
	if !u.Attr("contract.incident.resolve.sev1").Known() {
		w.Add("contract.incident.resolve.sev1", "no resolution time for incidents")
	}
	if !u.Attr("contract.sla.security_incidents_count_as_downtime").True() {
		w.Add("contract.sla.security_incidents_count_as_downtime", "security incidents do not count as downtime")
	}
	most := diag.Off
	if u.Tier > 1 {
		most = diag.Warning
	}
	return append(out, subject.WithLimit(most, "incidents", w.Fault(u.About("the contract of %q lacks security terms"), u.OwnerMust("ask the vendor for them%s.", atRenewal(u))))...)
}
