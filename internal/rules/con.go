package rules

import (
	"fmt"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// ContractZone is the zone in which the days of the contract end.
func (u *Subject) ContractZone() *time.Location {
	if zone := u.Fact("contract.governing_timezone"); zone.Known() {
		if location, err := time.LoadLocation(zone.Text); err == nil {
			return location
		}
	}
	return u.Today.Zone
}

// contractNotInForce: VG-CON-001.
func contractNotInForce(u *Subject) []Fault {
	status, signed, start, end := u.Fact("contract.status"), u.Fact("contract.signed_on"), u.Fact("contract.start"), u.Fact("contract.end")
	zone := u.ContractZone()
	d := u.LastDayIn(zone, end.Day, "warn_before_contract_end")
	w := u.gaps("VG-CON-001")
	switch {
	case !status.Known():
		w.lack("contract.status", "there is none on record")
	case status.Text != "active":
		w.lack("contract.status", "it is %s", map[string]string{"draft": "a draft", "terminated": "terminated"}[status.Text])
	case signed.Known() && u.LastDayIn(zone, signed.Day, "").Days > 0:
		w.lack("contract.signed_on", "it is signed on %s, which lies in the future", signed.Text)
	case start.Known() && u.LastDayIn(zone, start.Day, "").Days > 0:
		w.lack("contract.start", "it begins on %s", start.Text)
	case end.Known() && d.Past:
		w.lapse(d)
		w.lack("contract.end", "it ended on %s (%s)", end.Text, d.Ago())
	}
	if len(w.lacking) > 0 {
		return w.fault(u.subject("the contract"), u.team("signs or renews it."))
	}
	if !end.Known() {
		return nil
	}
	if u.Fact("contract.renewal.type").Text == "auto" {
		return u.noticeDue()
	}
	return u.announced(d, "contract.end", "end", fmt.Sprintf("the contract of %q ends on %s (%s)", u.ID.Value, end.Text, d.Ago()), u.team("renews it."))
}

// noticeDue warns of the last day on which a contract that renews itself can be left. After it the contract goes on.
func (u *Subject) noticeDue() []Fault {
	end, notice := u.Fact("contract.end"), u.Fact("contract.renewal.notice")
	if !notice.Known() {
		return nil
	}
	d := u.LastDayIn(u.ContractZone(), end.Day.Minus(notice.Span), "warn_before_notice")
	f := Fault{
		Cap: diag.Warning, Key: "notice", Pos: u.ID.Pos, Day: d,
		Related: []diag.Related{u.Seen("contract.end", "the end of the contract"), u.Seen("contract.renewal.notice", "the notice")},
		Message: fmt.Sprintf("the contract of %q renews itself on %s; notice is possible through %s (%s)", u.ID.Value, end.Text, d.Date, d.Ago()),
		Hint:    u.team("decides by then whether to go on."),
	}
	switch {
	case d.Past:
		f.Message = fmt.Sprintf("the contract of %q renews itself on %s; notice was possible through %s (%s)", u.ID.Value, end.Text, d.Date, d.Ago())
		f.Hint = u.team("plans with another term.")
	case !d.Near:
		return nil
	}
	return []Fault{f}
}

// contractTooWeak: VG-CON-002. What a contract does not say is not agreed. Without one VG-CON-001 speaks.
func contractTooWeak(u *Subject) []Fault {
	if u.Fact("contract.status").Text != "active" {
		return nil
	}
	w := u.gaps("VG-CON-002")
	if limit := u.Policy.Params.Decimal("uptime_pct", u.Tier); limit.Pos.File != "" {
		switch uptime := u.Fact("contract.sla.uptime_pct"); {
		case !uptime.Known():
			w.lack("contract.sla.uptime_pct", "no uptime")
		case policy.DecimalOf(uptime) < limit.Value:
			w.limited("contract.sla.uptime_pct", limit.Pos, "an uptime of %s %% (at least %v %%)", uptime.Text, limit.Value)
		}
	}
	if limit := u.Policy.Params.Number("incident_notice_hours", u.Tier); limit.Pos.File != "" {
		switch hours := u.Fact("contract.incident.notify_hours"); {
		case !hours.Known():
			w.lack("contract.incident.notify_hours", "no notice of incidents")
		case hours.Int > limit.Value:
			w.limited("contract.incident.notify_hours", limit.Pos, "notice of incidents within %d hours (at most %d)", hours.Int, limit.Value)
		}
	}
	out := w.fault(u.subject("the contract"), u.team("asks for it%s.", u.atRenewal()))
	w = u.gaps("VG-CON-002")
	if !u.Fact("contract.incident.resolve.sev1").Known() {
		w.lack("contract.incident.resolve.sev1", "no time to resolve an incident")
	}
	if !u.Fact("contract.sla.security_incidents_count_as_downtime").True() {
		w.lack("contract.sla.security_incidents_count_as_downtime", "security incidents do not count as downtime")
	}
	most := diag.Off
	if u.Tier > 1 {
		most = diag.Warning
	}
	return append(out, capped(most, "incidents", w.fault(u.subject("the contract"), u.team("asks for it%s.", u.atRenewal())))...)
}
