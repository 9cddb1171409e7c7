package manifest

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Recognize reports whether a file that has the name of a manifest is one. Other tools use the name vendors.yaml, too, and their
// files are none of our business. A file is a manifest if it says so in apiVersion or kind, or nearly does; if entries of its
// vendors look like ours, in a list or not; if it has nothing but an empty list of vendors; or if it cannot be read as YAML, since
// nobody can tell then.
func Recognize(data []byte) bool {
	if bytes.HasPrefix(data, []byte(ourKind)) || bytes.Contains(data, []byte("\n"+ourKind)) {
		return true
	}
	root, problems := yamltree.Parse("", data)
	switch {
	case root == nil || root.Kind == yamltree.Null:
		return true
	case root.Kind != yamltree.Map:
		return root.Kind == yamltree.Scalar && len(problems) > 0
	}
	for _, pair := range root.Pairs {
		text := pair.Value.Text
		switch foldKey(pair.Key) {
		case "apiversion":
			if strings.Contains(strings.ToLower(text), "vendorgate") || diag.Nearest(text, []string{"vendorgate/v1"}) != "" {
				return true
			}
		case "kind":
			if declaresManifest(text) || foldKey(text) == "manifest" && hasOurKeys(root) {
				return true
			}
		case "vendors":
			if oursByEntries(pair.Value, len(root.Pairs) == 1) {
				return true
			}
		case "vendor":
			if plainlyOurs(pair.Value) {
				return true
			}
		}
		if diag.Nearest(pair.Key, []string{"apiVersion"}) != "" && strings.Contains(strings.ToLower(text), "vendorgate") {
			return true
		}
	}
	return false
}

// ourKind is a line that most manifests have. Looking for it is quicker than parsing.
const ourKind = "kind: VendorManifest"

// foldKey removes what people vary in a key: case, _ and -.
func foldKey(key string) string {
	return strings.NewReplacer("_", "", "-", "").Replace(strings.ToLower(key))
}

func declaresManifest(kind string) bool {
	return diag.Nearest(kind, []string{"VendorManifest"}) != "" || strings.EqualFold(foldKey(kind), "vendormanifest")
}

// NearName reports whether a file is a manifest under a name that is not read, such as vendor.yaml or vendors.json, by its kind or its
// entries, and the name that it should have. content is called only for a name that is near.
func NearName(name string, content func() ([]byte, error)) (right string, ours bool) {
	base := strings.ToLower(path.Base(name))
	if !slices.Contains(nearNames(), base) {
		return "", false
	}
	data, err := content()
	if err != nil {
		return "", false
	}
	root, _ := yamltree.Parse("", data)
	if root == nil || root.Kind != yamltree.Map {
		return "", false
	}
	for _, pair := range root.Pairs {
		key := foldKey(pair.Key)
		if key == "kind" && declaresManifest(pair.Value.Text) || (key == "vendors" || key == "vendor") && plainlyOurs(pair.Value) {
			return path.Join(path.Dir(name), "vendors.yaml"), true
		}
	}
	return "", false
}

// nearNames are the names that people give to a manifest by mistake.
func nearNames() []string {
	return []string{
		"vendor.yaml", "vendor.yml", "vendors.json", "vendor.json", "vendors.yaml.txt", "vendors.txt", "vendorgate.yaml", "vendorgate.yml",
		".vendors.yaml", ".vendors.yml", "vendors-manifest.yaml", "vendor-manifest.yaml", "vendor_manifest.yaml", "vendormanifest.yaml",
	}
}
