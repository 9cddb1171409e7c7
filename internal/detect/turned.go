package detect

// turned counts, by ecosystem, the imports and dependencies of a vendor's SDKs that may call other vendors.
type turned struct {
	imports  map[string]int // in files where they only call other vendors
	packages map[string]int // in manifests; the empty ecosystem is for packages that only call their own vendor
}

func (t *turned) note(w weighed) {
	ecosystem := w.Ecosystem
	if ecosystem == "swift" { // both are imported in the same way
		ecosystem = "cocoapods"
	}
	switch {
	case w.kind == KindImport:
		t.imports = count(t.imports, ecosystem, 1)
	case w.kind == KindPackage && w.MultiBackend:
		t.packages = count(t.packages, ecosystem, 1)
	case w.kind == KindPackage:
		t.packages = count(t.packages, "", 1)
	}
}

func (t *turned) add(more turned) {
	for ecosystem, n := range more.imports {
		t.imports = count(t.imports, ecosystem, n)
	}
	for ecosystem, n := range more.packages {
		t.packages = count(t.packages, ecosystem, n)
	}
}

func count(counts map[string]int, key string, n int) map[string]int {
	if counts == nil {
		counts = map[string]int{}
	}
	counts[key] += n
	return counts
}

// all reports whether manifests name packages of the vendor and code uses all of them to call other vendors.
func (t *turned) all() bool {
	for ecosystem := range t.packages {
		if ecosystem == "" || t.imports[ecosystem] == 0 {
			return false
		}
	}
	return len(t.packages) > 0
}
