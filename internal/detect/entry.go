package detect

import (
	"fmt"
	"io/fs"

	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/search"
	"github.com/vendorgate/vendorgate/internal/source"
)

// Entry lists the names that identify a vendor.
type Entry = search.Entry

// Catalogue is the compiled entries of all vendors.
type Catalogue = search.Catalogue

// Compile builds a catalogue. If two ids claim the same name, the later entry has it.
func Compile(entries []Entry) *Catalogue { return search.Compile(entries) }

// EntryOf returns the entry of a record.
func EntryOf(v *registry.Vendor) Entry { return EntryFor(v.Identity()) }

// EntryFor returns the entry of an identity.
func EntryFor(i registry.Identity) Entry { return entryOf(&i) }

// Embedded returns the entries of the embedded registry. It reads only the identities, so that a scan does not wait for whole
// records to be parsed.
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
	return Entry{
		ID: i.ID, API: i.APIHosts, Brand: i.Domains, Script: i.ScriptHosts, SDKs: i.SDKs, Imports: i.Imports, Env: i.EnvNames,
		MultiBackend: i.MultiBackend, Local: i.Local, SelfHosted: i.SelfHosted, Resources: i.Resources, URLs: i.URLs,
		Files: i.Files, Symbols: i.Symbols,
	}
}
