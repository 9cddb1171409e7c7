package inventory

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// calendar returns the expiries as a calendar to subscribe to (RFC 5545): an event on each last day, with a reminder
// when the policy starts to warn.
func calendar(v *Inventory) sink.Document {
	var out lines
	out.add("BEGIN", "VCALENDAR")
	out.add("VERSION", "2.0")
	out.add("PRODID", "-//vendorgate//registry report "+v.Version+"//EN")
	out.add("CALSCALE", "GREGORIAN")
	out.add("METHOD", "PUBLISH")
	out.add("X-WR-CALNAME", escaped("Vendor registry "+v.Origin))
	for _, l := range v.Lapses {
		out.event(l, v.AsOf)
	}
	out.add("END", "VCALENDAR")
	return sink.CRLF(sink.Lines(out.text.String()))
}

// lines are content lines, not yet ended by CR.
type lines struct{ text strings.Builder }

func (o *lines) event(l Lapse, asOf time.Time) {
	day := func(d scalar.Date) string { return strings.ReplaceAll(d.String(), "-", "") }
	o.add("BEGIN", "VEVENT")
	o.add("UID", l.uid())
	o.add("DTSTAMP", asOf.UTC().Format("20060102T150405Z"))
	o.add("DTSTART;VALUE=DATE", day(l.Last))
	o.add("DTEND;VALUE=DATE", day(l.Last.Plus(scalar.Period{Days: 1})))
	o.add("SUMMARY", escaped(l.Name+": last day of "+l.What))
	o.add("DESCRIPTION", escaped(fmt.Sprintf("%s is the last valid day of %s of %s (%s).", l.Last, l.What, l.Name, l.Vendor))+`\n`+
		escaped("Who acts: "+l.Who)+`\n`+escaped("Next step: "+l.Do)+`\n`+escaped(fmt.Sprintf("Rule: %s. Record: %s.", l.Rule, l.File)))
	o.add("CATEGORIES", escaped(string(l.Kind)))
	o.add("TRANSP", "TRANSPARENT")
	if l.Warn > 0 {
		o.add("BEGIN", "VALARM")
		o.add("ACTION", "DISPLAY")
		o.add("TRIGGER", fmt.Sprintf("-P%dD", l.Warn))
		o.add("DESCRIPTION", escaped(fmt.Sprintf("%s: %s ends on %s", l.Name, l.What, l.Last)))
		o.add("END", "VALARM")
	}
	o.add("END", "VEVENT")
}

// uid identifies an expiry independently of its date, so that a renewal moves the event instead of adding another.
func (l Lapse) uid() string {
	sum := sha256.Sum256([]byte(l.Vendor + "\x00" + string(l.Kind) + "\x00" + l.Rule + "\x00" + l.Item))
	return hex.EncodeToString(sum[:16]) + "@vendorgate"
}

// escaped returns a text as the value of a property.
func escaped(text string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`).Replace(sink.Text(text).String())
}

// longest is the most octets of a line (RFC 5545, section 3.1), without its end.
const longest = 75

// add writes a folded content line. Folding never produces a line that a job log would take for a command.
func (o *lines) add(name, value string) {
	line, most := name+":"+value, longest
	for len(line) > most {
		cut := most
		for !utf8.RuneStart(line[cut]) {
			cut--
		}
		for try := cut; try > most/2; try-- {
			if utf8.RuneStart(line[try]) && !strings.HasPrefix(strings.TrimLeft(line[try:], " "), "::") {
				cut = try
				break
			}
		}
		o.text.WriteString(line[:cut] + "\n ")
		line, most = line[cut:], longest-1
	}
	o.text.WriteString(line + "\n")
}
