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
	"github.com/vendorgate/vendorgate/internal/subject"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// Rules about tokens, secrets and signatures.
const (
	LongLivedTokens = "VG-AUT-003" //nolint:gosec // the id of a rule
	SecretTooOld    = "VG-AUT-004" //nolint:gosec // the id of a rule
	UnsignedWebhook = "VG-AUT-005"
)

func tokenRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: LongLivedTokens, Title: "tokens or keys live too long", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    longLivedTokens,
		},
		{
			RuleInfo: policy.RuleInfo{ID: SecretTooOld, Title: "a secret is too old", Levels: tiered("EEWW"), Waivable: true, Optional: true},
			Judge:    secretTooOld, Deadlines: rotationsDue, Actor: Team, Public: AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: UnsignedWebhook, Title: "webhook calls are not signed, or their signature is not verified", Levels: tiered("EEW-"), Waivable: true, Optional: true},
			Judge:    unsignedWebhook, Actor: Team,
		},
	}
}

// longLivedTokens implements VG-AUT-003. It limits only what the vendor offers: tokens if it offers OAuth, keys if it offers
// static keys. A key that never expires is fine if it can be rotated with overlap.
func longLivedTokens(u *subject.Subject) []subject.Fault {
	w := u.Shortfalls(LongLivedTokens)
	methods := u.Attr("authentication.methods")
	if !methods.Known() {
		u.Wants("methods whose tokens and keys can be limited", "authentication.methods")
	}
	if methods.Known() && slices.ContainsFunc(methods.Texts(), issuesTokens) {
		w.RequireAtMost("authentication.access_token_max_lifetime", "access_token_lifetime", "access tokens live")
	}
	if methods.Has("oauth2-authorization-code-pkce") || methods.Has("oidc") {
		w.RequireTrue("authentication.refresh_rotation", "refresh tokens are not rotated")
	}
	requireKeyExpiry(w, methods)
	requireRevocation(w)
	var hints []string
	if len(w.Reasons) > 0 {
		hints = append(hints, "Set a shorter lifetime in the vendor's console if you can. "+u.KeepersMust("record it in %s, or ask the vendor for one.", u.Vendor.File))
	}
	if limit, set := u.Limit("access_token_lifetime"); set {
		if own := u.Get("token_lifetime"); own.Known() {
			u.WantsOf("token_lifetime: at most "+limit.Value.Words(), "")
		}
		if own := u.Get("token_lifetime"); own.Known() && subject.Over(own, limit.Value) {
			w.Reasons = append(w.Reasons, fmt.Sprintf("this repository uses tokens for %s (at most %s)", own.Span.Words(), limit.Value.Words()))
			w.Related = append(w.Related, diag.Related{Pos: own.Pos, Message: "in the manifest"}, diag.Related{Pos: limit.Pos, Message: "the policy's limit"})
			hints = append(hints, "Use tokens for a shorter time, and correct token_lifetime in the manifest.")
		}
	}
	return append(subject.ForTeam(w.Fault(u.About("the credentials of %q do not meet the policy"), strings.Join(hints, " "))), unboundTokens(u)...)
}

func issuesTokens(method string) bool {
	return strings.HasPrefix(method, "oauth2-") || method == "oidc"
}

// requireKeyExpiry requires static credentials to expire, or to be replaceable without an outage.
func requireKeyExpiry(w *subject.Shortfalls, methods *attr.Value) {
	const age, overlap = "authentication.client_credential.max_age", "authentication.client_credential.overlap_rotation"
	limit, set := w.Subject.Limit("static_key_max_age")
	static := methods.Has("api-key-query") || slices.ContainsFunc(vocab.StaticAuth(), methods.Has)
	if !set || !static {
		return
	}
	w.Subject.Wants("at most "+limit.Value.Words()+", or rotation with overlap", age, overlap)
	if w.Subject.Attr(overlap).True() {
		return
	}
	if v, ok := w.Claim(age); ok && subject.Over(v, limit.Value) {
		if _, known := w.Claim(overlap); known {
			w.AddLimit(age, limit.Pos, "keys live %s and cannot be replaced without an outage (at most %s)", subject.Length(v), limit.Value.Words())
		}
	}
}

// requireRevocation requires credentials to be revocable in time, at tiers 1 and 2.
func requireRevocation(w *subject.Shortfalls) {
	if w.Subject.Tier > 2 {
		return
	}
	w.RequireTrue("authentication.revocation.supported", "credentials cannot be revoked")
	if !w.Subject.Attr("authentication.revocation.supported").False() {
		w.RequireAtMost("authentication.revocation.max_propagation", "revocation_within", "revocation takes")
	}
}

