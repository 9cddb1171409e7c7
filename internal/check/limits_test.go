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

// A file above a limit is a gap where the code must be searched, and is only counted elsewhere. Binary files are neither.
func TestFileLimits(t *testing.T) {
	t.Parallel()
	const empty = "apiVersion: vendorgate/v1\nkind: VendorManifest\nvendors: []\n"
	code := files(
		"vendors.yaml", empty, "big.js", strings.Repeat("x", 5<<20+1), "many.js", strings.Repeat("fetch('https://api.stripe.com/v1')\n", 6000),
		"film.mp4", "\x00"+strings.Repeat("x", 5<<20+1), "picture.png", "\x00", "lfs.bin", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n",
	)
	const lenient, strict = "apiVersion: vendorgate/v1\nkind: Policy\nid: essentials\n", "scan: required\n"
	for _, c := range []struct {
		policy string
		scan   check.Scan
		want   string // gaps
	}{
		{lenient, check.ScanAuto, ""},
		{lenient, check.ScanOn, "dir/big.js: larger than 5 MiB\ndir/many.js: more than 5000 names; the rest was not searched\n"},
		{
			lenient + strict, check.ScanAuto, "dir/big.js: larger than 5 MiB\ndir/many.js: more than 5000 names; the rest was not searched\n" +
				"dir: it is not a git checkout, so it is unknown whether all files of the repository are there to be searched; check out the repository with git\n",
		},
	} {
		machine := host(map[string]fstest.MapFS{"dir": code, "registry": files("vendors/larkspur-mail.yaml", record, "policy.yaml", c.policy)})
		collected, err := inputs.Collect(t.Context(), inputs.Request{Host: machine, Version: "0.1.0", Dir: "dir", Registry: "registry"})
		if err != nil {
			t.Fatal(err)
		}
		s := settings()
		s.FailOn, s.Scan = diag.Off, c.scan
		rep, err := check.Run(t.Context(), check.Inputs{Collected: collected, Settings: s})
		var gaps strings.Builder
		for _, g := range rep.Gaps {
			fmt.Fprintf(&gaps, "%s: %s\n", g.Target, g.Reason)
		}
		if said := strings.Join(rep.Notices, "\n"); err != nil || gaps.String() != c.want || !strings.Contains(said, "3 paths (Git LFS pointer: the content is elsewhere: 1; larger than 5 MiB: 1; more than 5000 names; the rest was not searched: 1)") {
			t.Errorf("%q, scan %v: error %v, gaps\n%s\nnotices\n%s\nwant\n%s", c.policy, c.scan, err, gaps.String(), said, c.want)
		}
	}
}

func withRoot(out fstest.MapFS) fstest.MapFS {
	out["vendors.yaml"] = &fstest.MapFile{Data: []byte("apiVersion: vendorgate/v1\nkind: VendorManifest\nexclude_manifests: ['*']\nvendors: []\n")}
	return out
}
