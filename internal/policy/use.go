package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Today is the instant of the evaluation and the day that it falls on in the policy's zone.
type Today struct {
	Instant time.Time
	Zone    *time.Location
	Day     scalar.Date
}

// At is the instant as the policy's zone sees it.
func (p *Policy) At(instant time.Time) Today {
	return Today{Instant: instant, Zone: p.Zone, Day: scalar.DateOf(instant, p.Zone)}
}

// use is one vendor as one manifest uses it, with all that a rule may depend on.
type use struct {
	manifest.Use
	manifest   *manifest.Manifest
	vendor     *registry.Vendor
	policy     *Policy
	today      Today
	registry   *registry.Registry
	repository string // owner/name; empty if nobody said
	tier       int
	introduced bool
	overlaps   []overlap // with other vendors of the run

	category     string
	classes      []string
	environments []string
	pieces       []piece // what the evidence proves; filled by evidence
	asked        []asked // attributes that a rule needs and nobody has established
	missed       []asked // those of the rule that is being asked, whoever asked for them before; kept only where keeps is set

	verdicts []verdict // what each rule says, in their order; kept only where keeps is set
	keeps    bool
}

type asked struct {
	paths []string // one of them would do
	pos   diag.Pos // where the policy asks
	want  string   // what the answer must be, in words; empty if the rule has none to give
}

// facts are what the conditions of requirements may depend on.
func (u *use) facts() Facts {
	return Facts{Tier: u.tier, Category: u.category, Classes: u.classes, Environments: u.environments}
}

func (u *use) get(path string) *attr.Value { return u.vendor.Record.Get(path) }

// ask notes that a rule needs one of some attributes, and that none is known. VG-REG-005 reports it, once.
func (u *use) ask(pos diag.Pos, paths ...string) {
	if u.keeps {
		u.missed = append(u.missed, asked{paths: paths, pos: pos})
	}
	if !slices.ContainsFunc(u.asked, func(a asked) bool { return slices.Equal(a.paths, paths) }) {
		u.asked = append(u.asked, asked{paths: paths, pos: pos})
	}
}

// accept notes what answer a rule wants where it has asked for an attribute in vain.
func (u *use) accept(path, want string) {
	if last := len(u.missed) - 1; u.keeps && last >= 0 && u.missed[last].paths[0] == path {
		u.missed[last].want = want
	}
}

// show is an attribute's value as a message quotes it.
func (u *use) show(path string) string {
	v := u.get(path)
	switch {
	case v.State == attr.Unknown || v.State == attr.Absent:
		return "unknown"
	case !u.tells(path):
		return withheld
	case v.Items != nil:
		return "[" + strings.Join(v.Texts(), ", ") + "]"
	default:
		return v.Text
	}
}

// seen relates a finding to an attribute of the record, or to the place where it is missed.
func (u *use) seen(path, words string) diag.Related {
	v := u.get(path)
	if v.State == attr.Absent {
		words = "the record has no " + path
	}
	return diag.Related{Pos: v.Pos, Message: words}
}

// setTier finds the effective tier, which the criticality that the manifest states can only make more critical.
func (u *use) setTier() {
	stated := []int{u.Criticality}
	if t := u.get("risk.tier"); t.Known() {
		stated = append(stated, t.Int+1)
	} else {
		stated = append(stated, 1)
	}
	u.tier = u.policy.Tier(stated, u.classes, u.environments)
}

// Tier is the effective tier: the most critical of those that are stated, of which 0 is none, and the floors of the classes
// of data. A use outside production with nothing but public or synthetic data is tier 4, which is what makes a pilot
// possible. What is not known counts as most critical. Without environments the use is in production.
func (p *Policy) Tier(stated []int, classes, environments []string) int {
	tier := 4
	for _, t := range stated {
		if t > 0 {
			tier = min(tier, t)
		}
	}
	harmless := true
	for _, class := range classes {
		floor, ok := p.ClassTier(class)
		if !ok {
			floor = 1
		}
		tier = min(tier, floor)
		harmless = harmless && (class == "public" || class == "synthetic")
	}
	if harmless && !slices.Contains(environments, "prod") && len(environments) > 0 {
		return 4
	}
	return tier
}

func (u *use) production() bool { return slices.Contains(u.environments, "prod") }

// day is a last valid day seen from today.
type day struct {
	Date scalar.Date
	past bool // the day is over
	near bool // the day is not over and lies inside the warn window
	days int  // calendar days until it; negative when it is over
}

// deadline looks at a last valid day. warn names the parameter of the warn window.
func (u *use) deadline(d scalar.Date, warn string) day {
	return u.deadlineIn(u.today.Zone, d, warn)
}

// deadlineIn is deadline for a day that ends in another zone than the policy's.
func (u *use) deadlineIn(zone *time.Location, d scalar.Date, warn string) day {
	today := scalar.DateOf(u.today.Instant, zone)
	out := day{Date: d, past: d.Lapsed(u.today.Instant, zone), days: today.DaysUntil(d)}
	out.near = !out.past && !today.Before(d.Minus(u.policy.Params.period(warn, u.tier).Value))
	return out
}

// ago says how far a day lies back, or ahead.
func (d day) ago() string { return diag.Ahead(d.days) }

// owners names the people who answer for the vendor: those who approved it, else whom the policy names.
func (u *use) owners() string {
	var out []string
	for _, a := range u.get("approval.approved_by").Records {
		if user := a.Get("user"); user.Known() {
			out = append(out, fmt.Sprintf("%s (%s)", user.Text, a.Get("role").Text))
		}
	}
	if len(out) > 0 {
		return strings.Join(out, ", ")
	}
	return u.policy.owner()
}

// responsible names who acts on a finding: the team that uses the vendor, those who approved it, or who keeps the
// registry.
func (u *use) responsible(rule string) string {
	switch {
	case strings.HasPrefix(rule, "VG-SCP-"):
		return u.Owner.Value
	case rule == "VG-REG-002" || rule == "VG-REG-008" || rule == "VG-MAN-004":
		return "" // the author of the change
	case strings.HasPrefix(rule, "VG-APR-") && u.vendor != nil:
		return u.owners()
	default:
		return u.policy.owner()
	}
}

// owner is whom to ask when no record names anyone.
func (p *Policy) owner() string {
	if p.Contact != "" {
		return p.Contact
	}
	return "the security team"
}

// renewAt says where an approval is renewed or its scope changed, as the end of a sentence.
func (u *use) renewAt() string {
	if u.policy.RenewURL != "" {
		return ": " + u.policy.RenewURL
	}
	return " in " + u.vendor.File
}

// waiverHint says how to get a waiver.
func (u *use) waiverHint() string {
	if u.policy.WaiverURL != "" {
		return " Urgent? Ask for a waiver: " + u.policy.WaiverURL + "."
	}
	return " Urgent? Ask for a waiver."
}

// scopeHint is the next step for a use outside the approved scope.
func (u *use) scopeHint() string {
	return fmt.Sprintf("or ask %s for a scope change%s", u.owners(), u.renewAt())
}

func list(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}
