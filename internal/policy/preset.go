package policy

import (
	"embed"
	"strings"
)

//go:embed presets/*.yaml
var presetFiles embed.FS

// Presets lists the built-in policies, the default first.
func Presets() []string {
	return []string{"vendorgate/essentials@1", "vendorgate/standard@1", "vendorgate/strict@1", "vendorgate/rollout@1"}
}

// Overlays lists the built-in additions for regulated industries. An overlay extends a preset.
func Overlays() []string { return []string{"vendorgate/fintech-eu@1", "vendorgate/health-us@1"} }

// presetName returns the name of a built-in policy without its namespace and version.
func presetName(id string) string {
	return strings.TrimSuffix(strings.TrimPrefix(id, "vendorgate/"), "@1")
}

// laterPreset returns the built-in policy of which a name is a later version, such as vendorgate/standard@2; "" if there is none.
func laterPreset(name string) string {
	for _, have := range append(Presets(), Overlays()...) {
		base, version, _ := strings.Cut(have, "@")
		if later, ok := strings.CutPrefix(name, base+"@"); ok && later > version && strings.Trim(later, "0123456789") == "" {
			return have
		}
	}
	return ""
}

// Preset returns the text of a built-in policy.
func Preset(name string) ([]byte, error) {
	return presetFiles.ReadFile("presets/" + presetName(name) + ".yaml")
}
