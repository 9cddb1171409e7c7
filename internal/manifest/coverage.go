package manifest

import (
	"slices"
	"strings"
)

// Coverage says for which files vendors are declared: the folders of the manifests that declare a vendor, by its id. A manifest
// covers its folder and everything below it. One that is written for a later version of vendorgate may declare any vendor.
type Coverage map[string][]string

// CoverageOf returns what manifests cover.
func CoverageOf(manifests []Manifest) Coverage {
	out := Coverage{}
	for i := range manifests {
		if manifests[i].Newer {
			out[anyVendor] = append(out[anyVendor], Folder(manifests[i].Path))
		}
		for _, u := range manifests[i].Uses {
			out[u.ID.Value] = append(out[u.ID.Value], Folder(manifests[i].Path))
		}
	}
	return out
}

// Covers reports whether a vendor is declared for a file.
func (c Coverage) Covers(vendor, file string) bool {
	covers := func(folder string) bool { return Below(folder, file) }
	return slices.ContainsFunc(c[vendor], covers) || slices.ContainsFunc(c[anyVendor], covers)
}

// anyVendor is the key of the folders where nobody knows what is declared.
const anyVendor = ""

// Innermost returns the manifest in the deepest folder that covers a file; nil if none does.
func Innermost(manifests []Manifest, file string) *Manifest {
	var out *Manifest
	longest := -1
	for i := range manifests {
		folder := Folder(manifests[i].Path)
		if depth := len(strings.TrimPrefix(folder+"/", "./")); Below(folder, file) && depth > longest {
			out, longest = &manifests[i], depth
		}
	}
	return out
}

// Below reports whether a file is in a folder, or below it. The folder "." contains every file.
func Below(folder, file string) bool { return folder == "." || strings.HasPrefix(file, folder+"/") }
