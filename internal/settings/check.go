// Package settings reads the values of flags and of a job's inputs: it checks them against each other and returns what packages
// inputs and check take. It knows no command.
package settings

import (
	"cmp"
	"fmt"
	"net/url"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/check"
	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/source"
	"github.com/vendorgate/vendorgate/internal/wire"
)

// Check holds the flags of check. Every flag is also an input of the action.
type Check struct {
	Dir             string
	Registry        string
	RegistryToken   string
	RegistryAPI     string
	Policy          string
	Manifests       []string
	MissingManifest string
	Base            string
	FailScope       string
	Scan            string
	FailOn          string
	AsOf            string
	Format          FormatFlag[*diag.Report]
	Quiet           bool // print only the verdict, unless a format is given
	Repository      string
	Proxy           string
	CAFile          string

	Job    *inputs.Job // nil outside a CI job
	Token  string      // of the CI job
	GitLab string      // API of the server that the CI job runs on, if that is GitLab
}

// Run is what one run of a command reads, checks and writes: its validated options.
type Run struct {
	Request inputs.Request
	Check   check.Settings
	Outputs []Output[*diag.Report]
}

// Read validates the options before anything is read.
func (o *Check) Read(env process.Env) (Run, error) {
	name, fromVariable := registryName(env, o.Registry, o.inJob(env))
	s := Run{Request: inputs.Request{
		Host: env.Host(), Version: env.Build.PolicyVersion(), Dir: path.Clean(filepath.ToSlash(o.Dir)), Registry: name, Base: o.Base, Job: o.Job, Local: !o.inJob(env),
	}}
	s.Check.Version, s.Check.Release = env.Build.ShownVersion(), env.Build.PolicyVersion()
	var err error
	if err = o.choices(&s); err != nil {
		return s, err
	}
	network, err := o.Network(env)
	if err != nil {
		return s, err
	}
	if s.Check.FailOn, err = diag.ParseSeverity(o.FailOn); err != nil {
		return s, Invalid("--fail-on", o.FailOn, Choices()["fail-on"])
	}
	if s.Request.Remote, err = ci.RemoteRegistry(env, ci.RegistrySettings{Name: name, Token: o.RegistryToken, API: o.RegistryAPI, JobToken: o.Token, GitLab: o.GitLab}, network); err != nil {
		return s, err
	}
	if s.Request.Remote != nil {
		s.Request.Registry = ""
	}
	if s.Request.Presets, err = readPresets(o.Policy, s.Check.Release); err != nil {
		return s, err
	}
	if s.Check.AsOf, err = ReadAsOf(o.AsOf, env); err != nil {
		return s, err
	}
	if o.inJob(env) {
		s.Request.AsOf = o.AsOf
	}
	s.Check.Now, s.Check.Shown = env.Now(), o.shown()
	if fromVariable {
		s.Check.Shown = append(s.Check.Shown, diag.Setting{Name: registryVariable, Value: name})
	}
	if s.Outputs, err = o.Format.Read(env); err != nil {
		return s, err
	}
	if o.Quiet && len(o.Format.Given) == 0 {
		s.Outputs = nil
	}
	for _, p := range o.Manifests {
		clean := path.Clean(filepath.ToSlash(p))
		if p == "" || path.IsAbs(clean) || clean == ".." || strings.HasPrefix(clean, "../") {
			return s, inputs.Usagef("pass a path inside the checked directory, relative to it", "--manifest %q is outside %s", p, s.Request.Dir)
		}
		s.Request.Manifests = append(s.Request.Manifests, clean)
	}
	s.Check.Repository, err = o.repositoryName(env)
	return s, err
}

// choices reads the flags that take one of several words.
func (o *Check) choices(s *Run) error {
	switch o.MissingManifest {
	case "fail", "pass", "when-used":
		s.Check.WhenUsed = o.MissingManifest == "when-used"
		s.Request.MissingAllowed = o.MissingManifest != "fail"
	default:
		return Invalid("--missing-manifest", o.MissingManifest, Choices()["missing-manifest"])
	}
	s.Check.Scan = check.Scan(cmp.Or(o.Scan, "auto"))
	if !slices.Contains([]check.Scan{check.ScanAuto, check.ScanOn, check.ScanOff}, s.Check.Scan) {
		return Invalid("--scan", o.Scan, Choices()["scan"])
	}
	if s.Check.WhenUsed && s.Check.Scan == check.ScanOff {
		return inputs.Usagef("leave out --scan off", "--missing-manifest when-used has to search the code")
	}
	switch o.FailScope {
	case "all", "changed":
		s.Check.ChangedOnly = o.FailScope == "changed"
	default:
		return Invalid("--fail-scope", o.FailScope, Choices()["fail-scope"])
	}
	return nil
}

