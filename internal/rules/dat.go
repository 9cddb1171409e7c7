package rules

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about where data goes.
const (
	DataUnbounded    = "VG-DAT-001"
	DataTrainsModels = "VG-DAT-002"
	TenantsMixed     = "VG-DAT-003"
)

func dataRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: DataUnbounded, Title: "data is in the wrong place, kept too long, or shared without notice", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    dataUnbounded, Deadlines: subprocessorReviewDue, Documents: subprocessorNotice,
		},
		{
			RuleInfo: policy.RuleInfo{ID: DataTrainsModels, Title: "data may train the vendor's models", Levels: tiered("EE--"), Waivable: true, Optional: true},
			Judge:    dataTrainsModels, Deadlines: optOutEnds,
		},
		{
			RuleInfo: policy.RuleInfo{ID: TenantsMixed, Title: "the vendor does not separate its customers' data", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    tenantsMixed,
		},
	}
}

// dataUnbounded implements VG-DAT-001: where data is, how long it is kept, and which subprocessors get it.
func dataUnbounded(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(DataUnbounded)
	regions := u.Attr("scope.regions")
	countries := acceptedCountries(u.Policy)
	if regions.Known() {
		countries = "countries within " + subject.List(regions.Texts())
		u.Wants(countries, "data.processing_locations")
	}
	u.Wants(countries, "data.storage_locations")
	if u.ForKeepers && regions.Known() && len(regions.Items) == 0 {
		w.Add("scope.regions", "scope.regions is an empty list, which permits none")
	}
	if regions.Known() {
		if away := countriesOutside(w, regions.Texts()); len(away) > 0 {
			w.Add("scope.regions", "data goes to %s, outside the approved regions %s", subject.List(away), subject.List(regions.Texts()))
		}
		for _, region := range u.Get("regions").Items {
			if !u.Policy.Within(region.Text, regions.Texts()) {
				w.Reasons = append(w.Reasons, fmt.Sprintf("this use names the region %s, outside the approved regions %s", region.Text, subject.List(regions.Texts())))
				w.Related = append(w.Related, diag.Related{Pos: region.Pos, Message: "in the manifest"})
			}
		}
	} else if u.Stores() {
		w.Claim("data.storage_locations")
	}
	wrongRegion := len(w.Reasons) > 0
	if u.Stores() {
		u.Wants("a period, not unlimited", "data.retention.default")
		u.Wants("a period, not never", "data.deletion.on_termination")
		if kept, ok := w.Claim("data.retention.default"); ok && kept.Text == "unlimited" {
			w.Add("data.retention.default", "data is kept indefinitely")
		}
		if deleted, ok := w.Claim("data.deletion.on_termination"); ok && deleted.Text == "never" {
			w.Add("data.deletion.on_termination", "data is not deleted at termination")
		}
	}
	requireSubprocessorNotice(w)
	due := subprocessorReviewDue(u)
	if u.Attr("data.subprocessors.url").State != attr.NotApplicable {
		w.RequireRecent(due, "data.subprocessors.reviewed_on", "subprocessor_review", "the subprocessors were last reviewed on", "the subprocessors were never reviewed")
	}
	w.Grace = "subprocessor_grace"
	hint := u.OwnerMust("resolve this with the vendor and update %s.", u.Vendor.File)
	if wrongRegion {
		hint = fmt.Sprintf("Choose an approved region if the vendor offers one, %s.", u.ScopeHint())
	}
	return append(w.Fault(u.About("data handling at %q does not meet the policy"), hint),
		u.DueSoon(due, "review", fmt.Sprintf("the subprocessor review of %q", u.ID.Value), u.OwnerMust("review the list of subprocessors and record the date."))...)
}

// subprocessorReviewDue returns the last day for the next subprocessor review.
func subprocessorReviewDue(u *subject.Subject) []subject.Deadline {
	return u.RepeatBy(DataUnbounded, inventory.Subprocessor, "data.subprocessors.reviewed_on", "subprocessor_review", "the subprocessor review", "Review the list of subprocessors and set data.subprocessors.reviewed_on.")
}

