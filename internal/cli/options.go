package cli

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// checkOptions is the command line of check as it was given. Every flag is an input of the action.
type checkOptions struct {
	dir             string
	registry        string
	registryToken   string
	registryAPI     string
	manifests       []string
	missingManifest string
	base            string
	failScope       string
	scan            string
	failOn          string
	asOf            string
	formats         []string
	repository      string
	proxy           string
	caFile          string

	own   *own   // in GitHub Actions: what the run is about
	token string // in GitHub Actions: the job's
}

func (o *checkOptions) flags(f *pflag.FlagSet) {
	f.SortFlags = false
	f.StringVar(&o.registry, "registry", "", "Your organisation's registry: a directory with policy.yaml, vendors/ and waivers/, or a repository as owner/repo[@ref][//path]. By default, the registry embedded in vendorgate.")
	f.StringVar(&o.registryToken, "registry-token", "", "Token that can read the contents of the registry's repository. Outside GitHub Actions, GITHUB_TOKEN is used by default, unless --registry-api-url is set.")
	f.StringVar(&o.registryAPI, "registry-api-url", "", "REST API of the server that hosts the registry's repository, such as https://github.example/api/v3. By default, the API of the current run.")
	f.StringArrayVar(&o.manifests, "manifest", nil, "Path or glob of manifests, inside the checked directory; repeatable. By default, manifests are found by name.")
	f.StringVar(&o.missingManifest, "missing-manifest", "fail", "What to do if there is no manifest: fail, pass, or when-used to pass unless the code uses a vendor.")
	f.StringVar(&o.base, "base", "", "Directory or single manifest before the change. Findings then say whether the change introduced them.")
	f.StringVar(&o.failScope, "fail-scope", "all", "Which findings can fail the check: all, or changed for only those about new or changed uses.")
	f.StringVar(&o.scan, "scan", "auto", "Whether to search the code for undeclared vendors: auto if it is checked out, on to give no verdict if it is not, or off.")
	f.StringVar(&o.failOn, "fail-on", "error", "Lowest severity that fails the check: error, warning, note, or off.")
	f.StringVar(&o.asOf, "as-of", "", "Date (2027-01-31) or time (RFC 3339) to evaluate at. By default, now.")
	f.StringArrayVar(&o.formats, "format", nil, "Report format: text, json or markdown, with =FILE to write it to a file; repeatable. By default, text on stdout.")
	f.StringVar(&o.proxy, "proxy", "", "URL of a proxy for all requests, such as http://proxy.example:3128. Proxies from environment variables are not used.")
	f.StringVar(&o.caFile, "ca-file", "", "PEM file with certificates to trust in addition to the built-in roots. Certificates from environment variables are not used.")
	f.StringVar(&o.repository, "repository", "", "The repository's name as owner/name, for approvals and waivers that are limited to some repositories. GitHub Actions provides it.")
}

// settings are the options once they are known to be good.
type settings struct {
	dir          string
	registry     string
	remote       *remote // the registry, where it is a repository
	patterns     []string
	allowMissing bool
	whenUsed     bool // a directory without a manifest passes if its code uses no vendor
	scan         string
	base         string
	scopeChanged bool
	failOn       diag.Severity
	instant      time.Time   // of --as-of, or now
	day          scalar.Date // of --as-of, if it is a day
	outputs      []output
	repository   string
	own          *own // nil outside of GitHub Actions
	network      network
}

// output is one format and where it goes; file "" is standard output.
type output struct{ format, file string }

func (o *checkOptions) settings(env Env) (settings, error) {
	s := settings{dir: path.Clean(filepath.ToSlash(o.dir)), registry: o.registry, base: o.base, repository: o.repository, own: o.own}
	switch o.missingManifest {
	case "fail", "pass", "when-used":
		s.whenUsed = o.missingManifest == "when-used"
		s.allowMissing = o.missingManifest == "pass" || s.whenUsed
	default:
		return s, usagef(nearest(o.missingManifest, []string{"fail", "pass", "when-used"}), "--missing-manifest %q is not a choice", o.missingManifest)
	}
	if s.scan = cmp.Or(o.scan, "auto"); !slices.Contains([]string{"auto", "on", "off"}, s.scan) {
		return s, usagef(nearest(o.scan, []string{"auto", "on", "off"}), "--scan %q is not a choice", o.scan)
	}
	if s.whenUsed && s.scan == "off" {
		return s, usagef("leave out --scan off", "--missing-manifest when-used needs a search of the code")
	}
	switch o.failScope {
	case "all", "changed":
		s.scopeChanged = o.failScope == "changed"
	default:
		return s, usagef(nearest(o.failScope, []string{"all", "changed"}), "--fail-scope %q is not a choice", o.failScope)
	}
	var err error
	if s.network, err = o.network(env); err != nil {
		return s, err
	}
	if s.failOn, err = diag.ParseSeverity(o.failOn); err != nil {
		return s, usagef(nearest(o.failOn, []string{"error", "warning", "note", "off"}), "--fail-on %q is not a choice", o.failOn)
	}
	if s.remote, err = readRemote(env, o); err != nil {
		return s, err
	}
	if s.remote != nil {
		s.registry = ""
	}
	if err := s.readAsOf(o.asOf, env); err != nil {
		return s, err
	}
	if s.outputs, err = readOutputs(env, o.formats, report.Formats()); err != nil {
		return s, err
	}
	for _, p := range o.manifests {
		clean := path.Clean(filepath.ToSlash(p))
		if p == "" || path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") {
			return s, usagef("write it relative to the directory that is checked, and inside it", "--manifest %q lies outside %s", p, s.dir)
		}
		s.patterns = append(s.patterns, clean)
	}
	origin := "--repository"
	if s.repository == "" {
		origin, s.repository = "the variable GITHUB_REPOSITORY", env.Getenv("GITHUB_REPOSITORY")
	}
	if s.repository != "" && !validRepository(s.repository) {
		return s, usagef("write owner/name, such as acme/checkout", "%s: %q is not the name of a repository", origin, s.repository)
	}
	return s, nil
}

