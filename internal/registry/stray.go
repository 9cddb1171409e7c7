package registry

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/source"
)

// Stray is a file of a registry that nobody reads: it is in a subfolder of a folder of the registry, its name does not end as it must,
// or it is beside those folders.
type Stray struct {
	File  string // path in the registry
	ID    string // of the record, waiver or probe result that it seems to hold
	Right string // path under which it would be read
}

// Misplaced lists records and waivers of a tree that are beside a registry's folders: in its root, in a folder with nearly the name
// of one (vendor, Records), or in a folder with the name of one that is a level deeper (old/vendors). Files elsewhere, such as
// examples in documentation, are no mistake.
func Misplaced(tree *source.Tree) ([]Stray, error) {
	folders, err := besides(tree)
	if err != nil {
		return nil, err
	}
	var out []Stray
	for _, folder := range folders {
		entries, err := tree.ReadDir(folder)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name(folder), err)
		}
		for _, e := range entries[:min(len(entries), maxBeside)] {
			name := path.Join(folder, e.Name())
			if e.IsDir() || !fs.ValidPath(name) || !slices.Contains([]string{".yaml", ".yml"}, strings.ToLower(path.Ext(name))) {
				continue
			}
			data, err := source.ReadFile(tree.Files, name)
			if err != nil && !errors.Is(err, source.ErrNotRegular) {
				return nil, fmt.Errorf("read %s: %w", tree.Name(name), err)
			}
			if kind := ownKind.FindSubmatch(data); kind != nil && bytes.Contains(data, []byte("vendorgate/v1")) {
				id := idIn(tree, data, strings.TrimSuffix(e.Name(), path.Ext(name)))
				right := map[string]string{"Vendor": "vendors", "Waiver": "waivers"}[string(kind[1])]
				out = append(out, Stray{File: name, ID: id, Right: path.Join(right, id+".yaml")})
			}
		}
	}
	return out, nil
}

// policyName is the name of a file that was meant as a policy or its test cases: policies.yaml, .policy.yaml, policy.yaml.bak.
var policyName = regexp.MustCompile(`(?i)^\.?polic(?:y|ies)([_-]?tests?)?\.(?:ya?ml|json)(?:[^0-9a-z].*)?$`)

// policyKind matches what says that a file is a policy or has its test cases, in YAML and JSON.
var policyKind = regexp.MustCompile(`(?m)(?:^|[\s{,"'])kind["']?[ \t]*:[ \t]*["']?(Policy|PolicyTest)\b`)

// Policies lists files that may be meant as the policy or its test cases and are not read: with a similar name in the root of a registry,
// and with their kind there or in a folder such as policy, overlays or tests. Policy.yaml and policy.yml are none of them.
func Policies(tree *source.Tree) ([]Stray, error) {
	top, err := tree.ReadDir(".")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, nil
	case err != nil:
		return nil, fmt.Errorf("read %s: %w", tree.Name("."), err)
	}
	out := policiesIn(tree, ".", top)
	for _, e := range top {
		if !e.IsDir() || !slices.Contains([]string{"policy", "policies", "overlay", "overlays", "preset", "presets", "test", "tests"}, strings.ToLower(e.Name())) {
			continue
		}
		inside, err := tree.ReadDir(e.Name())
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name(e.Name()), err)
		}
		out = append(out, policiesIn(tree, e.Name(), inside)...)
	}
	return out, nil
}

// policiesIn lists the files of Policies in one folder. What cannot be read there counts by its name.
func policiesIn(tree *source.Tree, folder string, entries []fs.DirEntry) (out []Stray) {
	for _, e := range entries[:min(len(entries), maxBeside)] {
		name, base := path.Join(folder, e.Name()), strings.ToLower(e.Name())
		if e.IsDir() || !fs.ValidPath(name) || name == "policy.yaml" || name == "policy_test.yaml" || folder == "." && (base == "policy.yaml" || base == "policy.yml") {
			continue
		}
		right := ""
		if m := policyName.FindStringSubmatch(base); m != nil && folder == "." {
			right = map[bool]string{true: "policy.yaml", false: "policy_test.yaml"}[m[1] == ""]
		}
		if strayName.MatchString(base) {
			data, _ := source.ReadFile(tree.Files, name)
			if kind := policyKind.FindSubmatch(data); kind != nil && bytes.Contains(data, []byte("vendorgate/v1")) {
				right = map[string]string{"Policy": "policy.yaml", "PolicyTest": "policy_test.yaml"}[string(kind[1])]
			}
		}
		if right != "" {
			out = append(out, Stray{File: name, Right: right})
		}
	}
	return out
}

// maxBeside is the number of files of one folder that Misplaced looks at.
const maxBeside = 2000

