package rules

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/inventory"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// Rules about the approved scope.
const (
	DataOutsideScope     = "VG-SCP-001"
	UseOutsideScope      = "VG-SCP-002"
	VersionOutsideScope  = "VG-SCP-003"
	EndpointOutsideScope = "VG-SCP-004"
)

func scopeRules() []Rule {
	return []Rule{
		{
			RuleInfo: policy.RuleInfo{ID: DataOutsideScope, Title: "a data class is outside the approved scope", Levels: tiered("EEEE"), Waivable: true},
			Judge:    dataOutsideScope, Actor: Team, Public: AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: UseOutsideScope, Title: "an environment, repository, team or purpose is outside the approved scope", Levels: tiered("EEEE"), Waivable: true},
			Judge:    useOutsideScope, Actor: Team, Public: AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: VersionOutsideScope, Title: "an API version is not approved, or reaches the end of its life", Levels: tiered("EEEE"), Waivable: true},
			Judge:    versionOutsideScope, Deadlines: versionsEnd, Actor: Team, Public: AboutUse,
		},
		{
			RuleInfo: policy.RuleInfo{ID: EndpointOutsideScope, Title: "a host or authentication method is outside the approved scope", Levels: tiered("EEEE"), Waivable: true},
			Judge:    endpointOutsideScope, Actor: Team, Public: AboutUse,
		},
	}
}

// dataOutsideScope implements VG-SCP-001, with one fault for each class. A class that does not exist is a fault of the manifest alone.
func dataOutsideScope(u *subject.Subject) []subject.Fault {
	approved := u.Attr("scope.data_classes")
	if len(u.Data) == 0 {
		return u.NotAsked("the use has no data")
	}
	u.Wants("all of "+subject.List(u.Classes), "scope.data_classes")
	var out []subject.Fault
	for _, class := range u.Data {
		if approved.Has(class.Value) || u.Policy.Rule(RecordContradicts).Levels[u.Tier] == diag.Error && u.Misspells(class.Value) {
			continue
		}
		out = append(out, subject.Fault{
			Pos: class.Pos, Related: []diag.Related{u.RelatedTo("scope.data_classes", "the approved data classes")}, Key: class.Value,
			Message: fmt.Sprintf("%q is not approved for %s data (approved: %s)", u.ID.Value, class.Value, subject.List(approved.Texts())),
			Hint:    fmt.Sprintf("Stop sending it, switch to test data, %s.", u.ScopeHint()),
		})
	}
	return out
}

// useOutsideScope implements VG-SCP-002: environments, repository, team and purpose.
func useOutsideScope(u *subject.Subject) []subject.Fault {
	var out []subject.Fault
	add := func(pos diag.Pos, path, key, message, hint string) {
		out = append(out, subject.Fault{Pos: pos, Related: []diag.Related{u.RelatedTo(path, "the approved "+path[len("scope."):])}, Key: key, Message: message, Hint: hint})
	}
	environments := u.Attr("scope.environments")
	u.Wants("one or more, and all of the use", "scope.environments")
	for _, path := range []string{"scope.repos", "scope.teams", "scope.purposes"} {
		if u.Attr(path).Known() {
			u.Wants("those of the use", path)
		}
		out = append(out, permitsNone(u, path)...)
	}
	if u.ForKeepers && len(u.EnvironmentNames) == 0 {
		which := ""
		if u.Attr("status").Text == "pilot" {
			which = " outside production, to which a pilot is limited"
		}
		add(environments.Pos, "scope.environments", "environment:none", fmt.Sprintf("the scope of %q permits no environment%s, so every use of it fails", u.ID.Value, which), "List the approved environments in scope.environments.")
	}
	if len(out) > 0 && u.ForKeepers {
		return out
	}
	for _, e := range u.Environments {
		if !environments.Has(e.Value) {
			add(e.Pos, "scope.environments", "environment:"+e.Value,
				fmt.Sprintf("%q is not approved for %s (approved: %s)", u.ID.Value, e.Value, subject.List(environments.Texts())),
				fmt.Sprintf("Use it only in approved environments, %s.", u.ScopeHint()))
		}
	}
	if repos := u.Attr("scope.repos"); repos.Known() && !registry.NamesRepository(repos, u.Repository) && u.Attr("status").Text != "pilot" {
		hint := fmt.Sprintf("Ask %s for a scope change%s.", u.Owners(), u.RenewAt())
		if u.Repository == "" {
			hint = "Pass --repository owner/name; outside a CI job the name of the repository is unknown."
		}
		add(u.ID.Pos, "scope.repos", "repository", fmt.Sprintf("%q is not approved for %s (approved: %s)", u.ID.Value, u.RepositoryName(), subject.List(repos.Texts())), hint)
	}
	if teams := u.Attr("scope.teams"); teams.Known() && u.Owner.Value != "" && !manifest.NoOwner(u.Owner.Value) && !registry.NamesTeam(teams, u.Owner.Value) {
		add(u.Owner.Pos, "scope.teams", "team", fmt.Sprintf("%q is not approved for team %s (approved: %s)", u.ID.Value, u.Owner.Value, subject.List(teams.Texts())),
			fmt.Sprintf("Ask %s for a scope change%s.", u.Owners(), u.RenewAt()))
	}
	purposes := u.Attr("scope.purposes")
	if purposes.Known() && u.Purpose.Value != "" && !manifest.NoPurpose(u.Purpose.Value) && !strings.Contains(u.Purpose.Value, " ") && !purposes.Has(u.Purpose.Value) {
		add(u.Purpose.Pos, "scope.purposes", "purpose", fmt.Sprintf("%q is not approved for purpose %q (approved: %s)", u.ID.Value, u.Purpose.Value, subject.List(purposes.Texts())),
			fmt.Sprintf("Name an approved purpose, describe yours in a sentence, %s.", u.ScopeHint()))
	}
	return out
}

