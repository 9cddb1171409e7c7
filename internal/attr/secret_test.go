package attr_test

import (
	"encoding/base64"
	"encoding/hex"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

const secretLine = "this value looks like a credential (it is not repeated here) | revoke it at the vendor, then write only the name of the secret here\n"

// tokens are credentials of many shapes, none of them real.
func tokens(random *rand.Rand) []string {
	const alnum = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	letters := func(n int, set string) string {
		out := make([]byte, n)
		for i := range out {
			out[i] = set[random.IntN(len(set))]
		}
		return string(out)
	}
	raw := []byte(letters(30, alnum))
	all := []string{
		"sk_" + "live_" + letters(24, alnum), "ghp_" + letters(36, alnum), "AKIA" + letters(16, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"),
		"xoxb-" + letters(12, "0123456789") + "-" + letters(24, alnum), "SG." + letters(22, alnum) + "." + letters(43, alnum),
		"whsec_" + letters(32, alnum), "AIza" + letters(35, alnum), "npm_" + letters(36, alnum), "glpat-" + letters(20, alnum) + "9",
		hex.EncodeToString(raw[:20]), "https://user:" + letters(12, alnum) + "@db.acme.example/x", "Bearer " + letters(40, alnum) + "a9B0c8",
		"Basic " + base64.StdEncoding.EncodeToString([]byte("me:"+letters(12, alnum))),
		"eyJ" + letters(20, alnum) + "." + letters(40, alnum) + "." + letters(40, alnum), "prefix sk-ant-" + letters(40, alnum) + "0 suffix",
	}
	return slices.DeleteFunc(all, func(s string) bool { return !scalar.LooksSecret(s) }) // chance may make one too dull
}

func TestSecretsByPlace(t *testing.T) {
	t.Parallel()
	const token = "ghp_0123456789abcdefABCDEF0123456789abcd"
	for _, test := range []struct{ name, text, want string }{
		{"value", "text: " + token + "\n", "f:1:7: "},
		{"value of another type", "int: " + token + "\n", "f:1:6: "},
		{"value of a raw", "raw: " + token + "\n", "f:1:6: "},
		{"deep in a raw", "raw: {a: [1, {b: " + token + "}]}\n", "f:1:18: "},
		{"key in a raw", "raw: {a: {" + token + ": 1}}\n", "f:1:11: "},
		{"item of a list", "words: [a, " + token + "]\n", "f:1:12: "},
		{"shorthand", "people: [" + token + "]\n", "f:1:10: "},
		{"key", token + ": 1\n", "f:1:1: "},
		{"key in a mapping", "claim: {" + token + ": 1}\n", "f:1:9: "},
		{"key of a free mapping", "roles: {" + token + ": [a]}\n", "f:1:9: "},
		{"key of a free mapping with fields", "classes: {" + token + ": {tier: 1}}\n", "f:1:11: "},
		{"name of a secret", "secret: " + token + "\n", "f:1:9: "},
		{"in a text", "text: the key is " + token + ", keep it\n", "f:1:7: "},
	} {
		record, problems := sample().Parse("f", []byte(test.text))
		if got, want := lines(problems), test.want+secretLine; got != want {
			t.Errorf("%s: Parse(%q): got %q, want %q", test.name, test.text, got, want)
		}
		if len(problems) == 1 && !problems[0].Secret {
			t.Errorf("%s: the problem does not say that it is about a secret", test.name)
		}
		if record.Get("text").Known() || record.Get("raw").Known() {
			t.Errorf("%s: the record holds the credential", test.name)
		}
	}
	for _, text := range []string{ // reported besides what is wrong with the place
		"id: [" + token + "]\n", "words: " + token + "\n", "words: {a: " + token + "}\n", "words: [{a: " + token + "}]\n", "claim: " + token + "\n",
		"people: " + token + "\n", "plain: [" + token + "]\n", "roles: [" + token + "]\n", "roles: {a: " + token + "}\n",
		"classes: {a: " + token + "}\n", "unknown: " + token + "\n", "unknown: {a: {" + token + ": 1}}\n", token + "\n", "- " + token + "\n",
	} {
		_, problems := sample().Parse("f", []byte(text))
		found := slices.ContainsFunc(problems, func(p diag.Problem) bool { return p.Secret })
		if out := lines(problems); !found || strings.Contains(out, token) {
			t.Errorf("Parse(%q): got %q, want the credential reported and not repeated", text, out)
		}
	}
}

// planted puts a token in the place of each scalar and each key of a document in turn.
func planted(text, token string) []string {
	var out []string
	for i := 0; ; i++ {
		at := strings.Index(text, "@@")
		if at < 0 {
			return out
		}
		rest := strings.ReplaceAll(text[at+2:], "@@", "")
		out = append(out, strings.ReplaceAll(text[:at], "@@", "")+"'"+token+"'"+skipWord(rest))
		text = text[:at] + text[at+2:]
	}
}

func skipWord(s string) string {
	if end := strings.IndexAny(s, " ,:]}\n"); end >= 0 {
		return s[end:]
	}
	return ""
}

// No credential, wherever it stands, comes back in a message or a hint, and none goes unreported.
func TestSecretsNeverRepeated(t *testing.T) {
	t.Parallel()
	documents := []struct {
		table *attr.Table
		text  string
	}{
		{sample(), "@@text: @@a\n@@id: @@a\n@@word: @@a\n@@level: @@low\n@@wide: @@one\n@@yes: @@true\n@@int: @@1\n@@number: @@1\n@@date: @@x\n@@period: @@x\n@@url: @@x\n@@endpoint: @@x\n@@host: @@x\n@@purl: @@x\n@@country: @@x\n@@lei: @@x\n@@zone: @@x\n@@glob: @@x\n@@regexp: @@x\n@@secret: @@x\n" +
			"@@raw: {@@a: [@@b, {@@c: @@d}]}\n@@words: [@@a, @@b]\n@@levels: [@@low]\n@@claim: {@@yes: @@unknown, @@rotation: @@n/a, @@life: @@null, @@age: @@never, @@methods: [@@oidc], @@deep: {@@inner: @@x}, @@odd: {@@a: @@b}}\n" +
			"@@people: [@@a, {@@user: @@a, @@phones: [{@@number: @@x}, @@y], @@home: {@@country: @@IE}}, [@@b]]\n@@plain: {@@a: @@b}\n@@roles: {@@x: [@@a], @@y: @@b}\n@@classes: {@@z: {@@tier: @@1, @@odd: @@2}}\n"},
		{manifest.Table(), "@@apiVersion: @@vendorgate/v1\n@@kind: @@VendorManifest\n@@owner: @@a\n@@vendors: [{@@id: @@a, @@purpose: @@b, @@environments: [@@prod], @@data: [@@none, {@@class: @@x, @@name: @@y}], @@endpoints: [@@x], @@secrets: [@@A, {@@name: @@B, @@value: @@C}], @@api: {@@version: @@1}, @@resilience: {@@budget: {@@p95_ms: @@1}}}]\n@@ignore: [{@@host: @@x, @@reason: @@y}]\n"},
		{record.Table(), "@@id: @@a\n@@provider: {@@identifiers: {@@lei: @@x}}\n@@apis: [{@@id: @@core, @@versions: [{@@id: @@1, @@status: @@current}]}]\n@@approval: {@@approved_by: [{@@user: @@a, @@role: @@b}]}\n@@detect: {@@token_patterns: [@@x]}\n@@links: {@@docs: @@x}\n"},
		{registry.WaiverTable(), "@@id: @@W\n@@vendor: @@a\n@@repos: [@@x]\n@@rules: [@@x]\n@@reason: @@x\n@@approved_by: [{@@user: @@x}]\n"},
		{policy.Table(), "@@id: @@a\n@@params: {@@approval_max_term: {@@tier-1: @@P1Y}}\n@@rules: {@@VG-APR-001: {@@severity: @@error}}\n@@approvers: {@@x: [@@y]}\n@@requirements: [{@@id: @@X, @@attr: @@a.b, @@in: [@@x], @@when: {@@tier: @@1}, @@any_of: [{@@eq: @@x}]}]\n"},
	}
	random := rand.New(rand.NewPCG(1, 2))
	for turn := range 4 {
		some := tokens(random)
		for _, d := range documents {
			for i, text := range planted(d.text, "@TOKEN@") {
				token := some[(i+turn)%len(some)]
				text = strings.Replace(text, "@TOKEN@", token, 1)
				_, problems := d.table.Parse("f", []byte(text))
				checkNoEcho(t, text, token, problems)
			}
		}
	}
}

func checkNoEcho(t *testing.T, text, token string, problems []diag.Problem) {
	t.Helper()
	found := false
	for _, p := range problems {
		found = found || p.Secret
		for i := 0; i+12 <= len(token); i += 6 {
			if part := token[i : i+12]; strings.Contains(p.Message+p.Hint, part) {
				t.Errorf("Parse(%q): %q repeats %q", text, line(p), part)
			}
		}
	}
	if !found {
		t.Errorf("Parse(%q): the credential is not reported; got\n%s", text, lines(problems))
	}
}
