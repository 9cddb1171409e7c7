package inputs

import (
	"context"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/source"
)

// RegistryChange is the registry as a change would have it: data to be checked, never rules.
type RegistryChange struct {
	Files  *source.Tree // the registry as it is in the head; nil if the rules are not another version of it
	Folder string       // its path in the repository
	Author string       // login of whoever proposes the change; empty if unknown
	Account
}

// readChange finds the registry in the head. One that the change deletes is an empty one.
func (r Request) readChange(ctx context.Context, rules source.Rules, h Head) RegistryChange {
	inside, ok := r.registryInJob()
	if !ok || h.Files == nil || rules.Why() != source.AtBase && rules.Why() != source.AtCommit {
		return RegistryChange{}
	}
	out := RegistryChange{Folder: inside}
	if r.Job != nil {
		if r.Job.Event.agreed() {
			return RegistryChange{} // what is judged is what the organisation has agreed on
		}
		out.Author = r.Job.Event.Author
	}
	if h.Away != "" {
		tree, _, err := r.Job.folder(ctx, inside, h.Away)
		if err != nil {
			return RegistryChange{Account: gap(r.Job.at(h.Away), "the registry as the change has it cannot be read: "+err.Error())}
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

// wholeRegistry reports that the job is in the registry's own repository and judges no change, such as one on a schedule.
func (r Request) wholeRegistry() bool {
	inside, ok := r.registryInJob()
	return ok && inside == "." && r.Job != nil && r.Job.Event.agreed() && !r.Job.Event.Deleted
}