// besides returns the folders that Misplaced looks at.
func besides(tree *source.Tree) ([]string, error) {
	out := []string{"."}
	top, err := tree.ReadDir(".")
	if errors.Is(err, fs.ErrNotExist) { // a change may remove the whole registry
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read %s: %w", tree.Name("."), err)
	}
	for _, e := range top {
		name := e.Name()
		switch lower := strings.ToLower(name); {
		case !e.IsDir() || slices.Contains([]string{"vendors", "waivers", "probes"}, name) || !fs.ValidPath(name):
			continue
		case slices.Contains([]string{"vendor", "vendors", "waiver", "waivers", "record", "records"}, lower):
			out = append(out, name)
			continue
		}
		inside, err := tree.ReadDir(name)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", tree.Name(name), err)
		}
		if slices.ContainsFunc(inside, func(e fs.DirEntry) bool { return e.Name() == "policy.yaml" }) {
			continue // a registry of its own
		}
		for _, e := range inside {
			if e.IsDir() && slices.Contains([]string{"vendors", "waivers"}, e.Name()) {
				out = append(out, path.Join(name, e.Name()))
			}
		}
	}
	return out, nil
}

// ownKind matches the line that says what a record or a waiver is.
var ownKind = regexp.MustCompile(`(?m)^kind: *["']?(Vendor|Waiver)["']?[ \t]*(?:#.*)?\r?$`)

// Beside reports whether the file is outside of the folder that it belongs in.
func (s Stray) Beside() bool { return !strings.HasPrefix(s.File, path.Dir(s.Right)+"/") }

// Nested reports whether the file is in a subfolder of the folder that it belongs in.
func (s Stray) Nested() bool { return !s.Beside() && path.Dir(s.File) != path.Dir(s.Right) }

// strayName is the name of a file that was meant to be read: larkspur-mail.yml, larkspur-mail.yaml.bak.
var strayName = regexp.MustCompile(`(?i)^(.+?)\.(?:ya?ml|json)(?:[^0-9a-z].*)?$`)

// Strays lists the files of one folder of a registry that nobody reads, by path. Files of other kinds, such as a README, are
// none of them. A folder that is absent has none.
func Strays(tree *source.Tree, folder string) ([]Stray, error) {
	ending := ".yaml"
	if folder == "probes" {
		ending = ".json"
	}
	var out []Stray
	err := fs.WalkDir(listing{tree}, folder, func(name string, entry fs.DirEntry, err error) error {
		switch {
		case errors.Is(err, fs.ErrNotExist) && name == folder:
			return fs.SkipAll
		case err != nil:
			return fmt.Errorf("read %s: %w", tree.Name(name), err)
		case !fs.ValidPath(name) && entry.IsDir():
			return fs.SkipDir // its name is not UTF-8, so nothing in it can be read
		case !fs.ValidPath(name), name == folder || entry.IsDir() || path.Dir(name) == folder && strings.HasSuffix(name, ending):
			return nil
		}
		if id, ok := strayID(tree, name); ok {
			if path.Dir(name) != folder {
				id = ownID(tree, name, id)
			}
			out = append(out, Stray{File: name, ID: id, Right: path.Join(folder, id+ending)})
		}
		return nil
	})
	return out, err
}

// listing is a tree as WalkDir reads it.
type listing struct{ *source.Tree }

// Open opens a file or folder.
func (l listing) Open(name string) (fs.File, error) { return l.Files.Open(name) }

// strayID returns the id of what a file seems to hold. It is false for a file of another kind.
func strayID(tree *source.Tree, name string) (string, bool) {
	base := path.Base(name)
	if strings.HasPrefix(base, ".") {
		return "", false
	}
	if m := strayName.FindStringSubmatch(base); m != nil {
		return m[1], true
	}
	data, err := source.ReadFile(tree.Files, name)
	if err != nil || !bytes.Contains(data, []byte("vendorgate/v1")) {
		return "", false
	}
	return strings.TrimSuffix(base, path.Ext(base)), true
}

// idLine matches the line with the id of a record or waiver.
var idLine = regexp.MustCompile(`(?m)^id: *["']?([A-Za-z0-9][A-Za-z0-9._-]*)["']?[ \t]*(?:#.*)?\r?$`)

// ownID returns the id that a file in a subfolder has, or else the one of its name.
func ownID(tree *source.Tree, name, otherwise string) string {
	data, err := source.ReadFile(tree.Files, name)
	if err != nil {
		return otherwise
	}
	return idIn(tree, data, otherwise)
}

// idIn returns the id in a record or waiver, or else another. An id whose record is read does not count: it may have been copied from there.
func idIn(tree *source.Tree, data []byte, otherwise string) string {
	m := idLine.FindSubmatch(data)
	if m == nil || !bytes.Contains(data, []byte("vendorgate/v1")) {
		return otherwise
	}
	id := string(m[1])
	for _, folder := range []string{"vendors", "waivers"} {
		if _, err := fs.Stat(tree.Files, path.Join(folder, id+".yaml")); err == nil {
			return otherwise
		}
	}
	return id
}
