package render

import (
	"fmt"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/survey"
)

// permit says whether a vendor may be used, for what, and until when, and whether its record fits those of others.
func permit(out *sink.Page, may survey.Permit) {
	uses(out, may)
	for _, d := range may.Wrong {
		out.Linef("The record needs a correction: %s (%s).", d.Message, rules.RecordContradicts)
	}
}

func uses(out *sink.Page, may survey.Permit) {
	until := ""
	if !may.Until.IsZero() {
		until = fmt.Sprintf(" until %s (%s)", may.Until, may.Ends)
	}
	switch {
	case may.Status == "":
		out.Linef("May not be used: your organisation has not reviewed it.")
		return
	case may.Forbidden != "":
		out.Linef("May not be used: %s.", may.Forbidden)
		return
	case len(may.Fails) > 0:
		if may.Passes != "" {
			out.Linef("May be used for less than its scope allows, such as %s; a use of all of it fails with %s:", may.Passes, diag.Count(len(may.Fails), "error"))
		} else {
			out.Linef("May not be used: every use fails. One of everything in its scope has %s:", diag.Count(len(may.Fails), "error"))
		}
		for i := range may.Fails {
			out.Linef("  %s: %s", may.Fails[i].Rule, may.Fails[i].Message)
		}
	case may.Status == "pilot":
		out.Linef("May be used in a pilot%s.", until)
	case may.Status == "deprecated":
		out.Linef("May be used where it is in use already%s.", until)
	default:
		out.Linef("May be used%s.", until)
	}
	for _, limit := range []struct {
		what   string
		list   []string
		absent string
	}{
		{"environments", may.Environments, "none"},
		{"data", may.Data, "none"},
		{"repositories", may.Repositories, "all"},
		{"teams", may.Teams, "all"},
	} {
		text := limit.absent
		if limit.list != nil {
			text = subject.List(limit.list)
		}
		out.Linef("  %-13s %s", limit.what+":", text)
	}
}