// unboundTokens warns of tokens that a thief could use, if the use has sensitive data.
func unboundTokens(u *subject.Subject) []subject.Fault {
	class := u.Sends("cardholder", "health", "financial")
	if class == "" {
		return nil
	}
	w := u.Shortfalls(LongLivedTokens)
	u.Wants("mtls or dpop", "authentication.sender_constrained")
	if v, ok := w.Claim("authentication.sender_constrained"); ok && !v.Has("mtls") && !v.Has("dpop") {
		w.Add("authentication.sender_constrained", "they are not bound to a client, and this use has %s data", class)
	}
	return subject.WithLimit(diag.Warning, "unbound", w.Fault(u.About("the tokens of %q do not meet the policy"), u.OwnerMust("ask the vendor for mutual TLS or DPoP.")))
}

// rotationsDue returns the days by which the secrets of the manifest must be rotated. The manifest can shorten the maximum age of
// the policy but not extend it.
func rotationsDue(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, secret := range u.Get("secrets").Records {
		name, rotated := secret.Get("name").Text, secret.Get("rotated_on")
		if !rotated.Known() {
			continue
		}
		out = append(out, subject.Deadline{
			LastDay: u.LastDay(rotated.Day.Plus(secretAge(u, secret).Value), "warn_before_secret_end"), Rule: SecretTooOld, Kind: inventory.Secret, Item: name,
			Path: "secrets[" + name + "].rotated_on", At: rotated, What: fmt.Sprintf("the secret %q", name), Who: u.Owner.Value, Do: "Rotate the secret and set rotated_on in the manifest.",
		})
	}
	return out
}

// secretAge returns the maximum age of a secret.
func secretAge(u *subject.Subject, secret *attr.Record) diag.At[scalar.Period] {
	age := u.Policy.Params.Period("static_key_max_age", u.Tier)
	if own := secret.Get("max_age"); own.Known() && own.Span.Compare(age.Value) < 0 {
		age = diag.At[scalar.Period]{Value: own.Span, Pos: own.Pos}
	}
	return age
}

// secretTooOld implements VG-AUT-004.
func secretTooOld(u *subject.Subject) []subject.Fault {
	var out []subject.Fault
	due := rotationsDue(u)
	if len(u.Get("secrets").Records) == 0 {
		return u.NotAsked("the use names no secrets")
	}
	for _, secret := range u.Get("secrets").Records {
		unknown := ""
		if !secret.Get("rotated_on").Known() {
			unknown = "secrets[" + secret.Get("name").Text + "].rotated_on is unknown"
		}
		u.WantsOf("secrets["+secret.Get("name").Text+"].rotated_on: at most "+secretAge(u, secret).Value.Words()+" ago", unknown)
		i := slices.IndexFunc(due, func(d subject.Deadline) bool { return d.At == secret.Get("rotated_on") })
		if i < 0 {
			continue
		}
		d, rotated, name := due[i].LastDay, due[i].At, due[i].Item
		f := subject.Fault{
			Pos: rotated.Pos, Key: name, Day: d, Related: []diag.Related{{Pos: secretAge(u, secret).Pos, Message: "its maximum age"}}, Hint: due[i].Do,
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

// unsignedWebhook implements VG-AUT-005. It skips uses that receive no webhooks.
func unsignedWebhook(u *subject.Subject) []subject.Fault {
	if u.Get("webhooks.receives").False() {
		return u.NotAsked("the use receives no webhooks")
	}
	w := u.Shortfalls(UnsignedWebhook)
	const path = "authentication.webhooks.signature"
	u.Wants("hmac-sha256, ed25519 or http-message-signatures; n/a if there are no webhooks", path)
	hint := "Verify the signature of every call, and set webhooks.verifies_signature in the manifest."
	verifies, received := u.Get("webhooks.verifies_signature"), u.Get("webhooks.receives")
	if at := u.Get("webhooks.path"); at.Known() {
		received = at
	}
	signature, known := w.Claim(path)
	switch {
	case verifies.False():
		w.Reasons = append(w.Reasons, "this repository does not verify the signature")
		w.Related = append(w.Related, diag.Related{Pos: verifies.Pos, Message: "in the manifest"})
	case received.Known() && !verifies.Known() && verifies.State != attr.Invalid && signature.Text != "none":
		w.Reasons = append(w.Reasons, "the manifest does not say whether this repository verifies the signature")
		w.Related = append(w.Related, diag.Related{Pos: received.Pos, Message: "in the manifest"})
	}
	if known && signature.Text == "none" {
		w.Add(path, "the vendor does not sign them")
		hint = "Fetch each event from the API before you act on it. If you receive none, set `webhooks: {receives: false}` in the manifest. " +
			u.KeepersMust("ask the vendor for signatures and record them in %s.", u.Vendor.File)
	}
	return w.Fault(u.About("webhook calls of %q can be forged"), hint)
}