// permitsNone reports, to the maintainers of a registry, a list of the scope that is empty. Without the list, more is permitted. The rules of
// pilots report one without a repository.
func permitsNone(u *subject.Subject, path string) []subject.Fault {
	if list := u.Attr(path); !u.ForKeepers || !list.Known() || len(list.Items) > 0 || path == "scope.repos" && u.Attr("status").Text == "pilot" {
		return nil
	}
	u.Wants("one or more, if it is there", path)
	return []subject.Fault{{
		Pos: u.Attr(path).Pos, Key: path + ":none", Message: fmt.Sprintf("%s of %q is an empty list, which permits none", path, u.ID.Value),
		Hint: fmt.Sprintf("List what is approved in %s, or remove the list.", path),
	}}
}

// versionOutsideScope implements VG-SCP-003.
func versionOutsideScope(u *subject.Subject) []subject.Fault {
	if none := permitsNone(u, "scope.api_versions"); none != nil {
		return none
	}
	version, api := u.APIVersion.Value, u.APIID.Value
	if ids := u.Vendor.APIs(); api != "" && len(ids) > 0 && !slices.Contains(ids, api) {
		hint := "use one of " + subject.List(ids)
		if near := diag.Nearest(api, ids); near != "" {
			hint = fmt.Sprintf("did you mean %q?", near)
		}
		return []subject.Fault{{
			Pos: u.APIID.Pos, Related: []diag.Related{u.RelatedTo("apis", "the APIs on record")}, Key: "api:" + api,
			Message: fmt.Sprintf("%q has no API %q", u.ID.Value, api), Hint: strings.TrimSpace(subject.Sentence(hint)),
		}}
	}
	approved, ok := u.Vendor.Version(api, version)
	limited := u.Vendor.LimitsVersions(api)
	switch {
	case version == "" && !limited:
		return u.NotAsked("the record limits no API versions")
	case version == "" && u.Hypothetical:
		return u.NotAsked("the use names no API version")
	}
	u.WantsOf("api.version: one of "+subject.List(approved), unstatedIf(version == "", "api.version"))
	switch {
	case version == "" && limited:
		return unstated(u, "scope.api_versions", u.Vendor.Versions(), approved, "api.version", "which API version of %q is used")
	case !limited:
		kind := "API versions"
		if api != "" {
			kind = "versions of the API " + api
		}
		return unchecked(u, u.APIVersion, version, "API version "+version, kind)
	}
	f := subject.Fault{Pos: u.APIVersion.Pos, Key: version}
	known, current := u.Vendor.FindVersion(api, version)
	f.Hint = moveTo(u, version, current, approved)
	switch {
	case !ok:
		f.Related = []diag.Related{{Pos: u.Vendor.Versions().Pos, Message: "the approved versions"}}
		f.Message = fmt.Sprintf("API version %s of %q is not approved (approved: %s)", version, u.ID.Value, subject.List(approved))
		return []subject.Fault{f}
	case known == nil:
		return nil
	}
	return ending(u, f, known)
}

