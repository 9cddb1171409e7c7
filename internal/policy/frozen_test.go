package policy_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// frozen has the SHA-256 of each built-in policy. Registries name them with their version, so that an upgrade of the program never
// changes what they require.
var frozen = map[string]string{
	"essentials": "a9255d8358b29647c3dcbb2c984a0efe732166e14dbb187ed5006786ae426b01",
	"fintech-eu": "ef079d2df56002f99e684a1bb7959c14c5e2a4659b6747b60846feaf1d4bd491",
	"health-us":  "e2f6614e27ae3ea2190accd6f9da6b72d4c05678d37ca7285b008951a7aa3b43",
	"rollout":    "61e3c70ebbdafd2a94574811e2a3b034848160d2de629e70a1c0c835e2a96a85",
	"standard":   "edaba56078ed836790de9e89cf39420fba073976ec44e3f65856f28d0690c612",
	"strict":     "c8af07e05c138b4dbcfc37754b3f263197593e091d98fb35f8152796987ff064",
}

// TestPresetsAreFrozen: from the first release, a built-in policy never changes; a change of what it requires is a new version.
func TestPresetsAreFrozen(t *testing.T) {
	t.Parallel()
	const advice = "If a version that has been released contains this file, undo the change and add a new version of the preset (@2) in a file of its own. " +
		"Before the first release only: say in CHANGELOG.md and docs/upgrading.md what changes, and put the new digest here."
	files, err := filepath.Glob("presets/*")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(data)
		name := strings.TrimSuffix(filepath.Base(file), ".yaml")
		if got := hex.EncodeToString(sum[:]); got != frozen[name] {
			t.Errorf("presets/%s.yaml has the digest %s, want %q. %s", name, got, frozen[name], advice)
		}
	}
	if len(files) != len(frozen) {
		t.Errorf("there are %d built-in policies and %d digests. %s", len(files), len(frozen), advice)
	}
}
