package cli_test

import (
	"fmt"
	"strings"
	"testing"
)

// A manifest that the change removes costs one request, and the list of files that shows it another one.
func TestCostOfRemovedManifests(t *testing.T) {
	t.Parallel()
	for _, removed := range []int{0, 1, 3} {
		w := newWorld()
		w.registry["vendors/larkspur-mail.yaml"] = goodRecord + "api_hosts: [api.larkspur.example]\n"
		const none = "apiVersion: vendorgate/v1\nkind: VendorManifest\nowner: team-growth\nvendors: []\n"
		w.base["vendors.yaml"], w.head["vendors.yaml"] = none, none+"# changed\n"
		for i := range 3 {
			folder := fmt.Sprintf("lib%d/", i)
			w.base[folder+"vendors.yaml"], w.base[folder+"send.js"] = goodManifest, "await fetch(\"https://api.larkspur.example/v1/send\")\n"
			w.head[folder+"send.js"] = w.base[folder+"send.js"]
			if i >= removed {
				w.head[folder+"vendors.yaml"] = goodManifest
			}
		}
		w.start(t)
		w.run(t)
		report := w.report(t)
		want := costs()["pull_request"].all() + 3 // one for each further manifest before the change
		if removed > 0 {
			want++ // the list of files
		} else {
			want-- // there is no comment to write
		}
		told := 0
		for _, f := range report.Findings {
			if f.Rule != "VG-REG-002" {
				continue
			}
			if told++; !strings.Contains(f.Hint, "Restore lib0/vendors.yaml as it was; its entry for the vendor was in ") {
				t.Errorf("%d removed: got %s, hint %q", removed, f.Rule, f.Hint)
			}
		}
		if api, _ := w.calls(0); api != want || told != min(removed, 1) {
			t.Errorf("%d removed: %d calls of the API, want %d, and %d findings:\n%s", removed, api, want, told, w.asked())
		}
	}
}
