package detect_test

import (
	"flag"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	vendorgate "github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/detect"
)

var update = flag.Bool("update", false, "write what scans of the trees in testdata find into them")

// The embedded registry is read in a fork, too, and an embedded registry without records is an error.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	fast, err := detect.Embedded(vendorgate.Registry)
	if err != nil {
		t.Fatal(err)
	}
	stripe := slices.IndexFunc(fast, func(e detect.Entry) bool { return e.ID == "stripe" })
	if stripe < 0 || !slices.Contains(fast[stripe].API, "api.stripe.com") || !slices.Contains(fast[stripe].SDKs, "pkg:npm/%40stripe/stripe-js") {
		t.Fatalf("Embedded() has no Stripe as it should be: %+v", fast)
	}
	fork := fstest.MapFS{"vendors/acme.yaml": {Data: []byte(record("acme", "api_hosts: [api.acme.example]\n"))}}
	slow, err := detect.Embedded(fork)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]detect.Entry{{ID: "acme", API: []string{"api.acme.example"}}}, slow); diff != "" {
		t.Errorf("Embedded(a fork) (-want +got):\n%s", diff)
	}
	if _, err := detect.Embedded(fstest.MapFS{}); err == nil {
		t.Error("Embedded(nothing): no error")
	}
}

// A namespace that a catalogue's package shares with half of the world is no use of the vendor.
func TestEmbeddedNamespaces(t *testing.T) {
	t.Parallel()
	tree := memory{
		"a/pom.xml":            "<project><dependencies><dependency><groupId>org.springframework.cloud</groupId><artifactId>spring-cloud-starter</artifactId></dependency></dependencies></project>",
		"a/A.java":             "import org.springframework.cloud.client.discovery.EnableDiscoveryClient;\nimport io.quarkus.runtime.Startup;\nimport com.jcabi.aspects.Tv;\nimport io.micrometer.core.Meter;\n",
		"a/B.scala":            "import com.twitter.util.Future\nimport org.springframework.ai.chat.Model\n",
		"b/src/Order.php":      "<?php\nnamespace Shop;\nuse Checkout\\Order;\n",
		"c/App.swift":          "import Analytics\n",
		"d/App.cs":             "using Analytics.Events;\nusing Weather;\n",
		"lib/stripe/charge.rb": "",
		"app/e.rb":             "require 'stripe/charge'\n",
		"datasets/load.py":     "",
		"train.py":             "from datasets import load\n",
	}
	result, err := detect.Scan(tree.fs(), embedded(t), detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range result.Vendors {
		if v.Confidence != detect.Hint {
			t.Errorf("Scan: %s is %s: %+v", v.ID, v.Confidence, v.Sightings)
		}
	}
}

// What a template creates, or code imports, names the service of a cloud. The cloud itself stands for what is no service in the catalogue.
func TestEmbeddedServices(t *testing.T) {
	t.Parallel()
	tests := []struct{ file, text, want string }{
		{"main.tf", `resource "aws_sqs_queue" "jobs" {}`, "aws-sqs"},
		{"main.tf", `resource "aws_db_instance" "shop" {}`, "aws-rds"},
		{"main.tf", `resource "aws_cloudwatch_event_rule" "daily" {}`, "aws-eventbridge"},
		{"main.tf", `resource "aws_cloudwatch_log_group" "shop" {}`, "aws-cloudwatch"},
		{"main.tf", `resource "aws_vpc" "shop" {}`, "aws"},
		{"main.tf", `resource "google_secret_manager_secret" "key" {}`, "google-secret-manager"},
		{"main.tf", `resource "google_cloud_run_v2_service" "shop" {}`, "google-cloud-run"},
		{"main.tf", `resource "google_compute_network" "shop" {}`, "google-apis"},
		{"main.tf", `resource "azurerm_key_vault_secret" "key" {}`, "azure-key-vault"},
		{"main.tf", `resource "azurerm_resource_group" "shop" {}`, "azure"},
		{"stack.yaml", "Resources:\n  Key:\n    Type: AWS::KMS::Key\n", "aws-kms"},
		{"stack.yaml", "Resources:\n  Net:\n    Type: AWS::EC2::VPC\n", "aws"},
		{"deploy.sh", "gcloud run deploy shop\n", "google-cloud-run"},
		{"deploy.sh", "gcloud config set project shop\n", "google-apis"},
	}
	catalogue := embedded(t)
	for _, test := range tests {
		result, err := detect.Scan(memory{test.file: test.text}.fs(), catalogue, detect.Options{})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, v := range result.Vendors {
			got = append(got, v.ID)
		}
		if diff := cmp.Diff([]string{test.want}, got); diff != "" {
			t.Errorf("Scan(%s with %s) (-want +got):\n%s", test.file, test.text, diff)
		}
	}
}

// A command that scans does not wait for its catalogue.
func BenchmarkEmbedded(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		entries, err := detect.Embedded(vendorgate.Registry)
		if err != nil {
			b.Fatal(err)
		}
		detect.Compile(entries)
		b.ReportMetric(float64(time.Since(start).Microseconds())/1000, "ms/start")
	}
}

func record(id, more string) string {
	return "apiVersion: vendorgate/v1\nkind: Vendor\nid: " + id + "\n" + more
}

// embedded compiles the registry of the program.
func embedded(tb testing.TB) *detect.Catalogue {
	tb.Helper()
	entries, err := detect.Embedded(vendorgate.Registry)
	if err != nil {
		tb.Fatal(err)
	}
	return detect.Compile(entries)
}

// A file that a service reads counts by its name, and an empty one is a file.
func TestEmptyFiles(t *testing.T) {
	t.Parallel()
	result, err := detect.Scan(memory{"newrelic.ini": "", "circle.yml": "", ".circleci/config.yml": ""}.fs(), embedded(t), detect.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, v := range result.Vendors {
		found = append(found, v.ID+" "+v.Confidence.String())
	}
	if diff := cmp.Diff([]string{"circleci likely", "newrelic likely"}, found); diff != "" {
		t.Errorf("Scan (-want +got):\n%s", diff)
	}
}
