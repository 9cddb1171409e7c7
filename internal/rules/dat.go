package rules

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/scalar"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// Rules about where data goes.
const (
	DataUnbounded    = "VG-DAT-001"
	DataTrainsModels = "VG-DAT-002"
)

func dataRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: DataUnbounded, Title: "data in the wrong place, kept too long, or passed on", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    dataUnbounded, Deadlines: processorReviewDue, Questions: dataQuestions, Documents: processorNotice,
		},
		{
			RuleInfo: policy.RuleInfo{ID: DataTrainsModels, Title: "data may train the vendor's models", Levels: tiered("EE--"), Waivable: true, Optional: true},
			Judge:    dataTrainsModels, Deadlines: optOutEnds, Questions: trainingQuestions,
		},
	}
}

// dataUnbounded: VG-DAT-001: where data is, how long it stays, who else gets it.
func dataUnbounded(u *Subject) []Fault {
	w := u.shortfalls(DataUnbounded)
	regions := u.Attr("scope.regions")
	if regions.Known() {
		if away := w.countriesOutside(regions.Texts()); len(away) > 0 {
			w.add("scope.regions", "it goes to %s, outside the approved %s", List(away), List(regions.Texts()))
		}
		for _, region := range u.Get("regions").Items {
			if !regions.Has(region.Text) {
				w.reasons = append(w.reasons, fmt.Sprintf("this use names %s, outside the approved %s", region.Text, List(regions.Texts())))
				w.related = append(w.related, diag.Related{Pos: region.Pos, Message: "what the manifest says"})
			}
		}
	} else {
		w.claim("data.storage_locations")
	}
	if !u.Attr("data.stores_customer_data").False() {
		if kept, ok := w.claim("data.retention.default"); ok && kept.Text == "unlimited" {
			w.add("data.retention.default", "it is kept without end")
		}
		if deleted, ok := w.claim("data.deletion.on_termination"); ok && deleted.Text == "never" {
			w.add("data.deletion.on_termination", "it is not deleted at the end")
		}
	}
	w.requireSubprocessorNotice()
	due := processorReviewDue(u)
	w.requireRecent(due, "data.subprocessors.reviewed_on", "subprocessor_review", "its processors were last reviewed on", "its processors were never reviewed")
	w.grace = "subprocessor_grace"
	hint := fmt.Sprintf("Choose a region where the vendor lets you, %s.", u.scopeHint())
	return append(w.fault(u.subject("the data"), hint),
		u.dueSoon(due, "review", fmt.Sprintf("the review of the processors of %q", u.ID.Value), u.ownerMust("reads the list again and records the day."))...)
}

// processorReviewDue is the last day for the next review of the vendor's own processors.
func processorReviewDue(u *Subject) []Deadline {
	return u.repeatBy(DataUnbounded, inventory.Subprocessor, "data.subprocessors.reviewed_on", "subprocessor_review", "the review of its processors", "Read the list again, and record the day.")
}

// dataQuestions are what the rule accepts.
func dataQuestions(p *policy.Policy, _ int) []Question {
	countries := "countries as ISO 3166-1 codes; for personal data outside " + shortened(p.Adequate) + " a transfer mechanism besides"
	return []Question{
		{Path: "data.storage_locations", Accepted: countries},
		{Path: "data.processing_locations", Accepted: countries},
		{Path: "data.retention.default", Accepted: "a period; not unlimited"},
		{Path: "data.deletion.on_termination", Accepted: "a period; not never"},
	}
}

// shortened is a list of which a reader needs the beginning only.
func shortened(words []string) string {
	const most = 5
	if len(words) <= most {
		return List(words)
	}
	return fmt.Sprintf("%s and %d more", strings.Join(words[:most], ", "), len(words)-most)
}

// processorNotice is the notice of new processors that the contract or a page must promise.
func processorNotice(u *Subject) []string {
	return u.limitedTerm("subprocessor_notice", "In the contract or on a page: notice of new sub-processors at least %s before.")
}

// subprocessors wants a list of the vendor's own processors, and notice of its changes: in the record or the contract.
func (w *shortfalls) requireSubprocessorNotice() {
	w.claim("data.subprocessors.url")
	limit, set := w.u.Limit("subprocessor_notice")
	if !set {
		return
	}
	best, path := scalar.Period{}, "data.subprocessors.notice"
	for _, candidate := range []string{"contract.security_terms.subprocessor_notice", path} {
		if v := w.u.Attr(candidate); v.Known() && v.Span.Compare(best) > 0 {
			best, path = v.Span, candidate
		}
	}
	if best.IsZero() {
		w.addLimit(path, limit.Pos, "no notice of changes of its processors (at least %s)", limit.Value.Words())
	} else if best.Compare(limit.Value) < 0 {
		w.addLimit(path, limit.Pos, "changes of its processors are announced %s before (at least %s)", best.Words(), limit.Value.Words())
	}
}

// trainingQuestions are what the rule accepts.
func trainingQuestions(*policy.Policy, int) []Question {
	return []Question{{Path: "data.used_for_training", Accepted: "false, or an opt-out that is proven"}}
}

// optOutEnds is the last day on which evidence shows that an opt-out was taken.
func optOutEnds(u *Subject) []Deadline {
	if u.Attr("data.used_for_training").Text != "opt-out" || u.sensitive() == "" {
		return nil
	}
	return u.proofEnd(DataTrainsModels, "data.used_for_training", policy.Documented)
}

// dataTrainsModels: VG-DAT-002. An opt-out counts where evidence shows that it was taken.
func dataTrainsModels(u *Subject) []Fault {
	const path = "data.used_for_training"
	class := u.sensitive()
	if class == "" {
		return nil
	}
	w := u.shortfalls(DataTrainsModels)
	used, ok := w.claim(path)
	switch {
	case !ok || used.False():
	case used.True():
		w.add(path, "it trains the vendor's models")
	case u.proof(path) < policy.Documented:
		w.add(path, "it trains the vendor's models unless we opt out, and no evidence shows that we did")
	}
	return w.fault(u.sent(class), u.ownerMust("takes the opt-out and attaches the evidence, or sends nothing of it."))
}
