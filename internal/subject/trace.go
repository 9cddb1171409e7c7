package subject

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Untraced says why a piece of evidence proves nothing, as the rest of a sentence about it; empty if somebody can find the document,
// or recognise it, and knows its age.
func Untraced(e *attr.Record) string {
	found := e.Get("url").Known() || e.Get("sha256").Known()
	_, on := datedBy(e)
	switch {
	case !found && on == nil:
		return "has neither an address nor a hash, and no date, so it proves nothing"
	case !found:
		return "has neither an address nor a hash, so it proves nothing"
	case on == nil:
		return "has no date (issued or received), so it proves nothing"
	default:
		return ""
	}
}

// datedBy returns the attribute that dates a piece of evidence, and its value: the date of the document, or else the day on which it
// was received; nil if it has neither.
func datedBy(e *attr.Record) (name string, on *attr.Value) {
	for _, name := range []string{"issued", "received"} {
		if v := e.Get(name); v.Known() {
			return name, v
		}
	}
	return "", nil
}

// stated returns the assurance that a piece of evidence states.
func stated(e *attr.Record) policy.Assurance { return policy.Assurance(e.Get("assurance").Int) }

// typeLimit returns the assurance that a piece of evidence can give, whenever: what it states, if its type and what else is recorded
// about it allow that. An assessment that names it stands for its issuer. What the vendor issued itself is no audit and no test, whatever its
// type is.
func (u *Subject) typeLimit(e *attr.Record, assessed bool) policy.Assurance {
	kind, most := record.TypeOfEvidence(e.Get("type").Text), policy.Tested
	if u.IssuedByVendor(e.Get("issuer")) {
		most = policy.Attested
	}
	has := func(attribute string) bool {
		if attribute == "issuer" {
			return assessed || e.Get(attribute).Known()
		}
		return e.Get(attribute).Known()
	}
	for _, level := range []struct {
		is    policy.Assurance
		needs string
	}{{policy.Tested, kind.Tested}, {policy.Audited, kind.Audited}, {policy.Attested, kind.Attested}} {
		if record.Met(level.needs, has) && min(stated(e), most) >= level.is {
			return level.is
		}
	}
	return min(stated(e), policy.Documented)
}

// doubt says why a piece of evidence gives less assurance than it states, on any day; empty if it does not.
func (u *Subject) doubt(e *attr.Record, assessed bool) (policy.Assurance, string) {
	if why := Untraced(e); why != "" {
		return policy.Asserted, why
	}
	if why := u.Replaced[e.Get("id").Text]; why != "" {
		return policy.Asserted, why
	}
	limit := u.typeLimit(e, assessed)
	if limit == stated(e) {
		return limit, ""
	}
	if issuer := e.Get("issuer"); u.IssuedByVendor(issuer) && stated(e) >= policy.Audited {
		return limit, fmt.Sprintf("is only %s: its issuer, %s, is the vendor", limit, issuer.Text)
	}
	kind := e.Get("type").Text
	return limit, fmt.Sprintf("is only %s: documents of the type %s are %s", limit, kind, record.TypeOfEvidence(kind).Limits())
}

// Overstated returns the level that a piece of evidence can have at most, and why that is less than it states, as the rest of a sentence; empty
// if it is not. Untraced says whether it has any.
func (u *Subject) Overstated(e *attr.Record) (most policy.Assurance, why string) {
	if Untraced(e) != "" {
		return policy.Asserted, ""
	}
	apart := Subject{Vendor: u.Vendor} // whatever its file is
	return apart.doubt(e, apart.assessed(e.Get("id").Text))
}

// assessed reports whether an assessment names a piece of evidence.
func (u *Subject) assessed(id string) bool {
	return slices.ContainsFunc(u.Attr("assessments").Records, func(a *attr.Record) bool { return u.evidenceOf(a) == id })
}

// evidenceOf returns the id of the evidence that an assessment names. If the record does not have it, which is a contradiction of its own, it
// is the one that was meant, if there is one.
func (u *Subject) evidenceOf(a *attr.Record) string {
	name := a.Get("evidence").Text
	if name == "" || slices.Contains(u.Vendor.EvidenceIDs(), name) {
		return name
	}
	return cmp.Or(u.Vendor.MeantEvidence(name), name)
}

// Doubt says why a piece of evidence gives less assurance today than it states, or none; empty if it does not. It names the evidence.
func (u *Subject) Doubt(id string) string {
	for _, p := range u.evidence() {
		if p.id == id && p.doubt != "" {
			return fmt.Sprintf("evidence %q %s", id, p.doubt)
		}
	}
	return ""
}

// Doubts says of each piece of evidence that would prove a claim, if it gave the assurance that it states, why it does not.
func (u *Subject) Doubts(path string, need policy.Assurance) []string {
	var out []string
	for _, p := range u.evidence() {
		switch why := early(p.entry, path, u.Attr(path)); {
		case p.stated < need || !p.proves(path):
		case p.doubt != "" && p.level < need:
			out = append(out, fmt.Sprintf("evidence %q %s", p.id, p.doubt))
		case u.mostFor(p.entry, path) < need:
			out = append(out, fmt.Sprintf("evidence %q %s", p.id, why))
		}
	}
	return out
}

// Document finds a piece of evidence; nil if the record does not have it.
func (u *Subject) Document(id *attr.Value) *attr.Record {
	all := u.Attr("evidence").Records
	i := slices.IndexFunc(all, func(e *attr.Record) bool { return id.Known() && e.Get("id").Text == id.Text })
	if i < 0 {
		return nil
	}
	return all[i]
}

