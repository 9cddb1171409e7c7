package scalar_test

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"strconv"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/scalar"
)

// key is n characters that look random. The tokens below are put together at run time, so that no scanner of secrets
// takes this file for one that holds any.
func key(n int) string {
	return strings.Repeat("aB3xK9mQ2vL7tR5nZ8wY4cF6", 1+n/24)[:n]
}

func hexKey(n int) string {
	return strings.Repeat("0f1e2d3c4b5a69788796a5b4c3d2e1f0", 1+n/32)[:n]
}

func knownSecrets() map[string]string {
	userPass := base64.StdEncoding.EncodeToString([]byte("user:password"))
	return map[string]string{
		"Stripe live":       "sk_live_" + key(24),
		"Stripe restricted": "rk_live_" + key(24),
		"Stripe test":       "sk_test_" + key(99),
		"Stripe short":      "sk_live_" + key(8),
		"Stripe webhook":    "whsec_" + key(32),
		"GitHub classic":    "ghp_" + key(36),
		"GitHub OAuth":      "gho_" + key(36),
		"GitHub user":       "ghu_" + key(36),
		"GitHub server":     "ghs_" + key(36),
		"GitHub refresh":    "ghr_" + key(36),
		"GitHub fine":       "github_pat_" + key(22) + "_" + key(59),
		"AWS":               "AKIA" + strings.ToUpper(key(16)),
		"AWS session":       "ASIA" + strings.ToUpper(key(16)),
		"Slack bot":         "xoxb-" + "123456789012-" + key(24),
		"Slack user":        "xoxp-" + "123456789012-" + key(24),
		"Slack webhook":     "https://hooks.slack.com/services/T" + "0AAAAAAAA/B0AAAAAAAA/" + key(24),
		"Google":            "AIza" + key(35),
		"SendGrid":          "SG." + key(22) + "." + key(43),
		"Twilio key":        "SK" + hexKey(32),
		"Twilio account":    "AC" + hexKey(32),
		"OpenAI":            "sk-" + key(48),
		"OpenAI project":    "sk-proj-" + key(40) + "_" + key(40),
		"DeepSeek":          "sk-" + hexKey(32),
		"Anthropic":         "sk-ant-" + "api03-" + key(90),
		"npm":               "npm_" + key(36),
		"GitLab":            "glpat-" + key(20),
		"DigitalOcean":      "dop_v1_" + hexKey(64),
		"Hugging Face":      "hf_" + key(34),
		"Shopify":           "shpat_" + hexKey(32),
		"PEM":               "-----BEGIN " + "RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA",
		"PEM short":         "-----BEGIN " + "PRIVATE KEY-----",
		"JWT":               "eyJ" + "hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0." + key(43),
		"Bearer":            "Bearer " + key(32),
		"bearer hex":        "bearer " + hexKey(40),
		"Basic":             "Basic " + userPass,
		"URL":               "https://user:" + "hunter2@api.calderwick.example/v1",
		"database URL":      "postgres://app:" + "p%40ss@db.internal:5432/app",
		"URL without user":  "redis://:" + "hunter2@cache.internal",
	}
}

func TestLooksSecretKnownShapes(t *testing.T) {
	t.Parallel()
	for name, s := range knownSecrets() {
		for _, in := range []string{
			s, "key=" + s, "the token is " + s + " and it is new", `{"k":"` + s + `"}`, "https://x.example/?token=" + s, "é" + s,
		} {
			if strings.Contains(s, "://") && strings.HasPrefix(in, "https://x") {
				continue
			}
			if !scalar.LooksSecret(in) {
				t.Errorf("%s: LooksSecret(%q) = false", name, in)
			}
		}
	}
}

func TestLooksSecretRandom(t *testing.T) {
	t.Parallel()
	for _, s := range []string{key(24), key(32), hexKey(32), hexKey(40), hexKey(64), hexKey(128)} {
		if !scalar.LooksSecret(s) {
			t.Errorf("LooksSecret(%q) = false", s)
		}
	}
	// The rule is a guess: hold it to a rate, on bytes that are the same in every run. What it misses has, for the
	// most part, fewer than three digits.
	const n = 2000
	for _, length := range []int{24, 32, 44, 64} {
		seen := 0
		for i := range n {
			sum := sha256.Sum256([]byte(strconv.Itoa(i)))
			more := sha256.Sum256(sum[:])
			token := base64.URLEncoding.EncodeToString(append(sum[:], more[:]...))[:length]
			if scalar.LooksSecret(token) {
				seen++
			}
		}
		if seen < n*70/100 || length >= 32 && seen < n*85/100 {
			t.Errorf("%d of %d random tokens of %d characters look secret", seen, n, length)
		}
	}
}

