package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Rules about authentication.
const (
	WeakAuthentication      = "VG-AUT-001"
	ForbiddenAuthentication = "VG-AUT-002"
)

func authenticationRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: WeakAuthentication, Title: "no modern authentication, and static keys lack compensating controls", Levels: tiered("EEWN"), Waivable: true, Optional: true},
			Judge:    weakAuthentication,
		},
		{
			RuleInfo: policy.RuleInfo{ID: ForbiddenAuthentication, Title: "a forbidden authentication method", Levels: tiered("EEEE"), Waivable: true},
			Judge:    forbiddenAuthentication,
		},
	}
}

// control is one of the compensating controls that together make a static key acceptable. Its state is unknown if the
// attributes in unknown are.
type control struct {
	missing string // the text for a message if the control is missing
	state   policy.Outcome
	unknown []string
}

// weakAuthentication implements VG-AUT-001. Unknown methods and controls are reported by VG-REG-005 and do not count as missing.
func weakAuthentication(u *subject.Subject) []subject.Fault {
	methods := u.Attr("authentication.methods")
	u.Wants("one of "+strings.Join(vocab.ModernAuth(), ", ")+"; or one of "+strings.Join(vocab.StaticAuth(), ", ")+" if the keys have all compensating controls", "authentication.methods")
	switch {
	case !methods.Known():
		u.Ask(u.Policy.Rule(WeakAuthentication).Pos, "authentication.methods")
		return nil
	case slices.ContainsFunc(vocab.ModernAuth(), methods.Has):
		return nil
	}
	if !methods.Has("api-key-query") && !slices.ContainsFunc(vocab.StaticAuth(), methods.Has) {
		return []subject.Fault{{
			Pos: u.ID.Pos, Related: []diag.Related{u.RelatedTo("authentication.methods", "the methods that the vendor offers")},
			Message: fmt.Sprintf("%q offers no acceptable authentication method (offered: %s)", u.ID.Value, subject.List(methods.Texts())),
			Hint:    u.OwnerMust("ask the vendor for a stronger method, or deny the vendor."),
		}}
	}
	var missing []string
	wantKeyControls(u)
	for _, c := range staticKeyControls(u) {
		switch c.state {
		case policy.Fails:
			missing = append(missing, c.missing)
		case policy.IsUnknown:
			for _, path := range c.unknown {
				if !u.Attr(path).Known() {
					u.Ask(u.Policy.Rule(WeakAuthentication).Pos, path)
				}
			}
		case policy.Holds, policy.NotApplicable, policy.NotAsked:
		}
	}
	if len(missing) == 0 {
		return nil
	}
	return []subject.Fault{{
		Pos: u.ID.Pos, Related: []diag.Related{u.RelatedTo("authentication.methods", "the methods that the vendor offers")},
		Message: fmt.Sprintf("%q offers no OAuth 2.0, OpenID Connect or mutual TLS, and its static keys %s", u.ID.Value, strings.Join(missing, ", ")),
		Hint:    u.OwnerMust("record the missing controls, or deny the vendor."),
	}}
}

// wantKeyControls notes what makes a static key acceptable.
func wantKeyControls(u *subject.Subject) {
	const credential = "authentication.client_credential."
	oldest := u.Policy.Params.Period("static_key_max_age", u.Tier).Value.Words()
	u.Wants("coarse or fine", "authentication.scopes.granularity")
	u.Wants("true", credential+"per_environment")
	u.Wants("at most "+oldest+", or rotation with overlap", credential+"max_age")
	u.Wants("true, or keys that expire after at most "+oldest, credential+"overlap_rotation")
	u.Wants("true", "authentication.revocation.supported")
	u.Wants(atMost(u.Policy, u.Tier, "revocation_within"), "authentication.revocation.max_propagation")
	u.Wants("true, or keys that secret scanners recognise", credential+"ip_allowlist")
	u.Wants("true, or keys that are restricted to IP addresses", "authentication.secret_scanning_partner")
}

