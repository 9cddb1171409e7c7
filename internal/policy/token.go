package policy

import (
	"fmt"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// longLivedTokens: VG-AUT-003. What the vendor does not offer needs no limit: a vendor without OAuth has no tokens, one
// without static keys no keys. A key that never ends is as good as one that does if it can be rotated with overlap.
func longLivedTokens(u *use) []fault {
	w := u.wants("VG-AUT-003")
	methods := u.get("authentication.methods")
	if methods.Known() && slices.ContainsFunc(methods.Texts(), issuesTokens) {
		w.atMost("authentication.access_token_max_lifetime", "access_token_lifetime", "access tokens live")
	}
	if methods.Has("oauth2-authorization-code-pkce") || methods.Has("oidc") {
		w.yes("authentication.refresh_rotation", "refresh tokens are not replaced at each use")
	}
	w.keys(methods)
	w.revocation()
	if limit, set := u.limit("access_token_lifetime"); set {
		if own := u.Get("token_lifetime"); own.Known() && over(own, limit.Value) {
			w.lacking = append(w.lacking, fmt.Sprintf("this repository uses tokens for %s (at most %s)", own.Span.Words(), limit.Value.Words()))
			w.related = append(w.related, diag.Related{Pos: own.Pos, Message: "what the manifest says"}, diag.Related{Pos: limit.Pos, Message: "the policy's limit"})
		}
	}
	return append(w.fault(u.subject("the credentials"), "Set an end in the vendor's console where you can, or ask "+u.policy.owner()+"."), u.unboundTokens()...)
}

func issuesTokens(method string) bool {
	return strings.HasPrefix(method, "oauth2-") || method == "oidc"
}

// keys wants static credentials to end, or to be replaceable without an outage.
func (w *wants) keys(methods *attr.Value) {
	const age, overlap = "authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"
	limit, set := w.u.limit("static_key_max_age")
	have := w.u.get(age)
	static := methods.Has("api-key-query") || slices.ContainsFunc(vocab.StaticAuth(), methods.Has)
	if !set || !static && !have.Known() || w.u.get(overlap).True() {
		return
	}
	if v, ok := w.claim(age); ok && over(v, limit.Value) {
		if _, known := w.claim(overlap); known {
			w.limited(age, limit.Pos, "keys live %s and cannot be replaced without an outage (at most %s)", length(v), limit.Value.Words())
		}
	}
}

// revocation wants credentials to be revocable in time, for uses that matter.
func (w *wants) revocation() {
	if w.u.tier > 2 {
		return
	}
	w.yes("authentication.revocation.supported", "they cannot be revoked")
	if !w.u.get("authentication.revocation.supported").False() {
		w.atMost("authentication.revocation.max_propagation", "revocation_within", "a revocation takes")
	}
}

// unboundTokens warns of tokens that whoever steals them can use, where the data is worth stealing.
func (u *use) unboundTokens() []fault {
	class := u.sends("cardholder", "health", "financial")
	if class == "" {
		return nil
	}
	w := u.wants("VG-AUT-003")
	if v, ok := w.claim("authentication.sender_constrained"); ok && !v.Has("mtls") && !v.Has("dpop") {
		w.lack("authentication.sender_constrained", "they are bound to no client, and this use has %s data", class)
	}
	return capped(diag.Warning, "unbound", w.fault(u.subject("the tokens"), u.team("asks for mutual TLS or DPoP.")))
}

// secretTooOld: VG-AUT-004: the age that the manifest sets itself, but never more than the policy's.
func secretTooOld(u *use) []fault {
	var out []fault
	for _, secret := range u.Get("secrets").Records {
		name, rotated, age := secret.Get("name"), secret.Get("rotated_on"), u.policy.Params.period("static_key_max_age", u.tier)
		if own := secret.Get("max_age"); own.Known() && own.Span.Compare(age.Value) < 0 {
			age = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
		}
		if !rotated.Known() {
			continue
		}
		d := u.deadline(rotated.Day.Plus(age.Value), "warn_before_secret_end")
		f := fault{
			pos: rotated.Pos, key: name.Text, day: d, related: []diag.Related{{Pos: age.Pos, Message: "the age that it may reach"}},
			hint: "Rotate it, and write the day into rotated_on.",
		}
		switch {
		case rotated.Day.After(u.today.Day):
			f.message = fmt.Sprintf("secret %q was rotated on %s, which lies in the future", name.Text, rotated.Text)
		case d.past:
			f.lapsed = true
			f.message = fmt.Sprintf("secret %q is %d days old; it was to be rotated by %s", name.Text, rotated.Day.DaysUntil(u.today.Day), d.Date)
		case d.near:
			f.most = diag.Warning
			f.message = fmt.Sprintf("secret %q is to be rotated by %s (%s)", name.Text, d.Date, d.ago())
		default:
			continue
		}
		out = append(out, f)
	}
	return out
}
