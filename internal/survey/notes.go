package survey

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// notes adds what the keepers of a registry should know: a list that nobody has checked for a year, records for which nobody answers, and
// days on which many approvals end. uses are those of the records, by id.
func (s *survey) notes(ids []string, uses map[string]*subject.Subject) {
	if message, hint := subject.AgedAdequacy(s.policy, s.today.Day); message != "" {
		s.note(message, hint)
	}
	ends := map[string]scalar.Date{}
	var ownerless []string
	for _, id := range ids {
		u := uses[id]
		switch {
		case u == nil:
			continue
		case u.Ownerless():
			ownerless = append(ownerless, id)
		}
		if end := rules.ApprovalEnd(u); subject.Vetted(u.Attr("status")) && !end.Date.IsZero() && !end.Past {
			ends[id] = end.Date
		}
	}
	if len(ownerless) > 0 {
		s.note(strings.Join(ownerless, ", ")+": "+subject.OwnerlessMessage, subject.OwnerlessHint)
	}
	for _, cliff := range inventory.ApprovalCliffs(ends) {
		s.note(cliff.Message(), cliff.Hint())
	}
}

func (s *survey) note(message, hint string) {
	s.out.Notes = append(s.out.Notes, inventory.Note{Message: message, Hint: strings.TrimSpace(subject.Sentence(hint))})
}