// unstated reports, at tiers 1 and 2, what the manifest does not state although the organisation's record limits it. Otherwise leaving it
// out would avoid the limit. What the record inherits from the catalogue is no limit. What it lists outside of scope is no more than a warning
// if the policy asks no more than the essentials, which do not ask how a vendor is called. What is stated wrongly or as TODO, VG-MAN-001 reports.
func unstated(u *subject.Subject, scope string, limit *attr.Value, approved []string, field, what string) []subject.Fault {
	if u.Hypothetical || !limit.Known() || limit.Pos.File != u.Vendor.File || u.Tier > 2 || u.Get(field).State != attr.Absent {
		return nil
	}
	most := diag.Off
	if !u.Attr(scope).Known() && !u.InForce(WeakAuthentication) {
		most = diag.Warning
	}
	return []subject.Fault{{
		MaxSeverity: most, Unknown: true, Pos: u.ID.Pos, Related: []diag.Related{{Pos: limit.Pos, Message: "the approved values"}}, Key: "unstated:" + field,
		Message: fmt.Sprintf("vendors.yaml does not say %s (approved: %s)", u.About(what), subject.List(approved)),
		Hint:    fmt.Sprintf("Add `%s` to the entry.", field),
	}}
}

// unstatedIf says that the manifest does not state what a rule asks, if so.
func unstatedIf(missing bool, field string) string {
	if missing {
		return "the manifest does not state " + field
	}
	return ""
}

// unchecked notes what the manifest states and the record does not limit. It is no more than a note, because not stating it is none.
func unchecked(u *subject.Subject, at diag.At[string], key, what, kind string) []subject.Fault {
	return []subject.Fault{{
		MaxSeverity: diag.Note, Unknown: true, Pos: at.Pos, Key: key, Related: []diag.Related{{Pos: diag.Pos{File: u.Vendor.File}, Message: "the record"}},
		Message: fmt.Sprintf("%s is not checked, because the record of %q lists no %s", what, u.ID.Value, kind),
		Hint:    u.OwnerMust("list them in %s.", u.Vendor.File), Keeper: true,
	}}
}

// versionEnd returns the last day of a version, which ends in UTC.
func versionEnd(u *subject.Subject, last scalar.Date) subject.LastDay {
	return u.LastDayIn(time.UTC, last, "warn_before_sunset")
}

// versionsEnd returns the last day of the version in use, or of all approved versions if the use names none.
func versionsEnd(u *subject.Subject) []subject.Deadline {
	var out []subject.Deadline
	for _, api := range u.Attr("apis").Records {
		for _, v := range api.Get("versions").Records {
			apiID, id, end := api.Get("id").Text, v.Get("id").Text, v.Get("sunset")
			_, approved := u.Vendor.Version(apiID, id)
			other := u.APIVersion.Value != "" && (u.APIVersion.Value != id || u.APIID.Value != "" && u.APIID.Value != apiID)
			if !end.Known() || !approved || other || v.Get("status").Text == "retired" {
				continue
			}
			out = append(out, subject.Deadline{
				LastDay: versionEnd(u, end.Day), Rule: VersionOutsideScope, Kind: inventory.Sunset, Item: apiID + "/" + id,
				Path: "apis[" + apiID + "].versions[" + id + "].sunset", At: end, What: fmt.Sprintf("version %s of the API %s", id, apiID),
				Who: u.Owners(), Do: "Move every use to another version and remove this one from scope.api_versions.",
			})
		}
	}
	return out
}

// moveTo is the hint that names the versions to use instead.
func moveTo(u *subject.Subject, version string, current, approved []string) string {
	if u.ForKeepers {
		return "Remove it from scope.api_versions, and record the version as retired, once no use of it is left."
	}
	others := func(versions []string) []string {
		return slices.DeleteFunc(slices.Clone(versions), func(v string) bool { return v == version })
	}
	move := "Move to " + subject.List(others(current))
	switch {
	case len(others(current)) == 0 && len(others(approved)) == 0:
		return fmt.Sprintf("Ask %s for a scope change%s; the record lists no other version.", u.Owners(), u.RenewAt())
	case len(others(current)) == 0:
		move = "Move to one of " + subject.List(others(approved))
	}
	if docs := u.Attr("links.changelog"); docs.Known() {
		move += " (changes: " + docs.Text + ")"
	}
	return fmt.Sprintf("%s, %s.", move, u.ScopeHint())
}

