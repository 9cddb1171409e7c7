package cli

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// testFile is the name of the file with test cases, in the same folder as the policy.
const testFile = "policy_test.yaml"

// caseFile is a file that may contain test cases.
type caseFile struct {
	name string
	data []byte
}

// table returns the attributes that the file may have.
func (f caseFile) table() *attr.Table {
	if path.Base(f.name) == "policy.yaml" {
		return policy.Table()
	}
	return policytest.TestTable()
}

// caseFiles reads the named files. Without names, it reads those that the registry has.
func caseFiles(env Env, known *registry.Registry, names []string) ([]caseFile, error) {
	var out []caseFile
	for _, name := range names {
		data, err := env.ReadFile(name, yamltree.MaxBytes)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		out = append(out, caseFile{path.Clean(filepath.ToSlash(name)), data})
	}
	if len(names) > 0 {
		return out, nil
	}
	entries, err := fs.ReadDir(known.Tree.Files, ".")
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", known.Tree.Origin, err)
	}
	for _, e := range entries {
		if name := e.Name(); name != testFile && (strings.EqualFold(name, testFile) || strings.EqualFold(name, "policy_test.yml")) {
			return nil, fmt.Errorf("%s: %s", known.Tree.Name(name), inputs.WrongName(testFile))
		}
	}
	for _, name := range []string{"policy.yaml", testFile} {
		data, err := known.Tree.Read(name)
		switch {
		case errors.Is(err, fs.ErrNotExist):
		case err != nil:
			return nil, fmt.Errorf("read %s: %w", known.Tree.Name(name), err)
		default:
			out = append(out, caseFile{known.Tree.Name(name), data})
		}
	}
	return out, nil
}
