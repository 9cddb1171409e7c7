package check

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// remarks are the findings, gaps and notices of a step.
type remarks struct {
	findings []diag.Finding
	gaps     []diag.Gap // each once
	notices  []string
}

// plus joins remarks in order.
func (r remarks) plus(others ...remarks) remarks {
	out := remarks{findings: slices.Clone(r.findings), notices: slices.Clone(r.notices)}
	known := map[diag.Gap]bool{}
	for _, o := range slices.Concat([]remarks{{gaps: r.gaps}}, others) {
		out.findings = append(out.findings, o.findings...)
		out.notices = append(out.notices, o.notices...)
		for _, gap := range o.gaps {
			if !known[gap] {
				known[gap] = true
				out.gaps = append(out.gaps, gap)
			}
		}
	}
	return out
}

// noticed returns remarks with one notice.
func noticed(text string) remarks { return remarks{notices: []string{text}} }

// gap returns remarks with one gap.
func gap(target, reason string) remarks {
	return remarks{gaps: []diag.Gap{{Target: target, Reason: reason}}}
}

// unread returns the remarks about a file or registry that cannot be used.
func unread(target, reason string, pos diag.Pos) remarks {
	out := gap(target, reason)
	out.findings = gate.Unreadable("", target, []diag.Problem{{Pos: pos, Message: reason}})
	return out
}

// stated turns the account of an input into remarks.
func stated(a inputs.Account) remarks {
	findings := slices.Concat(gate.Misplaced(a.Misplaced), Unreadable(a))
	return remarks{findings: findings, gaps: a.Gaps, notices: a.Notices}
}

// Unreadable returns the findings about files of a registry that could not be read or parsed (VG-REG-007).
func Unreadable(a inputs.Account) []diag.Finding {
	var out []diag.Finding
	for _, u := range a.Unread {
		for _, f := range gate.Unreadable("", u.File, u.Problems) {
			if u.Message != "" {
				f.Message, f.Hint = u.Message, u.Hint
			}
			out = append(out, f)
		}
	}
	return out
}
