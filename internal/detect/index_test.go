package detect_test

import (
	"flag"
	"os"
	"slices"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	vendorgate "github.com/vendorgate/vendorgate"
	"github.com/vendorgate/vendorgate/internal/detect"
)

var update = flag.Bool("update", false, "write the index of the embedded registry")

func TestIndexIsFresh(t *testing.T) {
	t.Parallel()
	want, err := detect.Index(vendorgate.Registry)
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile("index.txt", []byte(want), 0o600); err != nil {
			t.Fatal(err)
		}
		return
	}
	got, err := os.ReadFile("index.txt")
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("internal/detect/index.txt is not that of vendors/; run `go generate ./internal/detect`")
	}
}

// What the index says of the embedded registry is what the records say.
func TestEmbedded(t *testing.T) {
	t.Parallel()
	fast, err := detect.Embedded(vendorgate.Registry)
	if err != nil {
		t.Fatal(err)
	}
	stripe := slices.IndexFunc(fast, func(e detect.Entry) bool { return e.ID == "stripe" })
	if stripe < 0 || !slices.Contains(fast[stripe].API, "api.stripe.com") || !slices.Contains(fast[stripe].Packages, "npm/@stripe/stripe-js") {
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
