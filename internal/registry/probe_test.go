package registry_test

import (
	"strings"
	"testing"
	"time"
)

func TestProbes(t *testing.T) {
	t.Parallel()
	const good = `{
  "apiVersion": "vendorgate/v1", "kind": "ProbeResult", "vendor": "acme",
  "results": [
    {"probe": "P03", "host": "api.acme.example", "observed_at": "2026-11-22T04:00:00+01:00", "outcome": "fail", "observed": "TLS 1.1", "expected": "refused", "claim_path": "encryption.in_transit.min_tls"},
    {"probe": "P14", "host": "acme.example", "observed_at": "2026-11-22T03:00:00Z", "outcome": "inconclusive"}
  ]
}
`
	read := func(text string) (string, error) {
		r := open(t, map[string]string{"vendors/acme.yaml": vendorHead, "probes/acme.json": text})
		got, err := r.Probes("acme")
		var out []string
		for _, p := range got {
			out = append(out, strings.Join([]string{p.ID, p.Host, p.Outcome, p.Observed, p.Claim, p.At.UTC().Format(time.RFC3339), p.Pos.String()}, " "))
		}
		return strings.Join(out, "\n"), err
	}
	got, err := read(good)
	want := "P03 api.acme.example fail TLS 1.1 encryption.in_transit.min_tls 2026-11-22T03:00:00Z reg/probes/acme.json:4:5\n" +
		"P14 acme.example inconclusive   2026-11-22T03:00:00Z reg/probes/acme.json:5:5"
	if err != nil || got != want {
		t.Errorf("Probes(acme): got\n%s, error %v, want\n%s", got, err, want)
	}
	if got, err := open(t, map[string]string{"vendors/acme.yaml": vendorHead}).Probes("acme"); err != nil || got != nil {
		t.Errorf("without a file: got %v, error %v", got, err)
	}
	for text, want := range map[string]string{
		"":   "read reg/probes/acme.json: ",
		"[]": "read reg/probes/acme.json: ",
		strings.Replace(good, "acme\"", "other\"", 1):                                `read reg/probes/acme.json: it is about "other"`,
		strings.Replace(strings.Replace(good, "/v1", "/v2", 1), "fail", "failed", 1): "read reg/probes/acme.json: the file is written for a newer version of vendorgate",
		strings.Replace(good, "fail", "failed", 1):                                   "read reg/probes/acme.json: reg/probes/acme.json:4:",
		strings.Replace(good, "T04:00", " 04:00", 1):                                 "read reg/probes/acme.json: reg/probes/acme.json:4:65: observed_at is not a time",
	} {
		if got, err := read(text); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("Probes(%.80q): got %q, error %v, want %s", text, got, err, want)
		}
	}
}
