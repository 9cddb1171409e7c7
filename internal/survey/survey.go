package survey

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// survey is one run of Of.
type survey struct {
	policy *policy.Policy
	known  *registry.Registry
	today  policy.Today
	rules  []rules.Rule    // rules that can judge a record
	unread map[string]bool // ids of records that cannot be judged
	out    inventory.Inventory
}

// unjudged adds a record that cannot be judged.
func (s *survey) unjudged(id, reason string) {
	s.out.Unjudged = append(s.out.Unjudged, diag.Gap{Target: s.known.Tree.Name("vendors/" + id + ".yaml"), Reason: reason})
	s.out.Records = append(s.out.Records, inventory.Record{ID: id, Name: id, Status: inventory.NotJudged})
	s.unread[id] = true
}

// firstProblem describes the first problem of a file, and counts the others.
func firstProblem(problems []diag.Problem) string {
	out := fmt.Sprintf("line %d: %s", problems[0].Pos.Line, problems[0].Message)
	if more := len(problems) - 1; more > 0 {
		out += fmt.Sprintf(" (and %d more)", more)
	}
	return out
}
