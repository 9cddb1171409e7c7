package cli

import (
	"cmp"
	"fmt"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/report"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
)

// checkOptions are the flags of check. Every flag is also an input of the action.
type checkOptions struct {
	dir             string
	registry        string
	registryToken   string
	registryAPI     string
	policy          string
	manifests       []string
	missingManifest string
	base            string
	failScope       string
	scan            string
	failOn          string
	asOf            string
	format          formatFlag[*diag.Report]
	repository      string
	proxy           string
	caFile          string

	job   *inputs.Job // nil outside a CI job
	token string      // of the CI job
}

func (o *checkOptions) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.SortFlags = false
	registryFlag(f, &o.registry, "", registryHelp+embeddedByDefault)
	f.StringVar(&o.registryToken, "registry-token", "", tokenHelp+", unless --registry-api-url is set.")
	f.StringVar(&o.registryAPI, "registry-api-url", "", apiHelp)
	f.StringVar(&o.policy, "policy", "", "Policy for a registry that has no policy.yaml: a preset, such as "+policy.Presets()[0]+", and overlays, separated by commas.")
	f.StringArrayVar(&o.manifests, "manifest", nil, "Path or glob of manifests, inside the checked directory; repeatable. By default, manifests are found by name.")
	f.StringVar(&o.missingManifest, "missing-manifest", "fail", "What to do if there is no manifest: fail, pass, or when-used (pass unless the code uses a vendor).")
	f.StringVar(&o.base, "base", "", "Directory or manifest as it was before the change. By default, the action reads it from the repository; elsewhere, every use counts as existing.")
	f.StringVar(&o.failScope, "fail-scope", "all", "Which findings can fail the check: all, or changed (only those about new or changed uses).")
	f.StringVar(&o.scan, "scan", "auto", "Whether to search the code for undeclared vendors: auto, on (no verdict if files are missing from the checkout or above a limit), or off.")
	f.StringVar(&o.failOn, "fail-on", "error", "Lowest severity that fails the check: error, warning, note, or off.")
	f.StringVar(&o.asOf, "as-of", "", asOfHelp+" In CI, the policy must allow it.")
	o.format.add(cmd, "the report", report.Formats())
	f.StringVar(&o.proxy, "proxy", "", "URL of a proxy for all requests, such as http://proxy.example:3128. Proxies from environment variables are not used.")
	f.StringVar(&o.caFile, "ca-file", "", "PEM file with certificates to trust in addition to the built-in roots. Certificates from environment variables are not used.")
	f.StringVar(&o.repository, "repository", "", "The repository's name as owner/name, for approvals and waivers that are limited to some repositories. "+repositoryHelp)
}

// settings are validated options.
type settings struct {
	request inputs.Request
	check   check.Settings
	outputs []output[*diag.Report]
}

// settings validates the options before anything is read.
func (o *checkOptions) settings(env Env) (settings, error) {
	s := settings{request: inputs.Request{
		Host: env.host(), Version: env.Build.release(), Dir: path.Clean(filepath.ToSlash(o.dir)), Registry: o.registry, Base: o.base, Job: o.job,
	}}
	s.check.Version, s.check.Release = env.Build.version(), env.Build.release()
	var err error
	if err = o.choices(&s); err != nil {
		return s, err
	}
	network, err := o.network(env)
	if err != nil {
		return s, err
	}
	if s.check.FailOn, err = diag.ParseSeverity(o.failOn); err != nil {
		return s, invalid("--fail-on", o.failOn, []string{"error", "warning", "note", "off"})
	}
	if s.request.Remote, err = remoteRegistry(env, registrySettings{o.registry, o.registryToken, o.registryAPI, o.token}, network); err != nil {
		return s, err
	}
	if s.request.Remote != nil {
		s.request.Registry = ""
	}
	if s.request.Presets, err = readPresets(o.policy, s.check.Release); err != nil {
		return s, err
	}
	if s.check.AsOf, err = readAsOf(o.asOf, env); err != nil {
		return s, err
	}
	if o.inJob(env) {
		s.request.AsOf = o.asOf
	}
	s.check.Now, s.check.Shown = env.Now(), o.shown()
	if s.outputs, err = o.format.read(env); err != nil {
		return s, err
	}
	for _, p := range o.manifests {
		clean := path.Clean(filepath.ToSlash(p))
		if p == "" || path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") {
			return s, usagef("pass a path inside the checked directory, relative to it", "--manifest %q is outside %s", p, s.request.Dir)
		}
		s.request.Manifests = append(s.request.Manifests, clean)
	}
	s.check.Repository, err = o.repositoryName(env)
	return s, err
}

