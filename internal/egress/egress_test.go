package egress_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/egress"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

func day(t *testing.T, text string) scalar.Date {
	t.Helper()
	d, err := scalar.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func sample(t *testing.T) *egress.List {
	t.Helper()
	return &egress.List{
		Version: "1.2.3", Origin: "acme/registry", Policy: "acme", Day: day(t, "2026-11-23"), Environments: []string{"prod"},
		Vendors: []egress.Vendor{
			{ID: "bare", Status: "approved", Through: day(t, "2027-01-01")},
			{ID: "store", Status: "approved", Hosts: []string{"*.store.example", "store.example", "eu.store.example"}, Through: day(t, "2027-05-31")},
			{ID: "mail", Status: "conditional", Hosts: []string{"api.mail.example"}, Through: day(t, "2026-10-14"), Lapsed: "the approval ended on 2026-10-14"},
			{ID: "post", Status: "pilot", Hosts: []string{"api.mail.example"}},
		},
		LeftOut: []egress.Vendor{{ID: "gone", Status: "suspended", Hosts: []string{"gone.store.example", "gone.example"}}},
	}
}

// rendered returns a list in a format, without the comments at the top.
func rendered(t *testing.T, format string, l *egress.List) (head, rest string) {
	t.Helper()
	out, err := egress.Formats().Render(format, l, false)
	if err != nil {
		t.Fatal(err)
	}
	text := string(out.Bytes())
	for strings.HasPrefix(text, "# ") && !strings.HasPrefix(text, "# mail: ") {
		line, after, _ := strings.Cut(text, "\n")
		head, text = head+line+"\n", after
	}
	return head, text
}

func TestFormats(t *testing.T) {
	t.Parallel()
	const mail, store = "mail: LAPSED: the approval ended on 2026-10-14; post: pilot", "store: approved through 2027-05-31"
	for format, want := range map[string]string{
		"hosts": "api.mail.example # " + mail + "\nstore.example # " + store + "\n*.store.example # " + store + "\neu.store.example # " + store + "\n",
		"envoy": "transport_protocol: tls\nserver_names:\n- \"api.mail.example\" # " + mail + "\n- \"store.example\" # " + store + "\n- \"*.store.example\" # " + store + "\n- \"eu.store.example\" # " + store + "\n",
		"squid": "# " + mail + "\napi.mail.example\n# " + store + "\n.store.example\n",
		"cilium": "apiVersion: cilium.io/v2\nkind: CiliumNetworkPolicy\nmetadata: {name: approved-vendors}\nspec:\n  endpointSelector: {}\n  egress:\n" +
			"  - toEndpoints:\n    - matchLabels: {\"k8s:io.kubernetes.pod.namespace\": kube-system, \"k8s:k8s-app\": kube-dns}\n" +
			"    toPorts:\n    - ports: [{port: \"53\", protocol: ANY}]\n      rules: {dns: [{matchPattern: \"*\"}]}\n" +
			"  - toFQDNs:\n    - matchName: \"api.mail.example\" # " + mail + "\n    - matchName: \"store.example\" # " + store +
			"\n    - matchPattern: \"**.store.example\" # " + store + "\n    - matchName: \"eu.store.example\" # " + store +
			"\n    toPorts:\n    - ports: [{port: \"443\", protocol: TCP}]\n",
	} {
		head, got := rendered(t, format, sample(t))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", format, diff)
		}
		for _, line := range []string{
			"# Hosts of 4 approved vendors, written by vendorgate 1.2.3 on 2026-11-23.\n# Registry acme/registry, policy acme.\n# Only vendors that are approved for prod.\n",
			"# Left out: gone (suspended).\n", "# Beware: the record of bare names no hosts.\n",
			"# Beware: *.store.example of store permits gone.store.example of gone (suspended).\n",
		} {
			if !strings.Contains(head, line) {
				t.Errorf("%s: the head lacks %q:\n%s", format, line, head)
			}
		}
	}
}

// Without an approved vendor, a proxy must permit nothing. In Envoy and Cilium, an empty list would permit everything.
func TestNothingIsPermitted(t *testing.T) {
	t.Parallel()
	none := &egress.List{Policy: "acme", Day: day(t, "2026-11-23")}
	for format, want := range map[string]string{"hosts": "", "squid": "", "envoy": "transport_protocol: tls\nserver_names: [none.invalid] # no vendor is approved\n"} {
		if _, got := rendered(t, format, none); got != want {
			t.Errorf("%s: got %q, want %q", format, got, want)
		}
	}
	if _, got := rendered(t, "cilium", none); strings.Contains(got, "toFQDNs") || !strings.HasSuffix(got, "dns: [{matchPattern: \"*\"}]}\n") {
		t.Errorf("cilium: got\n%s", got)
	}
}

func TestYAML(t *testing.T) {
	t.Parallel()
	for _, format := range []string{"envoy", "cilium"} {
		head, rest := rendered(t, format, sample(t))
		if tree, problems := yamltree.Parse(format, []byte(head+rest)); len(problems) > 0 || tree == nil {
			t.Errorf("%s: %v", format, problems)
		}
	}
}

// What stands in a comment cannot begin a line of its own.
func TestHostileText(t *testing.T) {
	t.Parallel()
	l := sample(t)
	l.Origin, l.Vendors[2].Lapsed = "a\nevil.example", "b\n.evil.example\r\nevil.example"
	for _, format := range egress.Formats().Names() {
		out, err := egress.Formats().Render(format, l, false)
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(strings.ReplaceAll(string(out.Bytes()), "\r", "\n")) {
			if strings.HasPrefix(strings.TrimLeft(line, " .-\""), "evil") {
				t.Errorf("%s: %q", format, line)
			}
		}
	}
}
