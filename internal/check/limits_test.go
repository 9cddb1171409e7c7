package check_test

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
)

// entries is a manifest of so many entries, each with some text.
func entries(n int, text string) string {
	var out strings.Builder
	out.WriteString("apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors:\n")
	for i := range n {
		fmt.Fprintf(&out, "  - {id: larkspur-mail-%d, purpose: Send mail, description: %q, environments: [prod], data: [personal]}\n", i, text)
	}
	return out.String()
}

// Manifests beyond a limit leave no verdict, and the reason says what to do.
func TestLimits(t *testing.T) {
	t.Parallel()
	many := func(n int, text string) fstest.MapFS {
		out := fstest.MapFS{}
		for i := range n {
			out[fmt.Sprintf("%d/vendors.yaml", i)] = &fstest.MapFile{Data: []byte(text)}
		}
		return out
	}
	const empty = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
	for name, c := range map[string]struct {
		files fstest.MapFS
		gap   string // empty for none
	}{
		"manifests within":   {many(1000, empty), ""},
		"manifests":          {many(1001, empty), "it has more than 1000 manifests, the most that one run can check; leave fixtures out with exclude_manifests"},
		"of other tools":     {many(1001, "x: 1"), "it has more than 1000 manifests"},
		"entries":            {many(11, entries(1000, "")), "have 11000 entries, but one run can check at most 10000"},
		"bytes":              {many(6, entries(100, strings.Repeat("x", 9000))), "its manifests exceed 4 MiB in total"},
		"fixtures left out":  {withRoot(many(1001, empty)), ""},
		"a long description": {many(1, entries(10, strings.Repeat("x", 9000))), ""},
	} {
		machine := host(map[string]fstest.MapFS{"dir": c.files, "registry": files("vendors/larkspur-mail.yaml", record, "policy.yaml", "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n")})
		collected, err := inputs.Collect(t.Context(), inputs.Request{Host: machine, Version: "0.1.0", Dir: "dir", Registry: "registry"})
		if err != nil {
			t.Fatal(err)
		}
		s := settings()
		s.FailOn = diag.Off // so that only a gap takes the verdict away
		rep, err := check.Run(t.Context(), check.Inputs{Collected: collected, Settings: s})
		var gaps []string
		for _, g := range rep.Gaps {
			gaps = append(gaps, g.Reason)
		}
		said := strings.Join(gaps, "\n")
		if err != nil || (c.gap == "") != (said == "") || !strings.Contains(said, c.gap) || c.gap != "" && rep.Verdict != diag.NoVerdict {
			t.Errorf("%s: verdict %q, error %v, gaps %q; want %q", name, rep.Verdict, err, said, c.gap)
		}
	}
}

func withRoot(out fstest.MapFS) fstest.MapFS {
	out["vendors.yaml"] = &fstest.MapFile{Data: []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nexclude_manifests: ['*']\nvendors: []\n")}
	return out
}