// choices reads the flags that take one of several words.
func (o *checkOptions) choices(s *settings) error {
	switch o.missingManifest {
	case "fail", "pass", "when-used":
		s.check.WhenUsed = o.missingManifest == "when-used"
		s.request.MissingAllowed = o.missingManifest != "fail"
	default:
		return invalid("--missing-manifest", o.missingManifest, []string{"fail", "pass", "when-used"})
	}
	s.check.Scan = check.Scan(cmp.Or(o.scan, "auto"))
	if !slices.Contains([]check.Scan{check.ScanAuto, check.ScanOn, check.ScanOff}, s.check.Scan) {
		return invalid("--scan", o.scan, []string{"auto", "on", "off"})
	}
	if s.check.WhenUsed && s.check.Scan == check.ScanOff {
		return usagef("leave out --scan off", "--missing-manifest when-used has to search the code")
	}
	switch o.failScope {
	case "all", "changed":
		s.check.ChangedOnly = o.failScope == "changed"
	default:
		return invalid("--fail-scope", o.failScope, []string{"all", "changed"})
	}
	return nil
}

// repositoryName returns the repository under check; empty if unknown.
func (o *checkOptions) repositoryName(env Env) (string, error) {
	if err := o.sameRepository(env); err != nil {
		return "", err
	}
	name, origin := o.repository, "--repository"
	if name == "" {
		name, origin = ciRepository(env)
	}
	if name != "" && !validRepository(name) {
		return "", usagef("write owner/name, such as acme/checkout", "%s: %q is not a repository name", origin, name)
	}
	return name, nil
}

// readPresets reads --policy: a preset, and overlays.
func readPresets(text, version string) ([]string, error) {
	if text == "" {
		return nil, nil
	}
	var names []string
	for name := range strings.SplitSeq(text, ",") {
		names = append(names, strings.TrimSpace(name))
	}
	if _, problems := rules.LoadPresets(names, version); len(problems) > 0 {
		p := problems[0]
		hint := strings.ReplaceAll(p.Hint, ", or remove the key", "")
		if slices.Contains(policy.Overlays(), names[0]) {
			hint = fmt.Sprintf("write --policy %s,%s", policy.Presets()[1], names[0])
		}
		return nil, usagef(hint, "--policy %q: %s", text, strings.TrimPrefix(p.Message, "extends: "))
	}
	return names, nil
}

// readAsOf parses --as-of, which is a date or a time. By default it is now.
func readAsOf(text string, env Env) (check.AsOf, error) {
	if text == "" {
		return check.AsOf{Instant: env.Now().UTC().Truncate(time.Second)}, nil
	}
	if day, err := scalar.ParseDate(text); err == nil {
		return check.AsOf{Day: day}, nil
	}
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return check.AsOf{}, usagef("write a date, such as 2027-01-31, or a time, such as 2027-01-31T12:00:00Z", "--as-of %q is neither a date nor a time", text)
	}
	instant = instant.UTC().Truncate(time.Second)
	if year := instant.Year(); year < 1900 || year > 9999 {
		return check.AsOf{}, usagef("write a year from 1900 to 9999", "--as-of %q is in the year %d (UTC)", text, year)
	}
	return check.AsOf{Instant: instant}, nil
}

// network reads the settings of the network. It refuses a certificate file that the change could have written.
func (o *checkOptions) network(env Env) (network, error) {
	n := env.network()
	n.proxy = o.proxy
	if o.caFile == "" {
		return n, nil
	}
	if _, below := env.host().Inside(o.dir, o.caFile); below && inCI(env) {
		return n, usagef("in an earlier step, write it outside the workspace, such as to the runner.temp folder", "--ca-file %s is inside the workspace, which the change can modify", o.caFile)
	}
	var err error
	if n.ca, err = env.ReadFile(o.caFile, source.MaxFile); err != nil {
		return n, usagef("pass a file with certificates in PEM format", "--ca-file %s: %s", o.caFile, source.Reason(err))
	}
	return n, nil
}
