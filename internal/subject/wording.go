package subject

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
)

// List joins words with commas; none if there are no words.
func List(words []string) string {
	if len(words) == 0 {
		return "none"
	}
	return strings.Join(words, ", ")
}

// Sentence turns a hint into a sentence with a space after it; empty stays empty.
func Sentence(hint string) string {
	if hint == "" {
		return ""
	}
	if !strings.HasSuffix(hint, "?") {
		hint += "."
	}
	return diag.Capital(hint) + " "
}

// Must begins a sentence with who must act; format continues it.
func Must(who, format string, args ...any) string {
	if rest, ok := strings.CutPrefix(who, "the "); ok {
		who = "The " + rest
	}
	return who + " must " + fmt.Sprintf(format, args...)
}

// About formats the beginning of a message; format has one %q for the vendor.
func (u *Subject) About(format string) string { return fmt.Sprintf(format, u.ID.Value) }

// MustNotSend begins the message of a fault that forbids sending a class of data.
func (u *Subject) MustNotSend(class string) string {
	return fmt.Sprintf("%s data must not be sent to %q", class, u.ID.Value)
}

// OwnerMust is the hint of a finding that only the owner of the policy can act on, or what to do if the reader is one. format continues
// "they must".
func (u *Subject) OwnerMust(format string, args ...any) string {
	return u.KeepersMust(format, args...) + u.NoCodeChange()
}

// KeepersMust says what the owner of the policy must do, or what to do if the reader is one, as a sentence.
func (u *Subject) KeepersMust(format string, args ...any) string {
	if u.ForKeepers {
		return diag.Capital(fmt.Sprintf(format, args...))
	}
	return Must(u.Policy.Owner(), format, args...)
}

// NoCodeChange ends a hint about what only others can do, as a sentence with a space before it. It is empty for a use that no manifest
// declares: its entry is missing.
func (u *Subject) NoCodeChange() string {
	if u.Hypothetical {
		return ""
	}
	return " No code change is needed."
}

// Owners names the people who approved the vendor and may still do so, or the owner of the policy if there are none.
func (u *Subject) Owners() string {
	var out []string
	for _, a := range u.Attr("approval.approved_by").Records {
		user, role := a.Get("user"), a.Get("role").Text
		if user.Known() && !u.requested(user.Text) && u.Policy.MayApprove(user.Text, role, a.Get("team").Text) {
			out = append(out, fmt.Sprintf("%s (%s)", user.Text, role))
		}
	}
	if len(out) > 0 {
		return strings.Join(out, ", ")
	}
	return u.Policy.Owner()
}

// RenewAt says where to renew an approval or change its scope, as the end of a sentence.
func (u *Subject) RenewAt() string {
	if u.Policy.RenewURL != "" {
		return ": " + u.Policy.RenewURL
	}
	return " in " + u.Vendor.File
}

// HowToAnswer says how to find out what is missing in the record: the organisation itself knows some of it, and the vendor the rest.
func HowToAnswer(missing []Missing) string {
	var ours []string
	for _, m := range missing {
		if holder := record.ProofOf(m.Paths[0]).Holder; holder != "" && holder != record.TheVendor {
			ours = append(ours, strings.Join(m.Paths, " or "))
		}
	}
	switch len(ours) {
	case 0:
		return "ask the vendor"
	case len(missing):
		return "find out"
	default:
		return fmt.Sprintf("find out %s, ask the vendor for the rest,", List(ours))
	}
}

// WaiverHint says how to get a waiver, as a sentence with a space before it.
func WaiverHint(p *policy.Policy) string {
	if p.WaiverURL != "" {
		return " If it is urgent, ask for a waiver: " + p.WaiverURL + "."
	}
	return " If it is urgent, ask for a waiver."
}

// ScopeHint ends the hint for a use outside the approved scope.
func (u *Subject) ScopeHint() string {
	return fmt.Sprintf("or ask %s for a scope change%s", u.Owners(), u.RenewAt())
}

// LimitedTerm formats a required document with a period of the policy; none if the policy sets no period.
func (u *Subject) LimitedTerm(param, format string) []string {
	limit, set := u.Limit(param)
	if !set {
		return nil
	}
	return []string{fmt.Sprintf(format, limit.Value.Words())}
}
