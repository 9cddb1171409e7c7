package rules_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/gate/gatetest"
)

// results are probe results of the vendor of the good record: "probe day outcome claim", the claim - for none.
func results(lines ...string) string {
	var out []string
	for _, line := range lines {
		w := strings.Fields(line)
		claim := ""
		if w[3] != "-" {
			claim = fmt.Sprintf(`, "claim_path": %q`, w[3])
		}
		at := w[1]
		if len(at) == 10 {
			at += "T04:00:00Z"
		}
		out = append(out, fmt.Sprintf(`{"probe": %q, "host": "api.calderwick.example", "observed_at": %q, "outcome": %q, "observed": "TLS 1.1"%s}`, w[0], at, w[2], claim))
	}
	return `{"apiVersion": "vendorgate/v1", "kind": "ProbeResult", "vendor": "calderwick-payments", "results": [` + strings.Join(out, ",\n") + "]}\n"
}

func TestProbes(t *testing.T) {
	t.Parallel()
	const tls = "encryption.in_transit.min_tls"
	const denied = `error VG-PRB-001 the record says that encryption.in_transit.min_tls of "calderwick-payments" is 1.2, but on 2026-11-22 a probe of api.calderwick.example observed TLS 1.1`
	for _, c := range []struct{ why, file, want string }{
		{"passes", results("P03 2026-11-22 pass " + tls), ""},
		{"fails twice", results("P03 2026-11-21 fail "+tls, "P03 2026-11-22 fail "+tls), denied},
		{"fails twice of three", results("P03 2026-11-22 fail "+tls, "P03 2026-11-21 pass "+tls, "P03 2026-11-20 fail "+tls), denied},
		{"fails once", results("P03 2026-11-22 fail "+tls, "P03 2026-11-21 pass "+tls), ""},
		{"fails once, alone", results("P03 2026-11-22 fail " + tls), ""},
		{"failed before", results("P03 2026-11-22 pass "+tls, "P03 2026-11-21 fail "+tls, "P03 2026-11-20 fail "+tls), ""},
		{"is inconclusive", results("P03 2026-11-22 inconclusive "+tls, "P03 2026-11-21 fail "+tls, "P03 2026-11-20 fail "+tls), ""},
		{"failed too long ago", results("P03 2026-11-22 fail "+tls, "P03 2026-11-19 pass "+tls, "P03 2026-11-18 pass "+tls, "P03 2026-11-17 fail "+tls), ""},
		{"no claim", results("P21 2026-11-22 fail -", "P21 2026-11-21 fail -"), `warning VG-PRB-002 P21 of api.calderwick.example fails: TLS 1.1`},
		{"a claim of no attribute", results("P21 2026-11-22 fail encryption", "P21 2026-11-21 fail encryption"), "warning VG-PRB-002"},
		{"a claim of a list", results("P21 2026-11-22 fail assessments", "P21 2026-11-21 fail assessments"), "warning VG-PRB-002"},
		{"a claim that the record does not make", results("P21 2026-11-22 fail pilot.until", "P21 2026-11-21 fail pilot.until"), "warning VG-PRB-002"},
		{"seven days old", results("P03 2026-11-16T12:00:00Z pass " + tls), ""},
		{"a second older", results("P03 2026-11-16T11:59:59Z pass " + tls), "warning VG-PRB-002 the result of P03 of api.calderwick.example is older than 7 days"},
		{"old failures", results("P03 2026-11-15 fail "+tls, "P03 2026-11-14 fail "+tls), "warning VG-PRB-002 is older than 7 days"},
		{"from the future", results("P03 2026-11-24 pass " + tls), "warning VG-PRB-002"},
		{"no results", results(), "warning VG-PRB-002 there are no probe results"},
		{"another vendor's", strings.Replace(results("P03 2026-11-22 pass "+tls), "calderwick-payments", "quillnest", 1), "warning VG-PRB-002 could not be read"},
		{"half a file", results("P03 2026-11-22 pass " + tls)[:150], "warning VG-PRB-002 could not be read"},
		{"no instant", strings.Replace(results("P03 2026-11-22 pass "+tls), "T04:00:00Z", "", 1), "warning VG-PRB-002 could not be read"},
		{"an unknown outcome", results("P03 2026-11-22 warn " + tls), "warning VG-PRB-002 could not be read"},
	} {
		check(t, c.why, gatetest.Full(t).With(gatetest.Files{"registry/probes/calderwick-payments.json": c.file}), gatetest.Today, c.want)
	}
	none := gatetest.Full(t)
	delete(none, "registry/probes/calderwick-payments.json")
	check(t, "no file", none, gatetest.Today, "warning VG-PRB-002 there are no probe results")
}
