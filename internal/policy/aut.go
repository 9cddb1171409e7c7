package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// control is one of the measures that together make a static key acceptable. Each is known to hold, known to fail, or
// unknown because of one or more of the attributes that it names.
type control struct {
	lacking string // as the message says it
	state   Outcome
	unknown []string
}

// weakAuthentication: VG-AUT-001. No modern method, and a static key lacks a compensating control. What is not known
// is asked for (VG-REG-005) and does not count as lacking.
func weakAuthentication(u *use) []fault {
	methods := u.get("authentication.methods")
	if !methods.Known() || slices.ContainsFunc(vocab.ModernAuth(), methods.Has) {
		return nil
	}
	if !methods.Has("api-key-query") && !slices.ContainsFunc(vocab.StaticAuth(), methods.Has) {
		return []fault{{
			pos: u.ID.Pos, related: []diag.Related{u.seen("authentication.methods", "the methods on offer")},
			message: fmt.Sprintf("%q offers no acceptable way to authenticate, only: %s", u.ID.Value, list(methods.Texts())),
			hint:    fmt.Sprintf("Nothing to change in this repository; %s asks the vendor or denies it.", u.policy.owner()),
		}}
	}
	var lacking []string
	for _, c := range u.staticKeyControls() {
		switch c.state {
		case Fails:
			lacking = append(lacking, c.lacking)
		case IsUnknown:
			for _, path := range c.unknown {
				if !u.get(path).Known() {
					u.ask(u.policy.rule("VG-AUT-001").pos, path)
				}
			}
		case Holds, Moot, NotAsked:
		}
	}
	if len(lacking) == 0 {
		return nil
	}
	return []fault{{
		pos: u.ID.Pos, related: []diag.Related{u.seen("authentication.methods", "the methods on offer")},
		message: fmt.Sprintf("%q offers no OAuth 2.0, OpenID Connect or mutual TLS, and its static keys %s", u.ID.Value, strings.Join(lacking, ", ")),
		hint:    fmt.Sprintf("Nothing to change in this repository; %s records the missing controls or denies the vendor.", u.policy.owner()),
	}}
}

func (u *use) staticKeyControls() []control {
	maxAge, within := u.policy.Params.period("static_key_max_age", u.tier), u.policy.Params.period("revocation_within", u.tier)
	age := u.get("authentication.client_credential.max_age")
	ageControl := control{lacking: fmt.Sprintf("neither end after %s nor rotate with overlap", maxAge.Value.Words()), unknown: []string{"authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"}}
	overlap := u.get("authentication.client_credential.overlap_rotation")
	switch {
	case age.Known() && age.Text != "never" && age.Span.Compare(maxAge.Value) <= 0, overlap.True():
		ageControl.state = Holds
	case age.Known() && overlap.Known():
		ageControl.state = Fails
	default:
		ageControl.state = IsUnknown
	}
	granularity := u.get("authentication.scopes.granularity")
	scoped := control{lacking: "cannot be scoped", unknown: []string{"authentication.scopes.granularity"}, state: IsUnknown}
	if granularity.Known() {
		scoped.state = Holds
		if granularity.Text == "none" {
			scoped.state = Fails
		}
	}
	supported, takes := u.get("authentication.revocation.supported"), u.get("authentication.revocation.max_propagation")
	revoked := control{lacking: fmt.Sprintf("are not revoked within %s", within.Value.Words()), unknown: []string{"authentication.revocation.supported", "authentication.revocation.max_propagation"}}
	switch {
	case supported.False(), takes.Known() && takes.Span.Compare(within.Value) > 0:
		revoked.state = Fails
	case supported.True() && takes.Known():
		revoked.state = Holds
	default:
		revoked.state = IsUnknown
	}
	return []control{
		scoped, ageControl, revoked,
		u.anyTrue("are shared between environments", "authentication.client_credential.per_environment"),
		u.anyTrue("have neither an IP allow-list nor leak detection", "authentication.client_credential.ip_allowlist", "authentication.secret_scanning_partner"),
	}
}

// anyTrue is a control that one of several yes/no attributes provides.
func (u *use) anyTrue(lacking string, paths ...string) control {
	c := control{lacking: lacking, state: Fails}
	for _, path := range paths {
		v := u.get(path)
		switch {
		case v.True():
			return control{lacking: lacking, state: Holds}
		case !v.Known():
			c.state = IsUnknown
			c.unknown = append(c.unknown, path)
		}
	}
	return c
}

// forbiddenAuthentication: VG-AUT-002: an error if this repository does it, a warning if the vendor merely offers it.
func forbiddenAuthentication(u *use) []fault {
	var out []fault
	if m := u.AuthMethod; slices.Contains(vocab.ForbiddenAuth(), m.Value) {
		best := u.bestMethod()
		hint := fmt.Sprintf("Switch to %s", best)
		if best == "" {
			hint = fmt.Sprintf("No acceptable method of %q is on record; ask %s", u.ID.Value, u.owners())
		}
		if docs := u.get("links.auth_docs"); docs.Known() {
			hint += ": " + docs.Text
		}
		out = append(out, fault{
			pos: m.Pos, related: []diag.Related{u.seen("authentication.methods", "the methods on offer")}, key: "use",
			message: fmt.Sprintf("this repository calls %q with %s", u.ID.Value, m.Value), hint: hint + ".",
		})
	}
	for _, m := range u.get("authentication.methods").Items {
		if slices.Contains(vocab.ForbiddenAuth(), m.Text) && m.Text != u.AuthMethod.Value {
			out = append(out, fault{
				most: diag.Warning, pos: u.ID.Pos, related: []diag.Related{{Pos: m.Pos, Message: "the method"}}, key: "offer:" + m.Text,
				message: fmt.Sprintf("%q still offers %s", u.ID.Value, m.Text),
				hint:    fmt.Sprintf("Make sure that no credential of yours works that way; %s asks the vendor to close it.", u.policy.owner()),
			})
		}
	}
	return out
}

// forbidden reports whether VG-AUT-002 speaks of a method, so that no other rule needs to.
func (u *use) forbidden(method string) bool {
	return slices.Contains(vocab.ForbiddenAuth(), method) && u.policy.rule("VG-AUT-002").Levels[u.tier] != diag.Off
}

func (u *use) bestMethod() string {
	approved := u.vendor.AuthMethods()
	for _, m := range slices.Concat(vocab.ModernAuth(), vocab.StaticAuth()) {
		if approved.Has(m) {
			return m
		}
	}
	return ""
}