// acceptedCountries says how a record names the countries of data.
func acceptedCountries(p *policy.Policy) string {
	return "ISO 3166-1 country codes, EU or EEA; personal data outside " + shortened(p.Adequate.Countries) + " also needs a transfer mechanism"
}

// shortened lists the first words and counts the rest.
func shortened(words []string) string {
	const most = 5
	if len(words) <= most {
		return subject.List(words)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}

// subprocessorNotice asks for advance notice of new subprocessors.
func subprocessorNotice(u *subject.Subject) []string {
	return u.LimitedTerm("subprocessor_notice", "In the contract or on a web page: notice of new subprocessors at least %s in advance.")
}

// requireSubprocessorNotice requires a list of subprocessors, and advance notice of changes in the record or the contract.
func requireSubprocessorNotice(w *subject.Shortfalls) {
	w.Subject.Wants("the address of a list; null if there are none", "data.subprocessors.url")
	if url, _ := w.Claim("data.subprocessors.url"); url.State == attr.NotApplicable {
		return
	}
	limit, set := w.Subject.Limit("subprocessor_notice")
	if !set {
		return
	}
	best, path := scalar.Period{}, "data.subprocessors.notice"
	w.Subject.Wants("at least "+limit.Value.Words(), "contract.security_terms.subprocessor_notice", path)
	for _, candidate := range []string{"contract.security_terms.subprocessor_notice", path} {
		if v := w.Subject.Attr(candidate); v.Known() && v.Span.Compare(best) > 0 {
			best, path = v.Span, candidate
		}
	}
	if best.IsZero() {
		w.AddLimit(path, limit.Pos, "no notice of subprocessor changes (at least %s)", limit.Value.Words())
	} else if best.Compare(limit.Value) < 0 {
		w.AddLimit(path, limit.Pos, "notice of subprocessor changes is %s (at least %s)", best.Words(), limit.Value.Words())
	}
}

// optOutEnds returns the last day of the evidence for an opt-out.
func optOutEnds(u *subject.Subject) []subject.Deadline {
	if u.Attr("data.used_for_training").Text != "opt-out" || u.Sensitive() == "" {
		return nil
	}
	return u.ProofEnd(DataTrainsModels, "data.used_for_training", policy.Documented)
}

// dataTrainsModels implements VG-DAT-002. An opt-out counts only with evidence.
func dataTrainsModels(u *subject.Subject) []subject.Fault {
	const path = "data.used_for_training"
	class := u.Sensitive()
	if class == "" {
		return u.NotAsked("the use has no data that is confidential or more sensitive")
	}
	w := u.Shortfalls(DataTrainsModels)
	u.Wants("false, or opt-out with evidence that you opted out", path)
	used, ok := w.Claim(path)
	switch {
	case !ok || used.False():
	case used.True():
		w.Add(path, "the vendor trains models on it")
	case u.Proof(path) < policy.Documented:
		w.Add(path, "the vendor trains models on it unless you opt out, and there is no evidence that you did")
		w.Reasons = append(w.Reasons, u.Doubts(path, policy.Documented)...)
	}
	return w.Fault(u.MustNotSend(class), fmt.Sprintf("Do not send %s data until %s opts out of model training and records evidence of it.", class, u.Policy.Owner()))
}

// tenantsMixed implements VG-DAT-003, for data that is confidential or more sensitive.
func tenantsMixed(u *subject.Subject) []subject.Fault {
	const path = "data.tenant_isolation"
	class := u.Sensitive()
	if class == "" {
		return u.NotAsked("the use has no data that is confidential or more sensitive")
	}
	w := u.Shortfalls(TenantsMixed)
	u.Wants("logical or physical", path)
	if v, ok := w.Claim(path); ok && v.Text == "none" {
		w.Add(path, "the vendor does not separate it from other customers' data")
	}
	return subject.ForTeam(w.Fault(u.MustNotSend(class), fmt.Sprintf("Stop sending %s data, or choose another vendor.", class)))
}