func staticKeyControls(u *subject.Subject) []control {
	maxAge, within := u.Policy.Params.Period("static_key_max_age", u.Tier), u.Policy.Params.Period("revocation_within", u.Tier)
	age := u.Attr("authentication.client_credential.max_age")
	ageControl := control{missing: fmt.Sprintf("neither expire after %s nor rotate with overlap", maxAge.Value.Words()), unknown: []string{"authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"}}
	overlap := u.Attr("authentication.client_credential.overlap_rotation")
	switch {
	case age.Known() && age.Text != "never" && age.Span.Compare(maxAge.Value) <= 0, overlap.True():
		ageControl.state = policy.Holds
	case age.Known() && overlap.Known():
		ageControl.state = policy.Fails
	default:
		ageControl.state = policy.IsUnknown
	}
	granularity := u.Attr("authentication.scopes.granularity")
	scoped := control{missing: "cannot be scoped", unknown: []string{"authentication.scopes.granularity"}, state: policy.IsUnknown}
	if granularity.Known() {
		scoped.state = policy.Holds
		if granularity.Text == "none" {
			scoped.state = policy.Fails
		}
	}
	supported, takes := u.Attr("authentication.revocation.supported"), u.Attr("authentication.revocation.max_propagation")
	revoked := control{missing: fmt.Sprintf("are not revoked within %s", within.Value.Words()), unknown: []string{"authentication.revocation.supported", "authentication.revocation.max_propagation"}}
	switch {
	case supported.False(), takes.State == attr.None, takes.Known() && takes.Span.Compare(within.Value) > 0:
		revoked.state = policy.Fails
	case supported.True() && takes.Known():
		revoked.state = policy.Holds
	default:
		revoked.state = policy.IsUnknown
	}
	return []control{
		scoped, ageControl, revoked,
		anyTrue(u, "are shared between environments", "authentication.client_credential.per_environment"),
		anyTrue(u, "have neither an IP allow-list nor leak detection", "authentication.client_credential.ip_allowlist", "authentication.secret_scanning_partner"),
	}
}

// anyTrue returns a control that any one of several attributes provides.
func anyTrue(u *subject.Subject, missing string, paths ...string) control {
	c := control{missing: missing, state: policy.Fails}
	for _, path := range paths {
		v := u.Attr(path)
		switch {
		case v.True():
			return control{missing: missing, state: policy.Holds}
		case !v.Known():
			c.state = policy.IsUnknown
			c.unknown = append(c.unknown, path)
		}
	}
	return c
}

// forbiddenAuthentication implements VG-AUT-002: an error if this repository uses the method, a warning if the vendor only
// offers it.
func forbiddenAuthentication(u *subject.Subject) []subject.Fault {
	var out []subject.Fault
	accepted := "none of " + strings.Join(vocab.ForbiddenAuth(), ", ")
	offered := u.InForce(WeakAuthentication) // otherwise a vendor that lists no methods would get no warning
	switch {
	case u.AuthMethod.Value == "" && u.Hypothetical && !offered:
		return u.NotAsked("the use names no way to authenticate")
	case u.AuthMethod.Value != "" || !offered:
		u.WantsOf("auth_method: "+accepted, unstatedIf(u.AuthMethod.Value == "", "auth_method"))
	}
	if offered {
		u.Wants(accepted, "authentication.methods")
	}
	if m := u.AuthMethod; slices.Contains(vocab.ForbiddenAuth(), m.Value) {
		best := bestMethod(u)
		hint := fmt.Sprintf("Switch to %s", best)
		if best == "" {
			hint = fmt.Sprintf("Ask %s for an acceptable method; the record of %q lists none", u.Owners(), u.ID.Value)
		}
		if docs := u.Attr("links.auth_docs"); docs.Known() {
			hint += " (see " + docs.Text + ")"
		}
		out = append(out, subject.Fault{
			Pos: m.Pos, Related: []diag.Related{u.RelatedTo("authentication.methods", "the methods that the vendor offers")}, Key: "use",
			Message: fmt.Sprintf("this repository authenticates to %q with the forbidden method %s", u.ID.Value, m.Value), Hint: hint + ".", Team: true,
		})
		if u.ForKeepers {
			out[0].Message, out[0].Hint = fmt.Sprintf("the scope of %q permits the forbidden authentication method %s", u.ID.Value, m.Value), "Remove it from scope.auth_methods."
		}
	}
	if !offered {
		return out
	}
	for _, m := range u.Attr("authentication.methods").Items {
		if slices.Contains(vocab.ForbiddenAuth(), m.Text) && m.Text != u.AuthMethod.Value {
			out = append(out, subject.Fault{
				MaxSeverity: diag.Warning, Pos: u.ID.Pos, Related: []diag.Related{{Pos: m.Pos, Message: "the method"}}, Key: "offer:" + m.Text,
				Message: fmt.Sprintf("%q still offers the forbidden authentication method %s", u.ID.Value, m.Text),
				Hint:    "Make sure that your credentials do not use it. " + u.KeepersMust("ask the vendor to disable it."),
			})
		}
	}
	return out
}

// forbidden reports whether VG-AUT-002 reports a method, so that no other rule needs to.
func forbidden(u *subject.Subject, method string) bool {
	return slices.Contains(vocab.ForbiddenAuth(), method) && u.Policy.Rule(ForbiddenAuthentication).Levels[u.Tier] != diag.Off
}

func bestMethod(u *subject.Subject) string {
	approved := u.Vendor.AuthMethods()
	for _, m := range slices.Concat(vocab.ModernAuth(), vocab.StaticAuth()) {
		if approved.Has(m) {
			return m
		}
	}
	return ""
}
