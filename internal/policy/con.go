package policy

import (
	"fmt"
	"time"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// contractZone is the zone in which the days of the contract end.
func (u *use) contractZone() *time.Location {
	if zone := u.get("contract.governing_timezone"); zone.Known() {
		if location, err := time.LoadLocation(zone.Text); err == nil {
			return location
		}
	}
	return u.today.Zone
}

// contractNotInForce: VG-CON-001.
func contractNotInForce(u *use) []fault {
	status, signed, start, end := u.get("contract.status"), u.get("contract.signed_on"), u.get("contract.start"), u.get("contract.end")
	zone := u.contractZone()
	d := u.deadlineIn(zone, end.Day, "warn_before_contract_end")
	w := u.wants("VG-CON-001")
	switch {
	case !status.Known():
		w.lack("contract.status", "there is none on record")
	case status.Text != "active":
		w.lack("contract.status", "it is %s", map[string]string{"draft": "a draft", "terminated": "terminated"}[status.Text])
	case signed.Known() && u.deadlineIn(zone, signed.Day, "").days > 0:
		w.lack("contract.signed_on", "it is signed on %s, which lies in the future", signed.Text)
	case start.Known() && u.deadlineIn(zone, start.Day, "").days > 0:
		w.lack("contract.start", "it begins on %s", start.Text)
	case end.Known() && d.past:
		w.lapse(d)
		w.lack("contract.end", "it ended on %s (%s)", end.Text, d.ago())
	}
	if len(w.lacking) > 0 {
		return w.fault(u.subject("the contract"), u.team("signs or renews it."))
	}
	if !end.Known() {
		return nil
	}
	if u.get("contract.renewal.type").Text == "auto" {
		return u.noticeDue()
	}
	return u.announced(d, "contract.end", "end", fmt.Sprintf("the contract of %q ends on %s (%s)", u.ID.Value, end.Text, d.ago()), u.team("renews it."))
}

// noticeDue warns of the last day on which a contract that renews itself can be left. After it the contract goes on.
func (u *use) noticeDue() []fault {
	end, notice := u.get("contract.end"), u.get("contract.renewal.notice")
	if !notice.Known() {
		return nil
	}
	d := u.deadlineIn(u.contractZone(), end.Day.Minus(notice.Span), "warn_before_notice")
	f := fault{
		most: diag.Warning, key: "notice", pos: u.ID.Pos, day: d,
		related: []diag.Related{u.seen("contract.end", "the end of the contract"), u.seen("contract.renewal.notice", "the notice")},
		message: fmt.Sprintf("the contract of %q renews itself on %s; notice is possible through %s (%s)", u.ID.Value, end.Text, d.Date, d.ago()),
		hint:    u.team("decides by then whether to go on."),
	}
	switch {
	case d.past:
		f.message = fmt.Sprintf("the contract of %q renews itself on %s; notice was possible through %s (%s)", u.ID.Value, end.Text, d.Date, d.ago())
		f.hint = u.team("plans with another term.")
	case !d.near:
		return nil
	}
	return []fault{f}
}

// contractTooWeak: VG-CON-002. What a contract does not say is not agreed. Without one VG-CON-001 speaks.
func contractTooWeak(u *use) []fault {
	if u.get("contract.status").Text != "active" {
		return nil
	}
	w := u.wants("VG-CON-002")
	if limit := u.policy.Params.decimal("uptime_pct", u.tier); limit.Pos.File != "" {
		switch uptime := u.get("contract.sla.uptime_pct"); {
		case !uptime.Known():
			w.lack("contract.sla.uptime_pct", "no uptime")
		case decimalOf(uptime) < limit.Value:
			w.limited("contract.sla.uptime_pct", limit.Pos, "an uptime of %s %% (at least %v %%)", uptime.Text, limit.Value)
		}
	}
	if limit := u.policy.Params.number("incident_notice_hours", u.tier); limit.Pos.File != "" {
		switch hours := u.get("contract.incident.notify_hours"); {
		case !hours.Known():
			w.lack("contract.incident.notify_hours", "no notice of incidents")
		case hours.Int > limit.Value:
			w.limited("contract.incident.notify_hours", limit.Pos, "notice of incidents within %d hours (at most %d)", hours.Int, limit.Value)
		}
	}
	out := w.fault(u.subject("the contract"), u.team("asks for it%s.", u.atRenewal()))
	w = u.wants("VG-CON-002")
	if !u.get("contract.incident.resolve.sev1").Known() {
		w.lack("contract.incident.resolve.sev1", "no time to resolve an incident")
	}
	if !u.get("contract.sla.security_incidents_count_as_downtime").True() {
		w.lack("contract.sla.security_incidents_count_as_downtime", "security incidents do not count as downtime")
	}
	most := diag.Off
	if u.tier > 1 {
		most = diag.Warning
	}
	return append(out, capped(most, "incidents", w.fault(u.subject("the contract"), u.team("asks for it%s.", u.atRenewal())))...)
}
