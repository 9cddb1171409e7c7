package detect_test

import (
	"runtime"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/effort"
)

// The work on a file that is made to be slow grows with its size, and not with the square of it. It is counted in bytes of
// memory, because most of what looks around a name makes a text of what it sees. How far it may look is tested in search.
func TestBombs(t *testing.T) { //nolint:paralleltest // counts what the process allocates
	effort.Alone(t)
	const size, times = 1 << 13, 4
	units := []string{
		".", "a.", ".a", "_", "A_", "STRIPE_", "STRIPE_KEY ", "://", "https://", "https://a.b/", "https://api.stripe.com ", "'https://api.stripe.com/v1',",
		"\"api.stripe.com\"\n", "see https://api.stripe.com\n", "<a href=\"https://api.stripe.com\">", "https://x@", "@api.stripe.com", "https://${x}.zendesk.com",
		"import ", "import a, ", "import (\n", "from a import ", "import {from, ", "export * from 'stripe';", "use \\Stripe\\", "Stripe::", "uses: a/b\n",
		"servers:\n", "\"servers\": [{\"url\": \"https://api.stripe.com\"}],", "openapi: 3\nservers:\n- url: https://api.stripe.com\n", "provider \"stripe\" {\n",
		"source = \"a/stripe\"\n", "required_providers { source = \"a/b\" ", "{\"url\": \"https://api.stripe.com\",", "a: https://api.stripe.com\n", "  - a: https://api.stripe.com\n",
		"process.env.STRIPE_KEY;", "const { STRIPE_KEY, ", "baseURL: 'https://api.stripe.com'\n", "gem 'stripe'\n", "\n[a]\nurl = https://api.stripe.com\n", "host: a.b\n",
		"import OpenAI from 'openai';new OpenAI({baseURL: 'https://api.deepseek.com/v1'});", "import openai\nopenai.x.base_url = 'https://api.deepseek.com'\n",
		"import openai\nc = f({[(openai.A(base_url='https://api.deepseek.com'\n", "import 'dropbox'\n", "enabled: true\na: https://api.stripe.com\n",
		"get(x, 'https://stripe.com/x', ", "env(get(", "aws ;", "aws s3 cp x y\n", "stripe_key: x\n", "  stripe:\n    key: x\n", "key:\n", " -token/", "resource \"aws_s3_x\" \"y\" {\n", "AWS::S3::Bucket ",
		"\"Effect\": \"Allow\", \"Action\": \"s3:Put\",", "s3.${x}.amazonaws.com ", "https://www.google.com/recaptcha/x ", "'a-b',",
	}
	c := catalogue()
	for i, name := range []string{"a.js", "a.py", "a.go", "a.php", "a.rb", "a.yaml", "a.json", "a.toml", "a.tf", "a.html", "a.sh", "a.config.js"} {
		for j, unit := range units {
			if !effort.Takes(i+j, 3) {
				continue
			}
			small := allocated(t, c, name, strings.Repeat(unit, size/len(unit)))
			large := allocated(t, c, name, strings.Repeat(unit, times*size/len(unit)))
			if large > times*small*3/2 {
				t.Errorf("Scan(%s) of %q many times allocates %d bytes, and %d for %d times as many", name, unit, small, large, times)
			}
		}
	}
}

// allocated is what a scan of a file allocates, in bytes.
func allocated(t *testing.T, c *detect.Catalogue, name, text string) uint64 {
	t.Helper()
	tree := memory{name: text}.fs()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	if _, err := detect.Scan(tree, c, detect.Options{}); err != nil {
		t.Fatal(err)
	}
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}
