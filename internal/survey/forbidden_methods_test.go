package survey_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
	"github.com/vendorgate/vendorgate/internal/rules"
)

// Where every way to authenticate that a record allows is forbidden, lint has an error, as each use has that names one of them. A check and the
// evidence say the same of what a use does not state.
func TestForbiddenMethodsAlike(t *testing.T) {
	t.Parallel()
	forbidden := func(method string) bool {
		return slices.Contains([]string{"api-key-query", "oauth2-implicit", "oauth2-password", "none"}, method)
	}
	for _, preset := range []string{"vendorgate/essentials@1", "vendorgate/standard@1"} {
		for _, offered := range []string{"", "mtls", "mtls, none", "api-key-query", "none", "oauth2-implicit, oauth2-password"} {
			for _, scope := range []string{"", "mtls", "mtls, api-key-query", "api-key-query", "none"} {
				name := preset + ", offered [" + offered + "], scope [" + scope + "]"
				var pairs []string
				if offered != "" {
					pairs = append(pairs, "encryption:", "authentication: {methods: ["+offered+"]}\nencryption:")
				}
				if scope != "" {
					pairs = append(pairs, "scope:\n", "scope:\n  auth_methods: ["+scope+"]\n")
				}
				f := gatetest.World(t, pairs...).With(gatetest.Files{"registry/policy.yaml": gatetest.Extends(preset) + gatetest.AcmeApprovers}).Using(t, "data: [personal]", "data: [internal]")
				allowed := slices.DeleteFunc(strings.Split(cmp.Or(scope, offered), ", "), func(m string) bool { return m == "" })
				n := 0
				for _, method := range allowed {
					used := f.Using(t, "data: [internal]", "data: [internal]\n    auth_method: "+method)
					fails := slices.ContainsFunc(gatetest.Evaluate(t, used, gatetest.Today, gatetest.Repository).Findings, func(found diag.Finding) bool {
						return found.Rule == rules.ForbiddenAuthentication && found.Severity == diag.Error
					})
					if fails != forbidden(method) {
						t.Errorf("%s: a use of %s fails: %v", name, method, fails)
					}
					if fails {
						n++
					}
				}
				always := len(allowed) > 0 && n == len(allowed)
				widest := always || n > 0 && scope != "" // what is only offered is none of the organisation's choices
				in := gatetest.Input(t, f, gatetest.Today, gatetest.Repository)
				linted := lintedRules(in.Policy, &situation{day: in.AsOf}, "acme-pay", f["registry/vendors/acme-pay.yaml"])[rules.ForbiddenAuthentication]
				if (linted == diag.Error) != widest {
					t.Errorf("%s: lint says %s, want an error: %v", name, linted, widest)
				}
				evidence, asked := demandOf(t, proofOf(t, f, "acme-pay"), rules.ForbiddenAuthentication), gatetest.Evaluate(t, f, gatetest.Today, gatetest.Repository).Uses[0].Asked
				checked := asked[slices.IndexFunc(asked, func(a diag.Asked) bool { return a.Rule == rules.ForbiddenAuthentication })].Outcome
				if widest && evidence.Outcome != diag.Failed {
					t.Errorf("%s: the evidence says %s (%q)", name, evidence.Outcome, evidence.Why)
				}
				if evidence.Outcome != checked && (always || !widest) { // otherwise the evidence is about all ways, and a use chooses one
					t.Errorf("%s: the evidence says %s (%q), a check %s", name, evidence.Outcome, evidence.Why, checked)
				}
			}
		}
	}
}