// ending reports an approved version that is deprecated, retired, or close to its sunset.
func ending(u *subject.Subject, f subject.Fault, known *registry.APIVersion) []subject.Fault {
	status := known.Status.Text
	f.Message = fmt.Sprintf("API version %s of %q is %s", u.APIVersion.Value, u.ID.Value, status)
	f.Related = []diag.Related{{Pos: known.Status.Pos, Message: "the status of the version"}}
	if known.Sunset.Known() {
		f.Day = versionEnd(u, known.Sunset.Day)
		f.Related = append(f.Related, diag.Related{Pos: known.Sunset.Pos, Message: "its last day"})
		if f.Day.Past {
			f.Lapsed = true
			f.Message = fmt.Sprintf("API version %s of %q reached its sunset on %s (%s)", u.APIVersion.Value, u.ID.Value, f.Day.Date, f.Day.Ago())
			return []subject.Fault{f}
		}
		f.Message += fmt.Sprintf("; its sunset is %s (%s)", f.Day.Date, f.Day.Ago())
	}
	switch {
	case status == "retired":
	case status == "deprecated" && u.Introduced:
		f.Message += "; this use is new or changed"
	case status == "deprecated", f.Day.Near:
		f.MaxSeverity = diag.Warning
	default:
		return nil
	}
	return []subject.Fault{f}
}

// endpointOutsideScope implements VG-SCP-004.
func endpointOutsideScope(u *subject.Subject) []subject.Fault {
	out := permitsNone(u, "scope.hosts")
	hosts := u.Vendor.Hosts()
	if hosts.Known() {
		u.WantsOf("endpoints: hosts within "+subject.List(hosts.Texts()), unstatedIf(len(u.Endpoints) == 0, "endpoints"))
	}
	if len(u.Endpoints) == 0 {
		out = append(out, unstated(u, "scope.hosts", hosts, hosts.Texts(), "endpoints", "which URLs of %q are called")...)
	}
	for _, e := range u.Endpoints {
		host, err := scalar.ParseEndpoint(e.Value)
		switch {
		case !hosts.Known():
			out = append(out, unchecked(u, e, "host:"+host, "host "+host, "hosts")...)
		case err != nil || !slices.ContainsFunc(hosts.Texts(), func(p string) bool { return scalar.HostMatches(p, host) }):
			out = append(out, subject.Fault{
				Pos: e.Pos, Related: []diag.Related{{Pos: hosts.Pos, Message: "the approved hosts"}}, Key: "host:" + host,
				Message: fmt.Sprintf("host %s is not approved for %q (approved: %s)", host, u.ID.Value, subject.List(hosts.Texts())),
				Hint:    fmt.Sprintf("Call an approved host, %s.", u.ScopeHint()),
			})
		}
	}
	out = append(out, permitsNone(u, "scope.auth_methods")...)
	if out = append(out, methodOutsideScope(u)...); !u.Asks() && len(out) == 0 {
		return u.NotAsked("the record limits neither hosts nor ways to authenticate")
	}
	return out
}

// methodOutsideScope is the part of VG-SCP-004 about authentication. What the vendor offers is no limit of the organisation's: without
// scope.auth_methods, and if the policy does not ask what the vendor offers, recording that fails no use.
func methodOutsideScope(u *subject.Subject) []subject.Fault {
	methods, m, asked := u.Vendor.AuthMethods(), u.AuthMethod, u.InForce(WeakAuthentication)
	if methods.Known() {
		u.WantsOf("auth_method: one of "+subject.List(methods.Texts()), unstatedIf(m.Value == "", "auth_method"))
	}
	most := diag.Off
	if !asked && !u.Attr("scope.auth_methods").Known() {
		most = diag.Note
	}
	switch {
	case m.Value == "":
		return subject.WithLimit(most, "unstated:auth_method", unstated(u, "scope.auth_methods", methods, methods.Texts(), "auth_method", "which authentication method is used for %q"))
	case methods.Has(m.Value), forbidden(u, m.Value), !methods.Known() && asked:
		return nil
	case !methods.Known():
		return unchecked(u, m, "auth:"+m.Value, "authentication method "+m.Value, "methods")
	}
	return []subject.Fault{{
		MaxSeverity: most, Pos: m.Pos, Related: []diag.Related{{Pos: methods.Pos, Message: "the approved methods"}}, Key: "auth:" + m.Value,
		Message: fmt.Sprintf("authentication method %s is not approved for %q (approved: %s)", m.Value, u.ID.Value, subject.List(methods.Texts())),
		Hint:    fmt.Sprintf("Use an approved method, %s.", u.ScopeHint()),
	}}
}
