package policy

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// dataOutsideScope: VG-SCP-001, once for each class.
func dataOutsideScope(u *use) []fault {
	approved := u.get("scope.data_classes")
	var out []fault
	for _, class := range u.Data {
		if approved.Has(class.Value) {
			continue
		}
		out = append(out, fault{
			pos: class.Pos, related: []diag.Related{u.seen("scope.data_classes", "the approved classes")}, key: class.Value,
			message: fmt.Sprintf("%q is not approved for %s data (approved: %s)", u.ID.Value, class.Value, list(approved.Texts())),
			hint:    fmt.Sprintf("Send less, use test data, %s.", u.scopeHint()),
		})
	}
	return out
}

// useOutsideScope: VG-SCP-002: environments, repository, team, purpose.
func useOutsideScope(u *use) []fault {
	var out []fault
	add := func(pos diag.Pos, path, key, message, hint string) {
		out = append(out, fault{pos: pos, related: []diag.Related{u.seen(path, "the approved "+path[len("scope."):])}, key: key, message: message, hint: hint})
	}
	environments := u.get("scope.environments")
	for _, e := range u.Environments {
		if !environments.Has(e.Value) {
			add(e.Pos, "scope.environments", "environment:"+e.Value,
				fmt.Sprintf("%q is not approved for %s (approved: %s)", u.ID.Value, e.Value, list(environments.Texts())),
				fmt.Sprintf("Use it only where it is approved, %s.", u.scopeHint()))
		}
	}
	if repos := u.get("scope.repos"); repos.Known() && !registry.MatchAny(repos, u.repository) && u.get("status").Text != "pilot" {
		hint := fmt.Sprintf("Ask %s for a scope change%s.", u.owners(), u.renewAt())
		if u.repository == "" {
			hint = "Pass --repository owner/name; outside GitHub Actions nothing says which repository this is."
		}
		add(u.ID.Pos, "scope.repos", "repository", fmt.Sprintf("%q is not approved for %s (approved: %s)", u.ID.Value, u.repositoryName(), list(repos.Texts())), hint)
	}
	if teams := u.get("scope.teams"); teams.Known() && !registry.MatchAny(teams, u.Owner.Value) {
		add(u.Owner.Pos, "scope.teams", "team", fmt.Sprintf("%q is not approved for team %s (approved: %s)", u.ID.Value, u.Owner.Value, list(teams.Texts())),
			fmt.Sprintf("Ask %s for a scope change%s.", u.owners(), u.renewAt()))
	}
	purposes := u.get("scope.purposes")
	if purposes.Known() && !strings.Contains(u.Purpose.Value, " ") && !purposes.Has(u.Purpose.Value) {
		add(u.Purpose.Pos, "scope.purposes", "purpose", fmt.Sprintf("%q is not approved for purpose %q (approved: %s)", u.ID.Value, u.Purpose.Value, list(purposes.Texts())),
			fmt.Sprintf("Name an approved purpose, describe yours in a sentence, %s.", u.scopeHint()))
	}
	return out
}

func (u *use) repositoryName() string {
	if u.repository == "" {
		return "this repository, whose name is not known"
	}
	return u.repository
}

// versionOutsideScope: VG-SCP-003.
func versionOutsideScope(u *use) []fault {
	version, api := u.APIVersion.Value, u.APIID.Value
	if ids := u.vendor.APIs(); api != "" && len(ids) > 0 && !slices.Contains(ids, api) {
		hint := "use one of " + list(ids)
		if near := diag.Nearest(api, ids); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return []fault{{
			pos: u.APIID.Pos, related: []diag.Related{u.seen("apis", "the APIs on record")}, key: "api:" + api,
			message: fmt.Sprintf("%q has no API %q", u.ID.Value, api), hint: strings.TrimSpace(sentence(hint)),
		}}
	}
	if version == "" {
		return u.unstated("scope.api_versions", "api.version", "which API version of")
	}
	f := fault{pos: u.APIVersion.Pos, key: version}
	approved, ok := u.vendor.Version(api, version)
	known, current := u.vendor.FindVersion(api, version)
	f.hint = u.moveTo(version, current, approved)
	switch {
	case !ok:
		f.related = []diag.Related{u.seen("scope.api_versions", "the approved versions")}
		f.message = fmt.Sprintf("API version %s of %q is not approved (approved: %s)", version, u.ID.Value, list(approved))
		return []fault{f}
	case known == nil:
		return nil
	}
	return u.ending(f, known)
}

