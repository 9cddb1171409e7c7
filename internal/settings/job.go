package settings

import (
	"net/url"

	"github.com/vendorgate/vendorgate/internal/ci"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inputs"
	"github.com/vendorgate/vendorgate/internal/process"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

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
