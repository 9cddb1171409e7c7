package rules

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// longLivedTokens implements VG-AUT-003. It limits only what the vendor offers: tokens if it offers OAuth, keys if it offers
// static keys. A key that never expires is fine if it can be rotated with overlap.
func longLivedTokens(u *Subject) []Fault {
	w := u.shortfalls(LongLivedTokens)
	methods := u.Attr("authentication.methods")
	if methods.Known() && slices.ContainsFunc(methods.Texts(), issuesTokens) {
		w.requireAtMost("authentication.access_token_max_lifetime", "access_token_lifetime", "access tokens live")
	}
	if methods.Has("oauth2-authorization-code-pkce") || methods.Has("oidc") {
		w.requireTrue("authentication.refresh_rotation", "refresh tokens are not rotated")
	}
	w.requireKeyExpiry(methods)
	w.requireRevocation()
	if limit, set := u.Limit("access_token_lifetime"); set {
		if own := u.Get("token_lifetime"); own.Known() && over(own, limit.Value) {
			w.reasons = append(w.reasons, fmt.Sprintf("this repository uses tokens for %s (at most %s)", own.Span.Words(), limit.Value.Words()))
			w.related = append(w.related, diag.Related{Pos: own.Pos, Message: "in the manifest"}, diag.Related{Pos: limit.Pos, Message: "the policy's limit"})
		}
	}
	return append(w.fault(u.about("the credentials of %q do not meet the policy"), "Set an expiry in the vendor's console if you can, or ask "+u.Policy.Owner()+"."), u.unboundTokens()...)
}

func issuesTokens(method string) bool {
	return strings.HasPrefix(method, "oauth2-") || method == "oidc"
}

// requireKeyExpiry requires static credentials to expire, or to be replaceable without an outage.
func (w *shortfalls) requireKeyExpiry(methods *attr.Value) {
	const age, overlap = "authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"
	limit, set := w.u.Limit("static_key_max_age")
	have := w.u.Attr(age)
	static := methods.Has("api-key-query") || slices.ContainsFunc(vocab.StaticAuth(), methods.Has)
	if !set || !static && !have.Known() || w.u.Attr(overlap).True() {
		return
	}
	if v, ok := w.claim(age); ok && over(v, limit.Value) {
		if _, known := w.claim(overlap); known {
			w.addLimit(age, limit.Pos, "keys live %s and cannot be replaced without an outage (at most %s)", length(v), limit.Value.Words())
		}
	}
}

// requireRevocation requires credentials to be revocable in time, at tiers 1 and 2.
func (w *shortfalls) requireRevocation() {
	if w.u.Tier > 2 {
		return
	}
	w.requireTrue("authentication.revocation.supported", "credentials cannot be revoked")
	if !w.u.Attr("authentication.revocation.supported").False() {
		w.requireAtMost("authentication.revocation.max_propagation", "revocation_within", "revocation takes")
	}
}

// unboundTokens warns of tokens that a thief could use, if the use has sensitive data.
func (u *Subject) unboundTokens() []Fault {
	class := u.Sends("cardholder", "health", "financial")
	if class == "" {
		return nil
	}
	w := u.shortfalls(LongLivedTokens)
	if v, ok := w.claim("authentication.sender_constrained"); ok && !v.Has("mtls") && !v.Has("dpop") {
		w.add("authentication.sender_constrained", "they are not bound to a client, and this use has %s data", class)
	}
	return withLimit(diag.Warning, "unbound", w.fault(u.about("the tokens of %q do not meet the policy"), u.ownerMust("ask the vendor for mutual TLS or DPoP.")))
}

// rotationsDue returns the days by which the secrets of the manifest must be rotated. The manifest can shorten the maximum age of
// the policy but not extend it.
func rotationsDue(u *Subject) []Deadline {
	var out []Deadline
	for _, secret := range u.Get("secrets").Records {
		name, rotated := secret.Get("name").Text, secret.Get("rotated_on")
		if !rotated.Known() {
			continue
		}
		out = append(out, Deadline{
			LastDay: u.LastDay(rotated.Day.Plus(u.secretAge(secret).Value), "warn_before_secret_end"), Rule: SecretTooOld, Kind: inventory.Secret, Item: name,
			Path: "secrets[" + name + "].rotated_on", At: rotated, What: fmt.Sprintf("the secret %q", name), Who: u.Owner.Value, Do: "Rotate the secret and set rotated_on in the manifest.",
		})
	}
	return out
}

// secretAge returns the maximum age of a secret.
func (u *Subject) secretAge(secret *attr.Record) diag.At[scalar.Period] {
	age := u.Policy.Params.Period("static_key_max_age", u.Tier)
	if own := secret.Get("max_age"); own.Known() && own.Span.Compare(age.Value) < 0 {
		age = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	return age
}

// secretTooOld implements VG-AUT-004.
func secretTooOld(u *Subject) []Fault {
	var out []Fault
	due := rotationsDue(u)
	for _, secret := range u.Get("secrets").Records {
		i := slices.IndexFunc(due, func(d Deadline) bool { return d.At == secret.Get("rotated_on") })
		if i < 0 {
			continue
		}
		d, rotated, name := due[i].LastDay, due[i].At, due[i].Item
		f := Fault{
			Pos: rotated.Pos, Key: name, Day: d, Related: []diag.Related{{Pos: u.secretAge(secret).Pos, Message: "its maximum age"}}, Hint: due[i].Do,
		}
		switch {
		case rotated.Day.After(u.Today.Day):
			f.Message = fmt.Sprintf("secret %q was rotated on %s, which is in the future", name, rotated.Text)
			f.Hint = "Correct rotated_on in the manifest."
		case d.Past:
			f.Lapsed = true
			f.Message = fmt.Sprintf("secret %q is %d days old; it was due for rotation by %s", name, rotated.Day.DaysUntil(u.Today.Day), d.Date)
		case d.Near:
			f.MaxSeverity = diag.Warning
			f.Message = fmt.Sprintf("secret %q is due for rotation by %s (%s)", name, d.Date, d.Ago())
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}

// tokenQuestions returns the answers that VG-AUT-003 accepts.
func tokenQuestions(p *policy.Policy, tier int) []Question {
	return []Question{
		{Path: "authentication.sender_constrained", Accepted: "mtls or dpop"},
		{Path: "authentication.revocation.supported", Accepted: "true"},
		{Path: "authentication.revocation.max_propagation", Accepted: atMost(p, tier, "revocation_within")},
	}
}

// atMost formats a limit of the policy.
func atMost(p *policy.Policy, tier int, param string) string {
	return "at most " + p.Params.Period(param, tier).Value.Words()
}