func innocent() []string {
	sum := sha256.Sum256([]byte("a file"))
	return []string{
		"", "stripe", "a team name", "sk_live_",
		"pkg:npm/%40calderwick/sdk",
		"pkg:golang/github.com/aws/aws-sdk-go-v2/service/S3Control2024",
		"https://api.calderwick.example/v3/payments?limit=100",
		"https://git@github.com/acme/checkout-web.git",
		"https://api.calderwick.example:8443/a:b@c",
		"ssh://git@github.com:22/acme/checkout",
		"https://hooks.slack.com/services/",
		"https://github.com/acme/Payments2024/blob/v1.2.3/SOC2-Report.pdf",
		"api.eu-west-1.calderwick.example",
		"CALDERWICK_PAYMENTS_API_KEY_2026",
		"STRIPE_SECRET_KEY_FOR_PRODUCTION",
		"oauth2-authorization-code-pkce", "oauth2-client-credentials",
		"internal/payments", "internal/payments/Gateway2/Client3",
		"docs/SOC2-2026-TypeII-Report",
		"MSA-2026-Calderwick-Payments-v3",
		"OAuth2ClientCredentialsGrant2026",
		"PaymentIntentCreateParamsV20260401",
		"2026-11-23", "2026-11-23T08:00:00Z", "2025-10-01/2026-09-30",
		"v1.2.3-rc.1+build.20261123",
		"1.0.0-20260102150405-0123456789ab",
		">=1.2.3 <2.0.0 || 3.x",
		"team-checkout@acme.example",
		"@acme/platform-security-reviewers",
		"Charge customer cards at checkout; refunds go through the back office.",
		"Bearer tokens are short-lived and Basic authentication is refused",
		"Bearer oauth2-client-credentials-2026-11-23",
		"Basic authentication with TLS 1.3",
		"risk-assessment-2026-11-23-for-Calderwick",
		"task-A1-b2-C3-d4-release-notes-final",
		"sk-learn-based-anomaly-detection-service",
		"glpat-rotation-policy-document",
		"github_pat_rotation_interval_days",
		"npm_config_registry_for_everyone_at_acme",
		"hf_transformers_inference_endpoint_for_acme",
		"ckl_(live|test)_[0-9A-Za-z]{32}",
		"sk_live_[0-9a-zA-Z]{24,99}",
		"^(sk|rk)_(live|test)_[0-9A-Za-z]{24,}$",
		"ghp_[A-Za-z0-9]{36}",
		"AKIA[0-9A-Z]{16}",
		"AIza[0-9A-Za-z_-]{35}",
		"xox[abpors]-[0-9A-Za-z-]{10,}",
		`eyJ[\w-]+\.[\w-]+\.[\w-]+`,
		`SG\.[\w-]{22}\.[\w-]{43}`,
		"-----BEGIN [A-Z ]+-----",
		"7d4e2f7a-3f0a-4f0e-9a53-1d0c4f5f2b11",
		"7D4E2F7A-3F0A-4F0E-9A53-1D0C4F5F2B11",
		"urn:uuid:7d4e2f7a-3f0a-4f0e-9a53-1d0c4f5f2b11",
		"sha256:" + hex.EncodeToString(sum[:]),
		"9999CALDERWICKPAY098", "DE89370400440532013000",
		"00000000000000000000000000000000",
		"ACCOUNTING" + strings.Repeat("a", 24),
		"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "--------------------------------",
		"арі.stripe.com для платежей и возвратов",
		"CN=Calderwick Root CA R3,O=Calderwick",
		"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
		"EU-US Data Privacy Framework (2023/1795)",
	}
}

func TestLooksSecretInnocent(t *testing.T) {
	t.Parallel()
	for _, s := range innocent() {
		if scalar.LooksSecret(s) {
			t.Errorf("LooksSecret(%q) = true", s)
		}
	}
}

func BenchmarkLooksSecret(b *testing.B) {
	for _, bb := range []struct{ name, s string }{
		{"short", "tier-1"},
		{"id", "oauth2-authorization-code-pkce"},
		{"url", "https://api.calderwick.example/v3/payments?limit=100"},
		{"prose", "Charge customer cards at checkout; refunds go through the back office."},
		{"random", key(48)},
		{"found", "the token is sk_live_" + key(24)},
		{"worst/64KB", strings.Repeat("sk-Sk-", 11_000)},
		{"urls/64KB", strings.Repeat("http://a@", 7_000)},
	} {
		b.Run(bb.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(bb.s)))
			for b.Loop() {
				scalar.LooksSecret(bb.s)
			}
		})
	}
}