// RequireOnFile requires evidence that an attribute names to prove something, however old it is unless it says when it expires, and to support the attribute. It must not be
// older than the work that it reports, whose last day is the attribute done, if that is not empty. what names the document if there is none.
func (w *Shortfalls) RequireOnFile(path, done, what string) {
	id, why := w.Subject.Attr(path), ""
	w.Subject.Wants("evidence on record that proves something", path)
	switch e := w.Subject.Document(id); {
	case e == nil && id.Known():
		why = ": " + absent(id.Text)
	case e != nil:
		level, doubt := w.Subject.doubt(e, w.Subject.assessed(id.Text))
		switch {
		case level <= policy.Asserted:
			why = cmp.Or(doubt, "is only asserted")
		case !supports(e, path):
			why = unsupported(path)
		case expired(w.Subject.ExpiryOf(w.rule, path)) != "":
			why = expired(w.Subject.ExpiryOf(w.rule, path))
		case done != "":
			why = early(e, done, w.Subject.Attr(done))
		}
		if why == "" {
			return
		}
		why = fmt.Sprintf(": evidence %q %s", id.Text, why)
	}
	w.Add(path, "%s%s", what, why)
}

// RequireUnexpired requires evidence that an attribute names, if it names any, not to have expired. what names the document.
func (w *Shortfalls) RequireUnexpired(path, what string) {
	if why := expired(w.Subject.ExpiryOf(w.rule, path)); why != "" {
		w.Add(path, "the evidence of %s, %q, %s", what, w.Subject.Attr(path).Text, why)
	}
}

// expired says that evidence has expired, as the rest of a sentence; empty if it has not.
func expired(ends []Deadline) string {
	if len(ends) == 0 || !ends[0].Past {
		return ""
	}
	return fmt.Sprintf("expired on %s", ends[0].Date)
}

// supports reports whether a piece of evidence is about an attribute.
func supports(e *attr.Record, path string) bool {
	return (&piece{supports: e.Get("supports").Texts()}).proves(path)
}

// absent says that the record does not have evidence that it names.
func absent(id string) string { return fmt.Sprintf("the record does not have evidence %q", id) }

// unsupported says that evidence is about something else, as the rest of a sentence.
func unsupported(path string) string {
	return fmt.Sprintf("does not support %s (evidence[].supports)", path)
}

// early says that a document is older than the work that it reports, as the rest of a sentence; empty if it is not.
func early(e *attr.Record, path string, done *attr.Value) string {
	latest, day := e.Get("received"), e.Get("issued")
	if !latest.Known() || day.Known() && latest.Day.Before(day.Day) {
		latest = day
	}
	if !done.Known() || !latest.Known() || !latest.Day.Before(done.Day) {
		return ""
	}
	return fmt.Sprintf("is of %s, before %s (%s)", latest.Text, done.Text, path)
}

// Unproven says why an assessment does not count because of its evidence; empty if it does. Its own dates are those of the assessment.
func (u *Subject) Unproven(a *attr.Record) string {
	id, issuer := a.Get("evidence"), a.Get("issuer")
	e := u.Document(id)
	independent := slices.Contains(append(vocab.IndependentAssessments(), "pentest"), a.Get("type").Text)
	switch {
	case !id.Known():
		return "names no evidence"
	case independent && u.IssuedByVendor(issuer):
		return fmt.Sprintf("is issued by %s, which is the vendor", issuer.Text)
	case e == nil:
		return fmt.Sprintf("names evidence %q, which the record does not have", id.Text)
	case independent && u.IssuedByVendor(e.Get("issuer")):
		return fmt.Sprintf("rests on evidence %q, whose issuer, %s, is the vendor", id.Text, e.Get("issuer").Text)
	}
	level, why := u.doubt(e, true)
	if level < policy.Attested {
		why = cmp.Or(why, fmt.Sprintf("is only %s", level))
	} else {
		why = ""
		if path := dated(a.Get("type").Text); path != "" {
			why = early(e, path, a.Get(path))
		}
	}
	if why == "" {
		return ""
	}
	return fmt.Sprintf("rests on evidence %q, which %s", id.Text, why)
}

// Shown says how well a claim is supported, as part of a sentence.
func Shown(have policy.Assurance) string {
	if have == policy.Asserted {
		return "is only asserted by the vendor"
	}
	return "has only " + EvidenceOf(have)
}

// EvidenceOf names the evidence of a level, such as audited evidence.
func EvidenceOf(level policy.Assurance) string {
	if level == policy.Tested {
		return "evidence from a test"
	}
	return fmt.Sprintf("%s evidence", level)
}

// RequireCounting requires evidence that an attribute names to prove something today. what names the document if there is none.
func (w *Shortfalls) RequireCounting(path, what string) {
	id := w.Subject.Attr(path)
	w.Subject.Wants("evidence that counts today", path)
	switch {
	case !id.Known():
		w.Add(path, "%s", what)
	case w.Subject.Document(id) == nil:
		w.Add(path, "%s: %s", what, absent(id.Text))
	case !w.Subject.FreshEvidence(id.Text):
		w.Add(path, "%s: %s", what, cmp.Or(w.Subject.Doubt(id.Text), fmt.Sprintf("evidence %q is only asserted", id.Text)))
	case !supports(w.Subject.Document(id), path):
		w.Add(path, "%s: evidence %q %s", what, id.Text, unsupported(path))
	}
}

// AddOnce adds reasons that are not there yet.
func (w *Shortfalls) AddOnce(reasons []string) {
	for _, why := range reasons {
		if !slices.Contains(w.Reasons, why) {
			w.Reasons = append(w.Reasons, why)
		}
	}
}