func (s *settings) readAsOf(text string, env Env) error {
	var err error
	if text == "" {
		s.instant = env.Now().UTC().Truncate(time.Second)
		return nil
	}
	if s.day, err = scalar.ParseDate(text); err == nil {
		return nil
	}
	if s.instant, err = time.Parse(time.RFC3339, text); err != nil {
		return usagef("write a day, such as 2027-01-31, or an instant, such as 2027-01-31T12:00:00Z", "--as-of %q is neither a day nor an instant", text)
	}
	s.instant = s.instant.UTC().Truncate(time.Second)
	if year := s.instant.Year(); year < 1900 || year > 9999 {
		return usagef("write a year from 1900 to 9999", "--as-of %q lies in the year %d, by UTC", text, year)
	}
	return nil
}

// asOf is the instant to judge by. A day begins in the policy's zone.
func (s *settings) asOf(zone *time.Location) time.Time {
	if s.day.IsZero() {
		return s.instant
	}
	return s.day.Start(zone)
}

// readOutputs reads what --format was given, each FORMAT or FORMAT=FILE; the first choice is printed if it was not.
func readOutputs(env Env, formats, choices []string) ([]output, error) {
	if len(formats) == 0 {
		formats = choices[:1]
	}
	var out []output
	for _, f := range formats {
		name, file, named := strings.Cut(f, "=")
		switch {
		case !slices.Contains(choices, name):
			return nil, usagef(nearest(name, choices), "unknown format %q", name)
		case named && file == "":
			return nil, usagef("write "+name+"=report."+name+", or leave the = out to print it", "--format %s names no file", f)
		case slices.ContainsFunc(out, func(o output) bool { return samePlace(env, o.file, file) }):
			return nil, usagef("give each its own =FILE", "two formats go to the same place: --format %s", f)
		}
		out = append(out, output{name, file})
	}
	return out, nil
}

// writeOutputs renders everything before the first byte leaves, and then writes each output once. Colour is for terminals.
func writeOutputs(env Env, outputs []output, render func(format string, colour bool) (sink.Document, error)) error {
	rendered := make([]sink.Document, len(outputs))
	for i, o := range outputs {
		var err error
		if rendered[i], err = render(o.format, o.file == "" && env.Terminal && env.Getenv("NO_COLOR") == ""); err != nil {
			return err
		}
	}
	for i, o := range outputs {
		var err error
		if o.file == "" {
			err = env.Stdout.Put(rendered[i])
		} else {
			err = env.WriteFile(o.file, rendered[i].Bytes())
		}
		if err != nil {
			return fmt.Errorf("write the %s output: %w", o.format, err)
		}
	}
	return nil
}

// samePlace compares outputs; an empty name is standard output.
func samePlace(env Env, a, b string) bool {
	if a == "" || b == "" {
		return a == b
	}
	return env.Abs(a) == env.Abs(b)
}

func nearest(word string, choices []string) string {
	if near := diag.Nearest(word, choices); near != "" {
		return fmt.Sprintf("did you mean %q? use one of %s", near, strings.Join(choices, ", "))
	}
	return "use one of " + strings.Join(choices, ", ")
}

// validRepository accepts what GitHub does: an owner of letters, digits and -, and a name that is no path.
func validRepository(name string) bool {
	owner, repo, ok := strings.Cut(name, "/")
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"
	return ok && owner != "" && strings.Trim(owner, letters) == "" && repo != "" && repo != "." && repo != ".." && strings.Trim(repo, letters+"._") == ""
}
