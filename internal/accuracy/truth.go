package main

import (
	"embed"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
)

//go:embed truth
var truthFiles embed.FS

// truth is what a repository uses, according to a reader.
type truth struct {
	name       string // of the file
	repository string
	commit     string
	set        string // tuned or held-out
	own        []string
	self       []string // vendors that the project itself is; they count neither way
	uses       []use
}

// use is a vendor that the repository uses.
type use struct {
	vendor  string
	also    []string // ids under which it may be found, too
	listed  bool     // it was in the catalogue when the file was written
	neutral bool     // it counts neither way
	hosts   []string
	sdks    []string // purls
	places  []string
}

// is reports whether an id of the catalogue is this vendor.
func (u use) is(id string) bool {
	return u.vendor == id || slices.Contains(u.also, id) || slices.Contains(sameHosts()[u.vendor], id)
}

// explains reports whether the use makes an id right: that of this vendor, of the company whose service it is, or of a service of a
// company that is used as a whole.
func (u use) explains(id string) bool {
	prefix, ok := families()[id]
	services, whole := families()[u.vendor]
	return u.is(id) || ok && strings.HasPrefix(u.vendor, prefix) || whole && strings.HasPrefix(id, services)
}

// families are the ids for all services of a company, with the start of the ids of its services.
func families() map[string]string {
	return map[string]string{"aws": "aws-", "google-apis": "google-", "google-cloud": "google-"}
}

// sameHosts are services that share a host, which cannot be told apart by it.
func sameHosts() map[string][]string {
	return map[string][]string{"cdnjs": {"cloudflare"}, "google-analytics": {"google-tag-manager"}, "google-tag-manager": {"google-analytics"}, "google-cloud": {"google-apis"}}
}

func table() *attr.Table {
	return attr.New("accuracy", "What a public repository uses.", []attr.Row{
		{Path: "repository", Type: attr.Text, Required: true, Example: "acme/shop", Doc: "Owner and name."},
		{Path: "kind", Type: attr.Text, Required: true, Example: "Rails SaaS", Doc: "What it is."},
		{Path: "languages", Type: attr.Text, List: true, Doc: "Languages of its code."},
		{Path: "files", Type: attr.Int, Doc: "Number of files."},
		{Path: "set", Type: attr.Enum, Values: []string{"tuned", "held-out"}, Required: true, Example: "tuned", Doc: "Whether it is looked at while the search is improved."},
		{Path: "own_domains", Type: attr.Text, List: true, Doc: "Domains of the project itself."},
		{Path: "note", Type: attr.Text, Doc: "What a reader should know."},
		{Path: "uses[].vendor", Type: attr.ID, Required: true, Example: "stripe", Doc: "Id of the vendor, in the catalogue if it is there."},
		{Path: "uses[].also", Type: attr.ID, List: true, Doc: "Other ids under which it may be found."},
		{Path: "uses[].name", Type: attr.Text, Doc: "Name of the vendor."},
		{Path: "uses[].listed", Type: attr.Tri, Required: true, Example: "true", Doc: "Whether the catalogue had it when the file was written."},
		{Path: "uses[].optional", Type: attr.Tri, Doc: "Whether whoever runs the program can leave it out."},
		{Path: "uses[].by", Type: attr.Text, List: true, Doc: "Kinds of signs."},
		{Path: "uses[].hosts", Type: attr.Text, List: true, Doc: "Hosts in the code."},
		{Path: "uses[].packages", Type: attr.Text, List: true, Doc: "Direct dependencies that belong to it."},
		{Path: "uses[].env", Type: attr.Text, List: true, Doc: "Names of credentials and settings."},
		{Path: "uses[].places", Type: attr.Text, List: true, Required: true, Example: `["app/billing.rb:12"]`, Doc: "Places that prove it."},
		{Path: "uses[].class", Type: attr.Text, Doc: "Why it counts neither way: opinions differ on whether this is the use of an API vendor."},
		{Path: "uses[].note", Type: attr.Text, Doc: "What a reader should know."},
		{Path: "not_uses[].vendor", Type: attr.ID, Required: true, Example: "twitter", Doc: "A vendor that seems to be used."},
		{Path: "not_uses[].why", Type: attr.Text, Required: true, Example: "a link in the footer", Doc: "Why it is not."},
		{Path: "not_uses[].place", Type: attr.Text, Required: true, Example: "app/footer.erb:9", Doc: "Where it seems so."},
	})
}

// commitLine names the commit that was read. The reader of all other lines would take it for a credential.
var commitLine = regexp.MustCompile(`(?m)^commit: ([0-9a-f]{40})$`)

// load reads all files, sorted by name.
func load() ([]truth, error) {
	names, err := truthFiles.ReadDir("truth")
	if err != nil {
		return nil, fmt.Errorf("list the files: %w", err)
	}
	rows := table()
	var out []truth
	for _, entry := range names {
		name := path.Join("truth", entry.Name())
		data, err := truthFiles.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read a file: %w", err)
		}
		commit := commitLine.FindSubmatch(data)
		if commit == nil {
			return nil, fmt.Errorf("%s: there is no line with a commit", name)
		}
		r, problems := rows.Parse(name, commitLine.ReplaceAll(data, nil))
		if len(problems) > 0 {
			return nil, fmt.Errorf("%s: %s", problems[0].Pos, problems[0].Message)
		}
		out = append(out, read(strings.TrimSuffix(entry.Name(), ".yaml"), string(commit[1]), r))
	}
	return out, nil
}

func read(name, commit string, r *attr.Record) truth {
	t := truth{name: name, repository: r.Get("repository").Text, commit: commit, set: r.Get("set").Text, own: r.Get("own_domains").Texts()}
	for _, u := range r.Get("uses").Records {
		t.uses = append(t.uses, use{
			vendor: u.Get("vendor").Text, also: u.Get("also").Texts(), listed: u.Get("listed").True(), neutral: u.Get("class").Known(),
			hosts: u.Get("hosts").Texts(), sdks: u.Get("packages").Texts(), places: u.Get("places").Texts(),
		})
	}
	return t
}
