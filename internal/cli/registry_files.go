package cli

import (
	"errors"
	"io/fs"
	"path"
	"path/filepath"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
)

// target is a file of a registry to format.
type target struct {
	name  string // as messages show it
	files fs.FS
	path  string // in files
	table *attr.Table
}

// findTargets returns the named file, or all files of the named registry.
func findTargets(env Env, name string) ([]target, error) {
	isDir, err := env.IsDir(name)
	if err != nil {
		return nil, usagef("pass a registry, or a file in one", "registry fmt %s: %s", name, source.Reason(err))
	}
	folder := name
	if !isDir {
		folder = filepath.Dir(name)
	}
	files, err := env.Open(folder)
	if err != nil {
		return nil, usagef("pass a registry, or a file in one", "registry fmt %s: %s", name, source.Reason(err))
	}
	display := path.Clean(filepath.ToSlash(folder))
	if !isDir {
		base := filepath.Base(name)
		table := tableOf(filepath.Base(env.Abs(folder)), base)
		if table == nil {
			return nil, usagef("pass policy.yaml, policy_test.yaml, vendors/<id>.yaml or waivers/<id>.yaml", "registry fmt %s: this is not a file of a registry", name)
		}
		return []target{{path.Join(display, base), files, base, table}}, nil
	}
	var out []target
	if _, err := source.Lstat(files, "policy.yaml"); err == nil {
		out = append(out, target{path.Join(display, "policy.yaml"), files, "policy.yaml", policy.Table()})
	}
	if _, err := source.Lstat(files, testFile); err == nil {
		out = append(out, target{path.Join(display, testFile), files, testFile, policytest.TestTable()})
	}
	for _, kind := range []string{"vendors", "waivers"} {
		ids, err := source.New(display, "", files).List(kind, ".yaml")
		switch {
		case err == nil:
		case errors.Is(err, fs.ErrNotExist) && kind == "waivers":
		case errors.Is(err, fs.ErrNotExist):
			return nil, usagef("pass the directory that contains vendors/", "registry fmt %s: it has no vendors folder", name)
		default:
			return nil, usagef("", "registry fmt %s: %s: %s", name, kind, source.Reason(err))
		}
		for _, id := range ids {
			file := kind + "/" + id + ".yaml"
			out = append(out, target{path.Join(display, file), files, file, tableOf(kind, id+".yaml")})
		}
	}
	return out, nil
}

// tableOf returns the attributes of a file by its place in a registry; nil if it is not a file of a registry.
func tableOf(folder, base string) *attr.Table {
	switch {
	case path.Ext(base) != ".yaml":
		return nil
	case folder == "vendors":
		return record.Table()
	case folder == "waivers":
		return registry.WaiverTable()
	case base == "policy.yaml":
		return policy.Table()
	case base == testFile:
		return policytest.TestTable()
	default:
		return nil
	}
}
