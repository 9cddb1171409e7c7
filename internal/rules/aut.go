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
	for _, c := range u.KeyControls() {
		switch c.State {
		case policy.Fails:
			missing = append(missing, c.Missing)
		case policy.IsUnknown:
			for _, path := range c.Unknown {
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

// forbiddenAuthentication implements VG-AUT-002: an error if this repository uses the method, or if the record allows no other, and a warning
// if the vendor only offers it.
func forbiddenAuthentication(u *subject.Subject) []subject.Fault {
	accepted := "none of " + strings.Join(vocab.ForbiddenAuth(), ", ")
	offered := u.InForce(WeakAuthentication) // otherwise a vendor that lists no methods would get no warning
	allowed := forbiddenAmong(u.Vendor.AuthMethods())
	every := u.AuthMethod.Value == "" && len(allowed) > 0 && len(allowed) == len(u.Vendor.AuthMethods().Items)
	switch {
	case u.AuthMethod.Value != "":
		u.WantsOf("auth_method: "+accepted, "")
	case !offered:
		u.Wants(accepted, "scope.auth_methods", "authentication.methods")
		if len(allowed) > 0 && !every {
			u.WantsOf("auth_method: "+accepted, "the record allows "+strings.Join(allowed, ", ")+" and others, and the use does not state auth_method")
		}
	}
	if offered {
		u.Wants(accepted, "authentication.methods")
	}
	out := forbiddenInUse(u)
	eachChosen := u.ForKeepers && u.Attr("scope.auth_methods").Known() // a widest use is judged with each method of the scope
	if every && !eachChosen {
		out = append(out, noneAllowed(u, allowed))
	}
	if !offered {
		return out
	}
	for _, m := range u.Attr("authentication.methods").Items {
		if slices.Contains(vocab.ForbiddenAuth(), m.Text) && m.Text != u.AuthMethod.Value && (!every || !slices.Contains(allowed, m.Text)) {
			out = append(out, subject.Fault{
				MaxSeverity: diag.Warning, Pos: u.ID.Pos, Related: []diag.Related{{Pos: m.Pos, Message: "the method"}}, Key: "offer:" + m.Text,
				Message: fmt.Sprintf("%q still offers the forbidden authentication method %s", u.ID.Value, m.Text),
				Hint:    "Make sure that your credentials do not use it. " + u.KeepersMust("ask the vendor to disable it."),
			})
		}
	}
	return out
}

// forbiddenInUse reports a forbidden method that the use states, or that a scope permits.
func forbiddenInUse(u *subject.Subject) []subject.Fault {
	m := u.AuthMethod
	if !slices.Contains(vocab.ForbiddenAuth(), m.Value) {
		return nil
	}
	best := bestMethod(u)
	hint := fmt.Sprintf("Switch to %s", best)
	if best == "" {
		hint = fmt.Sprintf("Ask %s for an acceptable method; the record of %q lists none", u.Owners(), u.ID.Value)
	}
	if docs := u.Attr("links.auth_docs"); docs.Known() {
		hint += " (see " + docs.Text + ")"
	}
	f := subject.Fault{
		Pos: m.Pos, Related: []diag.Related{u.RelatedTo("authentication.methods", "the methods that the vendor offers")}, Key: "use",
		Message: fmt.Sprintf("this repository authenticates to %q with the forbidden method %s", u.ID.Value, m.Value), Hint: hint + ".", Team: true,
	}
	if u.ForKeepers {
		f.Message, f.Hint = fmt.Sprintf("the scope of %q permits the forbidden authentication method %s", u.ID.Value, m.Value), "Remove it from scope.auth_methods."
	}
	return []subject.Fault{f}
}

// noneAllowed reports a record that allows nothing but forbidden methods, so that every use which states its own fails. One that states none
// gets a warning.
func noneAllowed(u *subject.Subject, allowed []string) subject.Fault {
	f := subject.Fault{
		MaxSeverity: diag.Warning, Pos: u.ID.Pos, Related: []diag.Related{{Pos: u.Vendor.AuthMethods().Pos, Message: "the methods that the record allows"}}, Key: "every",
		Message: fmt.Sprintf("every authentication method that the record of %q allows is forbidden: %s", u.ID.Value, subject.List(allowed)),
		Hint:    u.OwnerMust("ask the vendor for an acceptable method and record it in authentication.methods, or deny the vendor."),
	}
	if u.ForKeepers {
		f.MaxSeverity = diag.Off
	}
	return f
}

// forbiddenAmong returns the methods of a list that are forbidden.
func forbiddenAmong(methods *attr.Value) []string {
	return slices.DeleteFunc(methods.Texts(), func(m string) bool { return !slices.Contains(vocab.ForbiddenAuth(), m) })
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