// unstated warns where a record limits what the manifest does not state, at the tiers where it is asked for: what is left
// out would else pass every limit.
func (u *use) unstated(scope, field, what string) []fault {
	limit := u.get(scope)
	if !limit.Known() || u.tier > 2 {
		return nil
	}
	return []fault{{
		most: diag.Warning, pos: u.ID.Pos, related: []diag.Related{u.seen(scope, "the limit")}, key: "unstated:" + field,
		message: fmt.Sprintf("vendors.yaml does not say %s %q is used (approved: %s)", what, u.ID.Value, list(limit.Texts())),
		hint:    fmt.Sprintf("Add `%s` to the entry.", field),
	}}
}

// moveTo says which version to use instead.
func (u *use) moveTo(version string, current, approved []string) string {
	others := func(versions []string) []string {
		return slices.DeleteFunc(slices.Clone(versions), func(v string) bool { return v == version })
	}
	move := "Move to " + list(others(current))
	switch {
	case len(others(current)) == 0 && len(others(approved)) == 0:
		move = "The record names no other version"
	case len(others(current)) == 0:
		move = "Move to one of " + list(others(approved))
	}
	if docs := u.get("links.changelog"); docs.Known() {
		move += "; changes: " + docs.Text
	}
	return fmt.Sprintf("%s; %s.", move, u.scopeHint())
}

// ending judges an approved version by where it is in its life.
func (u *use) ending(f fault, known *registry.APIVersion) []fault {
	status := known.Status.Text
	f.message = fmt.Sprintf("API version %s of %q is %s", u.APIVersion.Value, u.ID.Value, status)
	f.related = []diag.Related{{Pos: known.Status.Pos, Message: "the status of the version"}}
	if known.Sunset.Known() {
		f.day = u.deadlineIn(time.UTC, known.Sunset.Day, "warn_before_sunset") // a vendor's day ends in UTC
		f.related = append(f.related, diag.Related{Pos: known.Sunset.Pos, Message: "its last day"})
		if f.day.past {
			f.lapsed = true
			f.message = fmt.Sprintf("API version %s of %q has had its sunset on %s (%s)", u.APIVersion.Value, u.ID.Value, known.Sunset.Text, f.day.ago())
			return []fault{f}
		}
		f.message += fmt.Sprintf("; its sunset is %s (%s)", known.Sunset.Text, f.day.ago())
	}
	switch {
	case status == "retired":
	case status == "deprecated" && u.introduced:
		f.message += ", and this use is new or changed"
	case status == "deprecated", f.day.near:
		f.most = diag.Warning
	default:
		return nil
	}
	return []fault{f}
}

// endpointOutsideScope: VG-SCP-004.
func endpointOutsideScope(u *use) []fault {
	var out []fault
	hosts := u.vendor.Hosts()
	seen := func(v *attr.Value, words, path string) []diag.Related {
		if v.State == attr.Absent {
			words = "the record has no " + path
		}
		return []diag.Related{{Pos: v.Pos, Message: words}}
	}
	for _, e := range u.Endpoints {
		host, err := scalar.ParseEndpoint(e.Value)
		if err == nil && slices.ContainsFunc(hosts.Texts(), func(p string) bool { return scalar.HostMatches(p, host) }) {
			continue
		}
		out = append(out, fault{
			pos: e.Pos, related: seen(hosts, "the approved hosts", "api_hosts"), key: "host:" + host,
			message: fmt.Sprintf("host %s is not on the approved list of %q (approved: %s)", host, u.ID.Value, list(hosts.Texts())),
			hint:    fmt.Sprintf("Call an approved host, %s.", u.scopeHint()),
		})
	}
	methods := u.vendor.AuthMethods()
	if u.AuthMethod.Value == "" {
		out = append(out, u.unstated("scope.auth_methods", "auth_method", "with which authentication")...)
	}
	if m := u.AuthMethod; m.Value != "" && !methods.Has(m.Value) && !u.forbidden(m.Value) {
		out = append(out, fault{
			pos: m.Pos, related: seen(methods, "the approved methods", "authentication.methods"), key: "auth:" + m.Value,
			message: fmt.Sprintf("%s is not an approved way to authenticate to %q (approved: %s)", m.Value, u.ID.Value, list(methods.Texts())),
			hint:    fmt.Sprintf("Use an approved one, %s.", u.scopeHint()),
		})
	}
	return out
}
