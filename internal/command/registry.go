package command

import (
	"cmp"
	"context"
	"errors"
	"slices"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/settings"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// OpenRegistry opens a registry and its policy. If there are several problems, it returns the last as the error and prints
// the others.
func OpenRegistry(ctx context.Context, env process.Env, name string) (*registry.Registry, *policy.Policy, error) {
	request, err := settings.RegistryRequest(env, ci.RegistrySettings{Name: name})
	if err != nil {
		return nil, nil, err
	}
	found, err := request.OpenRegistry(ctx, nil)
	if err != nil {
		return nil, nil, err
	}
	return found.Registry, found.Policy, Unreadable(env, found.Account)
}

// FileError is what is wrong in a file, with a hint on how to fix it.
type FileError struct {
	Pos           diag.Pos
	Message, Hint string
}

func (e FileError) Error() string { return e.Pos.String() + ": " + e.Message }

// Unreadable returns the last problem with the files of a registry as an error, and prints the others; nil if there is none.
func Unreadable(env process.Env, a inputs.Account) error {
	var last error
	for _, u := range a.Unread {
		for i, f := range check.Unreadable(inputs.Account{Unread: []inputs.Unread{u}}) {
			if wrong := (FileError{}); errors.As(last, &wrong) {
				env.Say(sink.Linef("vendorgate: %s", wrong))
				env.Hint(wrong.Hint)
			}
			last = FileError{Pos: f.Pos, Message: f.Message, Hint: cmp.Or(u.Hint, u.Problems[i].Hint)} // whoever runs a command may maintain the registry
		}
	}
	return last
}

// Vendor reads a record; nil if there is none with that id.
func Vendor(known *registry.Registry, id string) (*registry.Vendor, error) {
	if !slices.Contains(known.IDs(), id) {
		return nil, nil //nolint:nilnil // nil means that there is no record
	}
	v, err := known.Vendor(id)
	if err == nil && v != nil && len(v.Problems) > 0 {
		p := v.Problems[0]
		err = FileError{Pos: p.Pos, Message: p.Message, Hint: p.Hint}
	}
	return v, err
}