// repositoryName returns the repository under check; empty if unknown.
func (o *Check) repositoryName(env process.Env) (string, error) {
	if err := o.sameRepository(env); err != nil {
		return "", err
	}
	name, origin := o.Repository, "--repository"
	if name == "" {
		name, origin = ci.Repository(env)
	}
	if name != "" && !ci.ValidRepository(name) {
		return "", inputs.Usagef("write owner/name, such as acme/checkout", "%s: %q is not a repository name", origin, name)
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
		return nil, inputs.Usagef(hint, "--policy %q: %s", text, strings.TrimPrefix(p.Message, "extends: "))
	}
	return names, nil
}

// ReadAsOf parses --as-of, which is a date or a time. By default it is now.
func ReadAsOf(text string, env process.Env) (check.AsOf, error) {
	if text == "" {
		return check.AsOf{Instant: env.Now().UTC().Truncate(time.Second)}, nil
	}
	if day, err := scalar.ParseDate(text); err == nil {
		return check.AsOf{Day: day}, nil
	}
	instant, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return check.AsOf{}, inputs.Usagef("write a date, such as 2027-01-31, or a time, such as 2027-01-31T12:00:00Z", "--as-of %q is neither a date nor a time", text)
	}
	instant = instant.UTC().Truncate(time.Second)
	if year := instant.Year(); year < 1900 || year > 9999 {
		return check.AsOf{}, inputs.Usagef("write a year from 1900 to 9999", "--as-of %q is in the year %d (UTC)", text, year)
	}
	return check.AsOf{Instant: instant}, nil
}

// Network reads the settings of the network. It refuses a certificate file that the change could have written.
func (o *Check) Network(env process.Env) (process.Network, error) {
	n := env.Network()
	n.Proxy = o.Proxy
	if o.CAFile == "" {
		return n, usable(n)
	}
	if _, below := env.Host().Inside(o.Dir, o.CAFile); below && ci.InJob(env) {
		return n, inputs.Usagef("in an earlier step, write it outside the workspace, such as to a temporary folder", "--ca-file %s is inside the workspace, which the change can modify", o.CAFile)
	}
	var err error
	if n.CA, err = env.ReadFile(o.CAFile, source.MaxFile); err != nil {
		return n, inputs.Usagef("pass a file with certificates in PEM format", "--ca-file %s: %s", o.CAFile, source.Reason(err))
	}
	return n, usable(n)
}

// usable returns an error if no request could be made with a proxy or CA file.
func usable(n process.Network) error {
	if n.Proxy == "" && n.CA == nil {
		return nil
	}
	if _, err := wire.Direct(n.Proxy, n.CA); err != nil {
		return inputs.Usagef("", "%s", err)
	}
	return nil
}

// inJob reports whether the check runs in a CI job.
func (o *Check) inJob(env process.Env) bool { return o.Job != nil || ci.InJob(env) }

// shown returns the settings to show in the report, if they were given: those that decide what is checked, and by which rules.
func (o *Check) shown() []diag.Setting {
	var out []diag.Setting
	add := func(name, value string) {
		if value != "" {
			out = append(out, diag.Setting{Name: name, Value: value})
		}
	}
	add("registry", o.Registry)
	add("policy", o.Policy)
	if o.Scan == "off" {
		add("scan", o.Scan)
	}
	for _, pattern := range o.Manifests {
		add("manifest", pattern)
	}
	add("proxy", withoutUser(o.Proxy))
	add("ca-file", o.CAFile)
	return out
}

// Identity returns the settings that shape the verdict, each with its name. Runs of the same settings judge the same. Values that mean
// the same are written in the same way. Tokens, formats and the network are not among them, and neither is the repository, which is
// that of the job.
func (o *Check) Identity() []string {
	var out []string
	add := func(name, value string) { out = append(out, name+"="+strings.TrimSpace(value)) }
	add("registry", strings.TrimSuffix(o.Registry, "/"))
	add("registry-api-url", strings.TrimSuffix(o.RegistryAPI, "/"))
	add("policy", strings.ReplaceAll(o.Policy, " ", ""))
	for _, pattern := range slices.Compact(slices.Sorted(slices.Values(o.Manifests))) {
		add("manifest", path.Clean(filepath.ToSlash(pattern)))
	}
	add("missing-manifest", o.MissingManifest)
	add("base", o.Base)
	add("fail-scope", o.FailScope)
	add("scan", cmp.Or(o.Scan, "auto"))
	add("fail-on", o.FailOn)
	add("as-of", o.AsOf)
	return out
}

// withoutUser removes the user name and password from a URL. It returns an empty string if text is not a URL.
func withoutUser(text string) string {
	u, err := url.Parse(text)
	if err != nil || text == "" {
		return ""
	}
	u.User = nil
	return u.String()
}

// sameRepository returns an error if --repository is not the repository of the CI job. Another name could claim the approvals and
// waivers of another repository.
func (o *Check) sameRepository(env process.Env) error {
	ours, _ := ci.Repository(env)
	if o.Job != nil {
		ours = o.Job.Event.Repository
	}
	if o.Repository == "" || !o.inJob(env) || ours == "" || scalar.SameRepository(o.Repository, ours) {
		return nil
	}
	return inputs.Usagef("remove it; the name comes from the job", "--repository %s: this job belongs to %s", o.Repository, ours)
}
