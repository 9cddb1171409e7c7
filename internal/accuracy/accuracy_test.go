package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/detect"
)

// Every file can be read, has a commit and places, and both sets are large enough to mean something.
func TestTruths(t *testing.T) {
	t.Parallel()
	all, err := load()
	if err != nil {
		t.Fatal(err)
	}
	commit, place := regexp.MustCompile(`^[0-9a-f]{40}$`), regexp.MustCompile(`^[^:]+(:[0-9]+)?$`)
	uses, sets := map[string]int{}, map[string]int{}
	for _, one := range all {
		sets[one.set]++
		uses[one.set] += len(one.uses)
		if !commit.MatchString(one.commit) || strings.Count(one.repository, "/") != 1 {
			t.Errorf("%s: repository %q at %q", one.name, one.repository, one.commit)
		}
		seen := map[string]bool{}
		for _, u := range one.uses {
			if seen[u.vendor] {
				t.Errorf("%s: %s is listed twice", one.name, u.vendor)
			}
			seen[u.vendor] = true
			if _, err := os.Stat(filepath.Join("..", "..", "vendors", u.vendor+".yaml")); u.listed && err != nil {
				t.Errorf("%s: %s is not in the catalogue", one.name, u.vendor)
			}
			for _, p := range u.places {
				if !place.MatchString(p) {
					t.Errorf("%s: %s: place %q", one.name, u.vendor, p)
				}
			}
		}
	}
	for _, set := range []string{"tuned", "held-out"} {
		if sets[set] < 8 || uses[set] < 100 {
			t.Errorf("%s: %d repositories with %d uses", set, sets[set], uses[set])
		}
	}
}

func TestNamed(t *testing.T) {
	t.Parallel()
	got := named(
		truth{own: []string{"acme.example"}, uses: []use{
			{vendor: "by-host", hosts: []string{"api.host.example"}},
			{vendor: "by-package", also: []string{"kept"}, sdks: []string{"pkg:npm/package"}},
			{vendor: "listed", listed: true, hosts: []string{"api.host.example"}},
		}},
		[]detect.Entry{
			{ID: "host", API: []string{"api.host.example"}},
			{ID: "package", SDKs: []string{"pkg:npm/other", "pkg:npm/package"}},
			{ID: "acme", Brand: []string{"acme.example"}},
		},
	)
	if diff := cmp.Diff([]string{"acme"}, got.self); diff != "" {
		t.Errorf("the project (-want +got):\n%s", diff)
	}
	for i, want := range [][]string{{"host"}, {"kept", "package"}, nil} {
		if diff := cmp.Diff(want, got.uses[i].also); diff != "" {
			t.Errorf("%s (-want +got):\n%s", got.uses[i].vendor, diff)
		}
	}
}

func TestCompare(t *testing.T) {
	t.Parallel()
	at := func(c detect.Confidence) []detect.Sighting {
		return []detect.Sighting{{Kind: detect.KindHost, Confidence: c, File: "a.js", Line: 3, Text: "api.x.example", Context: "comments"}}
	}
	got := compare(
		truth{name: "a", set: "tuned", uses: []use{
			{vendor: "found", listed: true},
			{vendor: "alias", also: []string{"other"}, listed: true},
			{vendor: "hint", listed: true, places: []string{"b.js:1"}},
			{vendor: "new", hosts: []string{"api.new.example"}, places: []string{"c.js:1"}},
			{vendor: "cdn", neutral: true},
			{vendor: "host", neutral: true},
		}, self: []string{"own"}},
		&detect.Result{
			Vendors: []detect.Vendor{
				{ID: "found", Confidence: detect.Likely, Sightings: at(detect.Likely)},
				{ID: "other", Confidence: detect.Confirmed, Sightings: at(detect.Confirmed)},
				{ID: "hint", Confidence: detect.Hint, Sightings: at(detect.Hint)},
				{ID: "cdn", Confidence: detect.Confirmed, Sightings: at(detect.Confirmed)},
				{ID: "own", Confidence: detect.Confirmed, Sightings: at(detect.Confirmed)},
				{ID: "friend", Confidence: detect.Confirmed, Sightings: at(detect.Confirmed)},
				{ID: "maybe", Confidence: detect.Hint, Sightings: at(detect.Hint)},
			},
			UnknownHosts: []detect.UnknownHost{{Domain: "new.example", Host: "api.new.example"}, {Domain: "odd.example", Host: "www.odd.example", File: "d.js", Line: 9, Why: "why"}},
		},
	)
	var sum total
	sum.add(got)
	if sum != (total{found: 2, missed: 2, seen: 1, wrong: 1, sure: 1, hosts: 1, strangeHosts: 1}) {
		t.Errorf("got %+v", sum)
	}
	if sum.recall() != 0.5 || sum.reported() != 0.75 || sum.precision() != 2.0/3 || sum.hostPrecision() != 0.5 {
		t.Errorf("recall %v, reported %v, precision %v, hosts %v", sum.recall(), sum.reported(), sum.precision(), sum.hostPrecision())
	}
	want := []string{
		`hint: a hint: host "api.x.example" at a.js:3 (comments); see b.js:1`,
		`new: not in the catalogue; no trace of it; its host is unknown: api.new.example; see c.js:1`,
		`friend, confirmed: host "api.x.example" at a.js:3`,
		`www.odd.example at d.js:9 (why)`,
	}
	if diff := cmp.Diff(want, append(append(got.missed, got.wrong...), got.strangeHosts...)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	text := string(render([]result{got, {truth: truth{name: "b", set: "held-out"}}}, true).Bytes())
	for _, line := range append(want, "unknown host of nobody: www.odd.example") {
		if !strings.Contains(text, line) {
			t.Errorf("no %q in\n%s", line, text)
		}
	}
}
