package rules

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"

	"github.com/vendorgate/vendorgate/internal/policy"
)

// dataUnbounded: VG-DAT-001: where data is, how long it stays, who else gets it.
func dataUnbounded(u *Subject) []Fault {
	w := u.gaps("VG-DAT-001")
	regions := u.Fact("scope.regions")
	if regions.Known() {
		if away := w.outside(regions.Texts()); len(away) > 0 {
			w.lack("scope.regions", "it goes to %s, outside the approved %s", List(away), List(regions.Texts()))
		}
		for _, region := range u.Get("regions").Items {
			if !regions.Has(region.Text) {
				w.lacking = append(w.lacking, fmt.Sprintf("this use names %s, outside the approved %s", region.Text, List(regions.Texts())))
				w.related = append(w.related, diag.Related{Pos: region.Pos, Message: "what the manifest says"})
			}
		}
	} else {
		w.claim("data.storage_locations")
	}
	if !u.Fact("data.stores_customer_data").False() {
		if kept, ok := w.claim("data.retention.default"); ok && kept.Text == "unlimited" {
			w.lack("data.retention.default", "it is kept without end")
		}
		if deleted, ok := w.claim("data.deletion.on_termination"); ok && deleted.Text == "never" {
			w.lack("data.deletion.on_termination", "it is not deleted at the end")
		}
	}
	w.subprocessors()
	const reviewed = "data.subprocessors.reviewed_on"
	d := w.fresh(reviewed, "subprocessor_review", "its processors were last reviewed on", "its processors were never reviewed")
	w.grace = "subprocessor_grace"
	hint := fmt.Sprintf("Choose a region where the vendor lets you, %s.", u.scopeHint())
	return append(w.fault(u.subject("the data"), hint),
		u.announced(d, reviewed, "review", fmt.Sprintf("the review of the processors of %q counts through %s (%s)", u.ID.Value, d.Date, d.Ago()), u.team("reads the list again and records the day."))...)
}

// subprocessors wants a list of the vendor's own processors, and notice of its changes: in the record or the contract.
func (w *gaps) subprocessors() {
	w.claim("data.subprocessors.url")
	limit, set := w.u.Limit("subprocessor_notice")
	if !set {
		return
	}
	best, path := scalar.Period{}, "data.subprocessors.notice"
	for _, candidate := range []string{"contract.security_terms.subprocessor_notice", path} {
		if v := w.u.Fact(candidate); v.Known() && v.Span.Compare(best) > 0 {
			best, path = v.Span, candidate
		}
	}
	if best.IsZero() {
		w.limited(path, limit.Pos, "no notice of changes of its processors (at least %s)", limit.Value.Words())
	} else if best.Compare(limit.Value) < 0 {
		w.limited(path, limit.Pos, "changes of its processors are announced %s before (at least %s)", best.Words(), limit.Value.Words())
	}
}

// dataTrainsModels: VG-DAT-002. An opt-out counts where evidence shows that it was taken.
func dataTrainsModels(u *Subject) []Fault {
	const path = "data.used_for_training"
	class := u.sensitive()
	if class == "" {
		return nil
	}
	w := u.gaps("VG-DAT-002")
	used, ok := w.claim(path)
	switch {
	case !ok || used.False():
	case used.True():
		w.lack(path, "it trains the vendor's models")
	case u.proof(path) < policy.Documented:
		w.lack(path, "it trains the vendor's models unless we opt out, and no evidence shows that we did")
	}
	return w.fault(u.sent(class), u.team("takes the opt-out and attaches the evidence, or sends nothing of it."))
}
