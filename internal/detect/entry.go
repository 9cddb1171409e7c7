package detect

import (
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Entry is what a vendor is recognised by.
type Entry = search.Entry

// Catalogue is what is searched for: entries of vendors, ready to be looked up.
type Catalogue = search.Catalogue

// Compile builds a catalogue. If two ids claim the same name, the later entry has it.
func Compile(entries []Entry) *Catalogue { return search.Compile(entries) }

// EntryOf takes from a record what its vendor is recognised by.
func EntryOf(v *registry.Vendor) Entry {
	i := v.Identity()
	return entryOf(&i)
}

// Embedded lists the entries of the registry inside the program. It reads the identities alone, so that a scan does not
// wait for whole records to be parsed.
func Embedded(files fs.FS) ([]Entry, error) {
	identities, err := registry.Identities(source.New("", "", files))
	if err != nil {
		return nil, fmt.Errorf("read the embedded registry: %w", err)
	}
	out := make([]Entry, len(identities))
	for i := range identities {
		out[i] = entryOf(&identities[i])
	}
	return out, nil
}

func entryOf(i *registry.Identity) Entry {
	return Entry{ID: i.ID, API: i.APIHosts, Brand: i.Domains, Script: i.ScriptHosts, SDKs: i.SDKs, Imports: i.Imports, Env: i.EnvNames, MultiBackend: i.MultiBackend}
}
