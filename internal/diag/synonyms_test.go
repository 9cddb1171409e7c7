package diag_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/vocab"
)

// What people write for a value is found, in any list that has the value, and in no other.
func TestUsualWords(t *testing.T) {
	t.Parallel()
	classes := []string{}
	for _, c := range vocab.DataClasses() {
		classes = append(classes, c.Name)
	}
	for _, test := range []struct {
		choices []string
		words   map[string]string
	}{
		{vocab.AuthMethods(), map[string]string{
			"api-key-header": "api_key API-Key apikey ApiKey X-API-Key key api_key_header", "oauth2-client-credentials": "oauth OAuth2 oauth2.0 client_credentials m2m",
			"http-bearer-static": "bearer Bearer token PAT", "http-basic": "basic Basic basic_auth", "oidc": "openid OpenID-Connect", "mtls": "mTLS mutual_tls client-cert",
			"oauth2-authorization-code-pkce": "pkce authorization_code", "hmac-signature": "hmac sigv4", "workload-identity": "iam irsa", "oauth2-jwt-bearer": "jwt",
		}},
		{[]string{"1.0", "1.1", "1.2", "1.3"}, map[string]string{"1.2": "TLSv1.2 tls12 TLS1.2 tls-1.2 TLS_1_2 tlsv1_2", "1.3": "TLS1.3 TLSv13", "1.0": "tls10", "": "ssl SSLv3 aes256 tls tls2 tls1.4"}},
		{vocab.Environments(), map[string]string{"prod": "production PRD live", "staging": "stg uat preview", "dev": "development local", "test": "qa testing", "sandbox": "sbx sandboxes"}},
		{classes, map[string]string{"personal": "pii GDPR contact", "cardholder": "pci PAN", "health": "phi", "financial": "iban bank", "source-code": "code", "credentials": "secrets", "customer-content": "ugc"}},
		{[]string{"soc1-type1", "soc1-type2", "soc2-type1", "soc2-type2"}, map[string]string{"soc2-type2": "SOC2 SOC-2-Type-II soc2_type_2 soc2-type-II", "soc2-type1": "SOC-2-Type-I soc2-type-1", "soc1-type2": "SOC-1-Type-II"}},
		{[]string{"saml2", "oidc"}, map[string]string{"saml2": "saml SAML-2.0", "oidc": "openid"}},
		{[]string{"hmac-sha256", "ed25519", "none"}, map[string]string{"hmac-sha256": "hmac sha256"}},
		{[]string{"id", "purpose", "owner", "environments", "endpoints", "auth_method", "data", "sdks"}, map[string]string{"endpoints": "urls url hosts host base_url", "environments": "env", "owner": "team", "auth_method": "auth authentication", "data": "data_classes classes", "sdks": "packages"}},
	} {
		for want, words := range test.words {
			for word := range strings.FieldsSeq(words) {
				if got := diag.Nearest(word, test.choices); got != want {
					t.Errorf("Nearest(%q, %q): got %q, want %q", word, test.choices, got, want)
				}
				if got := diag.Synonym(word, []string{"unrelated"}); got != "" {
					t.Errorf("Synonym(%q): got %q of another list", word, got)
				}
				if slices.Contains(vocab.ForbiddenAuth(), want) {
					t.Errorf("%q is said to mean %q, which every policy refuses", word, want)
				}
			}
		}
	}
}
