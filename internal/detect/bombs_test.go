package detect_test

import (
	"strings"
	"testing"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// A file that is made to be slow is not.
func TestBombs(t *testing.T) { //nolint:paralleltest // measures time
	units := []string{
		".", "a.", ".a", "_", "A_", "STRIPE_", "STRIPE_KEY ", "://", "https://", "https://a.b/", "https://api.stripe.com ", "'https://api.stripe.com/v1',",
		"\"api.stripe.com\"\n", "see https://api.stripe.com\n", "<a href=\"https://api.stripe.com\">", "https://x@", "@api.stripe.com", "https://${x}.zendesk.com",
		"import ", "import a, ", "import (\n", "from a import ", "import {from, ", "export * from 'stripe';", "use \\Stripe\\", "Stripe::", "uses: a/b\n",
		"servers:\n", "\"servers\": [{\"url\": \"https://api.stripe.com\"}],", "openapi: 3\nservers:\n- url: https://api.stripe.com\n", "provider \"stripe\" {\n",
		"source = \"a/stripe\"\n", "required_providers { source = \"a/b\" ", "{\"url\": \"https://api.stripe.com\",", "a: https://api.stripe.com\n", "  - a: https://api.stripe.com\n",
		"process.env.STRIPE_KEY;", "const { STRIPE_KEY, ", "baseURL: 'https://api.stripe.com'\n", "gem 'stripe'\n", "\n[a]\nurl = https://api.stripe.com\n", "host: a.b\n", "enabled: true\na: https://api.stripe.com\n",
	}
	for _, name := range []string{"a.js", "a.py", "a.go", "a.php", "a.rb", "a.yaml", "a.json", "a.toml", "a.tf", "a.html"} {
		for _, unit := range units {
			text := strings.Repeat(unit, bombSize/len(unit))
			start := time.Now()
			if _, err := detect.Scan(memory{name: text}.fs(), catalogue(), detect.Options{}); err != nil {
				t.Fatal(err)
			}
			if took := time.Since(start); took > bombTime {
				t.Errorf("Scan(%s) takes %v for many times %q", name, took, unit)
			}
		}
	}
}
