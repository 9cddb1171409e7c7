package check

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/detect"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// byID returns entries by the id of their vendor.
func byID(entries []detect.Entry) map[string]*detect.Entry {
	out := make(map[string]*detect.Entry, len(entries))
	for i := range entries {
		out[entries[i].ID] = &entries[i]
	}
	return out
}

// ownEntries are the entries of the organisation's records. Those of records with problems hold what a glimpse finds, so that a
// mistake does not hide a vendor.
type ownEntries struct {
	known    *registry.Registry
	embedded map[string]*detect.Entry // by id

	records []ownEntry
	beside  []detect.Entry // of files that seem to hold records and are not read, in the folder of the records
	nested  []detect.Entry // of those in subfolders and beside the folder
	guessed []detect.Entry // names in all of these files that may be those of others

	illegible []string // files of records
}

// ownEntry is the entry of a record that is read.
type ownEntry struct {
	detect.Entry
	rank int // the strictness of the record's status
}

// unreadRank is the rank of a record that cannot be used. It may hold any status, so that no vendor which may be used has its names.
func unreadRank() int { return subject.Strictness("in-review") }

// ranked returns the entries of the records, those that are judged most strictly last. If two records claim the same host, an approved
// vendor must not hide a suspended one.
func (o *ownEntries) ranked() []detect.Entry {
	slices.SortFunc(o.records, func(a, b ownEntry) int { return cmp.Or(cmp.Compare(a.rank, b.rank), cmp.Compare(a.ID, b.ID)) })
	out := make([]detect.Entry, len(o.records))
	for i := range o.records {
		out[i] = o.records[i].Entry
	}
	return out
}

// add adds the entry of a record that can be used. Hosts that look like an API count if no API host is known, or no use is allowed.
func (o *ownEntries) add(e detect.Entry, status string) {
	e.Guarded = subject.Blocked(status) || len(e.API)+len(e.Script)+len(e.URLs) == 0
	o.records = append(o.records, ownEntry{e, subject.Strictness(status)})
}

// addBroken adds the entry of a record that cannot be used.
func (o *ownEntries) addBroken(e detect.Entry) {
	e.Guarded = true
	o.records = append(o.records, ownEntry{e, unreadRank()})
	if known := o.embedded[e.ID]; known != nil {
		o.records = append(o.records, ownEntry{*known, unreadRank()})
	}
}

// read reads the entries of the records.
func (o *ownEntries) read() error {
	ids, err := o.known.Tree.List("vendors", ".yaml")
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	var parse []string
	err = o.known.ScanIdentities(ids, o.relevant, func(id string, identity *registry.Identity) {
		if identity == nil || o.embedded[id] == nil && !identity.Recognisable() { // a key may be misspelt
			parse = append(parse, id)
			return
		}
		o.add(detect.EntryFor(*identity), identity.Status)
	})
	if err != nil {
		return err
	}
	slices.Sort(parse)
	for _, id := range parse {
		v, err := o.known.Vendor(id)
		if err == nil && v != nil && v.Record != nil && len(v.Problems) == 0 {
			o.add(detect.EntryOf(v), v.Record.Get("status").Text)
			continue
		}
		entry, err := o.glimpse(id, "vendors/"+id+".yaml")
		if err != nil {
			return err
		}
		o.addBroken(entry)
	}
	return nil
}

// glimpse returns the entry of a record that cannot be used.
func (o *ownEntries) glimpse(id, file string) (detect.Entry, error) {
	data, err := readRecord(o.known, file)
	if err != nil {
		return detect.Entry{}, err
	}
	named, guessed := registry.Glimpse(id, data)
	if guessed.Recognisable() {
		o.guessed = append(o.guessed, detect.EntryFor(guessed))
	}
	if o.embedded[id] == nil && !named.Recognisable() && !guessed.Recognisable() {
		o.illegible = append(o.illegible, file)
	}
	return detect.EntryFor(named), nil
}

// relevant reports whether a record may say how to recognise a vendor, even if a key is misspelt or escaped. Most decisions about
// known vendors do not, so they need not be parsed. A status that forbids uses matters, too: see ranked.
func (o *ownEntries) relevant(id string, data []byte) bool {
	return o.embedded[id] == nil || source.IsPointer(data) || slices.ContainsFunc([]string{"host", "sdk", "domain", "detect", "urls", "resources", "files", "symbols", "imports", "env_names", "pkg:", "\\", "\x00", "suspended", "denied", "retired", "proposed", "in-review"}, func(key string) bool {
		return bytes.Contains(data, []byte(key))
	})
}

// readStrays reads the entries of files that seem to hold records and are not read. A folder that has the name of a record holds
// none that can be read: it may be a submodule.
func (o *ownEntries) readStrays() error {
	strays, err := o.known.Strays()
	twins, _ := o.known.Twins() // the same error
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, s := range slices.Concat(strays, twins) {
		entry, err := o.glimpse(s.ID, s.File)
		switch {
		case err != nil:
			return err
		case s.Nested(), s.Beside():
			o.nested = append(o.nested, entry)
		default:
			o.beside = append(o.beside, entry)
		}
	}
	found, err := o.known.Tree.ReadDir("vendors")
	if err != nil {
		return fmt.Errorf("list the records: %s", source.Reason(err))
	}
	for _, e := range found {
		id, ok := strings.CutSuffix(e.Name(), ".yaml")
		if ok && e.IsDir() && o.embedded[id] == nil {
			o.illegible = append(o.illegible, "vendors/"+e.Name())
		}
	}
	return nil
}

// readRecord reads the bytes of a record that cannot be used, to find names in them. It follows a link within the registry and reads
// more of a file that is too large. It returns none for what is no file, and for a name that is not UTF-8.
func readRecord(known *registry.Registry, file string) ([]byte, error) {
	if !fs.ValidPath(file) {
		return nil, nil
	}
	data, err := source.ReadFile(known.Tree.Files, file)
	switch {
	case errors.Is(err, source.ErrNotRegular), err == nil && len(data) > source.MaxFile:
		return longer(known.Tree.Files, file, data), nil
	case err != nil:
		return nil, fmt.Errorf("read %s: %s", known.Tree.Name(file), source.Reason(err))
	}
	return data, nil
}

// longer reads a file that a link may lead to, up to a generous limit. If it cannot, it returns what is known of the file.
func longer(files fs.FS, file string, data []byte) []byte {
	const most = 32 << 20
	if info, err := fs.Stat(files, file); err != nil || !info.Mode().IsRegular() { // opening a pipe may block
		return data
	}
	f, err := files.Open(file)
	if err != nil {
		return data
	}
	defer f.Close() //nolint:errcheck // nothing was written
	if more, err := io.ReadAll(io.LimitReader(f, most)); err == nil {
		return more
	}
	return data
}
