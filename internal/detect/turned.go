package detect

// turned counts, by ecosystem, what a file or the tree has of the packages of a vendor that serve other vendors, too.
type turned struct {
	imports  map[string]int // that are turned towards another vendor in all of their file
	packages map[string]int // in manifests; under no ecosystem those that serve their own vendor alone
}

func (t *turned) note(w weighed) {
	ecosystem := w.Ecosystem
	if ecosystem == "swift" { // code imports a package of either in one way
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

// all reports whether the vendor has packages in manifests, and code turns each of them towards another vendor.
func (t *turned) all() bool {
	for ecosystem := range t.packages {
		if ecosystem == "" || t.imports[ecosystem] == 0 {
			return false
		}
	}
	return len(t.packages) > 0
}
