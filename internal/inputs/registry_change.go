package inputs

import (
	"context"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/source"
)

// RegistryChange is the registry with the change applied. It is data to check, and its rules do not apply.
type RegistryChange struct {
	Files  *source.Tree // the registry in the head; nil if the trusted registry is not another version of it
	Folder string       // its path in the repository
	Author string       // login of the author of the change; empty if unknown
	Account
}

// readChange finds the registry in the head. If the change deletes it, it is empty.
func (r Request) readChange(ctx context.Context, rules source.Rules, h Head) RegistryChange {
	inside, ok := r.registryInJob()
	if !ok || h.Files == nil || rules.Why() != source.AtBase && rules.Why() != source.AtCommit {
		return RegistryChange{}
	}
	out := RegistryChange{Folder: inside}
	if r.Job != nil {
		if r.Job.Event.onDefaultBranch() {
			return RegistryChange{} // there is no change
		}
		out.Author = r.Job.Event.Author
	}
	if h.Away != "" {
		tree, _, err := r.Job.folder(ctx, inside, h.Away)
		if err != nil {
			return RegistryChange{Account: gap(r.Job.at(h.Away), "the registry in the change cannot be read: "+err.Error())}
		}
		out.Files = source.New(inside, "", tree.Files)
		return out
	}
	files, err := fs.Sub(h.Files, inside)
	if err != nil {
		return RegistryChange{}
	}
	out.Files = source.New(h.Name(inside), "", files)
	return out
}

// wholeRegistry reports whether the job is in the registry's own repository and has no change, such as a scheduled job.
func (r Request) wholeRegistry() bool {
	inside, ok := r.registryInJob()
	return ok && inside == "." && r.Job != nil && r.Job.Event.onDefaultBranch() && !r.Job.Event.Deleted
}
