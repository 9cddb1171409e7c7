package check

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/gate"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
)

// earlier is what is known of the base beyond its manifests that the head has. It is read only if something seems to be new and matters.
type earlier struct {
	removed []manifest.Manifest      // by the change
	used    func(gate.Question) bool // nil if nothing seems to be new
}

// answer reads of the base what decides whether uses are new, if any seems to be so. doubt means that the base could not be read, here or
// before; said are the remarks before, which it extends.
func (in Inputs) answer(ctx context.Context, asOf time.Time, scan *gate.CodeScan, doubt bool, said remarks) (earlier, bool, remarks) {
	t := in.Trusted
	if doubt || in.Base == nil || in.Before.Unchanged != "" || t.Registry == nil || t.Policy == nil {
		return earlier{}, doubt, said
	}
	about := in.about(asOf, earlier{})
	about.CodeScan = scan
	open := gate.Evaluate(about).Questions
	if len(open) == 0 && !losesEntry(scan) {
		return earlier{}, false, said
	}
	unread := func(err error) (earlier, bool, remarks) {
		return earlier{}, true, said.plus(noticed("the base could not be read, so every use counts as new or changed: " + inputs.Because(err)))
	}
	removed, err := in.Removed()
	if err != nil {
		return unread(err)
	}
	if about.Removed = removed; len(removed) > 0 {
		open = gate.Evaluate(about).Questions
	}
	code := codeBefore{manifests: in.Declared.Manifests, head: scan}
	if err := code.read(ctx, in, t.Policy.At(asOf), open); err != nil {
		return unread(err)
	}
	return earlier{removed, code.answers}, false, said
}

// losesEntry reports whether code that no manifest covers now shows a vendor that one of the base declared for it. That manifest may be gone.
func losesEntry(scan *gate.CodeScan) bool {
	return scan != nil && scan.Declared != nil && slices.ContainsFunc(scan.Undeclared, func(v detect.Vendor) bool {
		return v.Confidence >= detect.Likely && slices.ContainsFunc(v.Files, func(file string) bool { return scan.Declared(v.ID, file) })
	})
}

// codeBefore says what the code of the base used. All paths are those of the head.
type codeBefore struct {
	manifests []manifest.Manifest
	head      *gate.CodeScan
	unchanged func(file string) bool // reports whether the change left a file of the head as it was
	found     *detect.Result         // in the base, below folder; nil if no question needs it
	folder    string
	declared  func(vendor, file string) bool
	moved     map[string]string // what moved, a file or folder of the base for a vendor or host, to the manifest that has it now
}

// read reads what the questions need: nothing if no code shows the uses, which files changed, and otherwise the code of the base.
func (c *codeBefore) read(ctx context.Context, in Inputs, today policy.Today, open []gate.Question) error {
	var files []string
	for _, q := range open {
		files = append(files, q.Files...)
	}
	if len(files) == 0 {
		return nil
	}
	changed, _, err := in.Changed(files)
	if err != nil || changed == nil {
		return err
	}
	c.unchanged = func(file string) bool { return !changed(file) }
	if !slices.ContainsFunc(open, func(q gate.Question) bool { return len(q.Files) > 0 && slices.ContainsFunc(q.Files, changed) }) {
		return nil
	}
	before, onlyAdds, ok, err := in.CodeBefore(func(file string) bool { return !manifest.HasName(file) })
	if err != nil || !ok {
		return err
	}
	added := func(file string) bool { return changed(file) && !before.Had(in.Head, file) }
	if onlyAdds && !slices.ContainsFunc(open, func(q gate.Question) bool {
		return slices.ContainsFunc(q.Files, added) && slices.ContainsFunc(q.Files, func(file string) bool { return !added(file) })
	}) {
		return nil
	}
	if c.declared, err = in.DeclaredBefore(); err != nil {
		return err
	}
	c.folder, c.moved = before.Folder, map[string]string{}
	ignores := NewIgnores(in.Declared.Manifests, in.Agreed, in.Trusted.Registry, in.Trusted.Policy, today)
	c.found, _, err = Search{
		Files: before.Files, Listed: before.Listed, Archive: before.Archive, Skip: in.Skip,
		Registry: in.Trusted.Registry, Embedded: in.Embedded, Ignores: ignores,
	}.Run(ctx)
	if err != nil {
		return err
	}
	for _, skipped := range c.found.Skipped {
		if limit, reached := strings.CutPrefix(skipped.Reason, detect.Limit); reached {
			return errors.New(limit)
		}
	}
	return nil
}
