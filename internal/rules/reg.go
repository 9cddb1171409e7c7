package rules

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about the record.
const (
	Unregistered      = "VG-REG-001"
	Undeclared        = "VG-REG-002"
	RecordContradicts = "VG-REG-003"
	VagueClaims       = "VG-REG-004"
	NotEstablished    = "VG-REG-005"
	UnprovenClaims    = "VG-REG-006"
	Unreadable        = "VG-REG-007"
	UnknownHost       = "VG-REG-008"
)

func registryRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: Unregistered, Title: "the vendor is not in the registry", Levels: tiered("EEEE")},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: Undeclared, Title: "the code uses a vendor that no manifest declares", Levels: tiered("EEWW"), Waivable: true},
			Actor:    Author,
		},
		{
			RuleInfo: policy.RuleInfo{ID: RecordContradicts, Title: "the record contradicts itself or another record", Levels: tiered("EEEE")},
			Judge:    recordContradicts, Public: TitleOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: VagueClaims, Title: "the record makes a claim that cannot be measured", Levels: tiered("EEEE"), Waivable: true, Optional: true},
			Judge:    vagueClaims, Public: TitleOnly,
		},
		{
			RuleInfo: policy.RuleInfo{ID: NotEstablished, Title: "the record lacks information that the policy asks for", Levels: tiered("EEWN"), Waivable: true},
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnprovenClaims, Title: "a claim lacks the evidence that the policy requires", Levels: tiered("EW--"), Waivable: true, Optional: true},
			Judge:    unprovenClaims, Deadlines: evidenceEnds,
		},
		{
			RuleInfo: policy.RuleInfo{ID: Unreadable, Title: "the registry or the policy could not be read", Levels: tiered("EEEE"), Fixed: true},
			Public:   AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnknownHost, Title: "the code calls a host of an unknown vendor", Levels: tiered("WWWW")},
			Actor:    Author,
		},
	}
}

// NameSuffix returns the name of the vendor in parentheses, or nothing if it is the same as the id.
func (u *Subject) NameSuffix() string {
	if u.Vendor.Name() == u.ID.Value {
		return ""
	}
	return " (" + u.Vendor.Name() + ")"
}

// Defect is a problem of a record, worded for the maintainers of the registry.
type Defect struct {
	Pos                diag.Pos // in the record
	Key, Message, Hint string
	Related            []diag.Related
}

// recordContradicts implements VG-REG-003.
func recordContradicts(u *Subject) []Fault {
	var out []Fault
	for _, d := range append(u.Contradictions(), u.overlapDefects()...) {
		out = append(out, Fault{
			Pos: u.ID.Pos, Related: []diag.Related{{Pos: d.Pos, Message: "in the record"}}, Key: d.Key,
			Message: fmt.Sprintf("the record of %q: %s", u.ID.Value, d.Message),
			Hint:    strings.TrimSpace(u.ownerMust("correct the record.") + " " + Sentence(d.Hint)),
		})
	}
	return out
}

// Contradictions returns the contradictions within the record.
func (u *Subject) Contradictions() []Defect {
	var out []Defect
	add := func(pos diag.Pos, key, message, hint string) {
		out = append(out, Defect{Pos: pos, Key: key, Message: message, Hint: hint})
	}
	for _, p := range u.Vendor.Faults {
		add(p.Pos, p.Message, p.Message, p.Hint)
	}
	for _, d := range u.Vendor.Past() {
		if d.Day.After(u.Today.Day) {
			add(d.Pos, "future:"+d.Path, fmt.Sprintf("%s is %s, which is in the future", d.Path, d.Day), "correct the date")
		}
	}
	if since := u.Attr("status_since"); since.Known() && since.Day.After(u.Today.Day) {
		add(since.Pos, "status_since", fmt.Sprintf("its status is dated %s, which is in the future", since.Text), "correct status_since")
	}
	for _, class := range u.Attr("scope.data_classes").Items {
		if _, ok := u.Policy.ClassTier(class.Text); !ok {
			hint := "declare the class in the policy"
			if near := diag.Nearest(class.Text, u.Policy.Classes()); near != "" {
				hint = fmt.Sprintf("did you mean %q?", near)
			}
			add(class.Pos, "class:"+class.Text, fmt.Sprintf("unknown data class %q", class.Text), hint)
		}
	}
	return out
}

// overlapDefects returns the hosts and packages that other vendors of the run claim too.
func (u *Subject) overlapDefects() []Defect {
	var out []Defect
	for _, o := range u.Overlaps {
		out = append(out, o.Defect())
	}
	return out
}

// MissingAnswers implements VG-REG-005: one fault for all attributes that the policy asks for and the record does not have.
func MissingAnswers(u *Subject) Fault {
	var paths []string
	for _, a := range u.Missing {
		paths = append(paths, strings.Join(a.Paths, " or "))
	}
	f := Fault{
		Pos: u.ID.Pos, Key: strings.Join(slices.Sorted(slices.Values(paths)), ","),
		Message: fmt.Sprintf("the policy requires attributes that are unknown for %q: %s", u.ID.Value, strings.Join(paths, ", ")),
		Hint:    u.ownerMust("ask the vendor and record the answers in %s.", u.Vendor.File),
	}
	once := func(pos diag.Pos, words string) {
		if pos.File != "" && !slices.ContainsFunc(f.Related, func(r diag.Related) bool { return r.Pos == pos }) {
			f.Related = append(f.Related, diag.Related{Pos: pos, Message: words})
		}
	}
	for _, a := range u.Missing {
		once(u.Attr(a.Paths[0]).Pos, "missing here")
	}
	for _, a := range u.Missing {
		once(a.pos, "the policy asks for "+strings.Join(a.Paths, " or "))
	}
	return f
}

// RequirementFails returns the fault for a requirement that fails, with the positions of the attribute and the requirement.
func RequirementFails(u *Subject, q *policy.Requirement, b *policy.Branch) Fault {
	f := Fault{Pos: u.ID.Pos, Key: b.Path}
	f.Related = []diag.Related{u.relatedTo(b.Path, "in the record"), {Pos: q.Pos, Message: "the requirement"}}
	f.Message, f.Hint = q.Words(u.placeholder(b.Path))
	if f.Message == "" {
		f.Message = fmt.Sprintf("%s of %q is %s; the policy requires: %s", b.Path, u.ID.Value, u.Quote(b.Path), b.Wanted())
	}
	if f.Hint == "" {
		f.Hint = fmt.Sprintf("Ask %s; no code change is needed.", u.Policy.Owner())
	}
	if q.Docs != "" {
		f.Hint += " See " + q.Docs + "."
	}
	return f
}

// placeholder returns the values for the placeholders in the message of a requirement.
func (u *Subject) placeholder(path string) func(string) string {
	return func(name string) string {
		return map[string]string{
			"vendor": u.ID.Value, "name": u.Vendor.Name(), "tier": strconv.Itoa(u.Tier), "value": u.Quote(path),
			"attribute": path, "category": u.Vendor.Record.Get("category").Text, "owner": u.Owner.Value,
		}[name]
	}
}
