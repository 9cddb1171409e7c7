package cli

import (
	"net/url"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// This file has what a run may not decide alone: its policy, and everyone who reads the report, can see or refuse it.

// inJob reports whether whoever proposes a change may have written the settings: in a CI job.
func (o *checkOptions) inJob(env Env) bool { return o.job != nil || inCI(env) }

// shown returns the settings that were given and that decide which code is judged, and by whom. Those of a server lose its user
// and password.
func (o *checkOptions) shown() []diag.Setting {
	var out []diag.Setting
	add := func(name, value string) {
		if value != "" {
			out = append(out, diag.Setting{Name: name, Value: value})
		}
	}
	add("registry", o.registry)
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

// withoutUser removes the user and the password of a URL.
func withoutUser(text string) string {
	u, err := url.Parse(text)
	if err != nil || text == "" {
		return ""
	}
	u.User = nil
	return u.String()
}

// sameRepository refuses a name of the repository that is not the one of the CI job: approvals and waivers are limited to
// repositories.
func (o *checkOptions) sameRepository(env Env) error {
	ours, _ := ciRepository(env)
	if o.job != nil {
		ours = o.job.Event.Repository
	}
	if o.repository == "" || !o.inJob(env) || ours == "" || scalar.SameRepository(o.repository, ours) {
		return nil
	}
	return usagef("leave it out; the name comes from the run", "--repository %s: the run is in %s", o.repository, ours)
}
