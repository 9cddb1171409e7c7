package cli

import (
	"net/url"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// The settings of a CI job may come from the author of the change. The functions below refuse some of them, and list others for
// the report.

// inJob reports whether the check runs in a CI job.
func (o *checkOptions) inJob(env Env) bool { return o.job != nil || inCI(env) }

// shown returns the settings to show in the report, if they were given: those that decide what is checked, and by which rules.
func (o *checkOptions) shown() []diag.Setting {
	var out []diag.Setting
	add := func(name, value string) {
		if value != "" {
			out = append(out, diag.Setting{Name: name, Value: value})
		}
	}
	add("registry", o.registry)
	add("policy", o.policy)
	if o.scan == "off" {
		add("scan", o.scan)
	}
	for _, pattern := range o.manifests {
		add("manifest", pattern)
	}
	add("proxy", withoutUser(o.proxy))
	add("ca-file", o.caFile)
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
func (o *checkOptions) sameRepository(env Env) error {
	ours, _ := ciRepository(env)
	if o.job != nil {
		ours = o.job.Event.Repository
	}
	if o.repository == "" || !o.inJob(env) || ours == "" || scalar.SameRepository(o.repository, ours) {
		return nil
	}
	return usagef("remove it; the name comes from the job", "--repository %s: this job belongs to %s", o.repository, ours)
}
