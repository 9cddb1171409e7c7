package cli_test

import (
	"maps"
	"strings"
	"testing"
)

// strictly is a manifest whose settings make warnings fail.
func strictly(manifest string) string {
	return strings.Replace(manifest, "vendors:", "settings: {fail_on: warning}\nvendors:", 1)
}

// A change cannot drop the settings of a manifest, neither by renaming it nor in an event that compares with
// nothing.
func TestSettingsStay(t *testing.T) {
	t.Parallel()
	health := strings.ReplaceAll(goodManifest, "personal", "source-code")
	const warns = "apiVersion: vendorgate/v1\nkind: Policy\nid: acme\ncontact: x\nrules: {VG-SCP-001: {severity: warning}}\n"
	for _, c := range []struct {
		name, event, manifest string
		base, head            map[string]string
		code                  int
	}{
		{"edited", "pull_request", "", map[string]string{"vendors.yaml": strictly(health)}, map[string]string{"vendors.yaml": health}, 1},
		{"renamed", "pull_request", "", map[string]string{"vendors.yaml": strictly(health)}, map[string]string{"sub/vendors.yaml": health}, 1},
		{"renamed, by glob", "pull_request", "**/*.yaml", map[string]string{"a.yaml": strictly(health)}, map[string]string{"sub/b.yaml": health}, 1},
		{"renamed beside another", "merge_group", "", map[string]string{"a/vendors.yaml": strictly(health), "b/vendors.yaml": goodManifest}, map[string]string{"c/vendors.yml": health, "b/vendors.yaml": goodManifest}, 1},
		{"a second one", "pull_request", "", map[string]string{"a/vendors.yaml": strictly(goodManifest)}, map[string]string{"a/vendors.yaml": strictly(goodManifest), "b/vendors.yaml": health}, 0},
		{"a new branch", "push of a new branch", "", map[string]string{"vendors.yaml": strictly(health)}, map[string]string{"vendors.yaml": health}, 1},
		{"any branch", "workflow_dispatch", "", map[string]string{"vendors.yaml": strictly(health)}, map[string]string{"vendors.yaml": health}, 1},
		{"a fork", "workflow_run of a fork", "", map[string]string{"vendors.yaml": strictly(health)}, map[string]string{"vendors.yaml": health}, 1},
		{"of nobody", "workflow_run of a fork", "", map[string]string{"vendors.yaml": health}, map[string]string{"vendors.yaml": health}, 0},
	} {
		w := newWorld().about(c.event)
		w.base, w.head = c.base, c.head
		w.inputs["registry"], w.inputs["manifest"] = "./registry", c.manifest
		files := maps.Clone(c.head)
		for name, text := range registryFiles() {
			if name == "policy.yaml" {
				text = warns
			}
			c.base["registry/"+name], c.head["registry/"+name] = text, text
		}
		w.start(t)
		if strings.HasPrefix(c.event, "workflow_run") {
			files = maps.Clone(c.base)
		}
		w.workspace = mapFS(files)
		if code := w.run(t); code != c.code {
			t.Errorf("%s: exit code %d, want %d\n%s", c.name, code, c.code, w.output)
		}
	}
}

// A fork cannot delete its manifest in an event without a base.
func TestManifestGoneInFork(t *testing.T) {
	t.Parallel()
	w := newWorld().about("workflow_run of a fork")
	w.inputs["missing-manifest"] = "pass"
	delete(w.head, "vendors.yaml")
	w.start(t)
	w.workspace = mapFS(w.base)
	if code := w.run(t); code != 3 {
		t.Errorf("exit code %d, want 3\n%s", code, w.output)
	}
}
