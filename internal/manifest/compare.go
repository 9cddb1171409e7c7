package manifest

import (
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
)

// Same reports whether two uses have the same content, wherever and in whatever form it is written.
func (u Use) Same(other Use) bool {
	return u.Owner.Value == other.Owner.Value && u.Component == other.Component && u.record.Same(other.record, "owner", "use")
}

// Widens reports whether a use does what an earlier one did not: in another environment, with other data, by another API, version,
// endpoint or method, in another region, or for something more critical. To say what the earlier one left open does not widen it, and
// neither do other words, another owner, or more packages and secrets.
func (u Use) Widens(before Use) bool {
	turnedOn := func(path string) bool { return u.Get(path).True() && !before.Get(path).True() }
	return adds(u.Environments, before.Environments) || adds(u.Data, before.Data) ||
		len(before.Endpoints) > 0 && adds(u.Endpoints, before.Endpoints) ||
		len(before.Get("regions").Items) > 0 && adds(ats(u.Get("regions")), ats(before.Get("regions"))) ||
		differ(u.APIID, before.APIID) || differ(u.APIVersion, before.APIVersion) || differ(u.AuthMethod, before.AuthMethod) ||
		before.Criticality > 0 && u.Criticality > 0 && u.Criticality < before.Criticality ||
		turnedOn("critical_or_important_function") || turnedOn("webhooks.receives")
}

// adds reports whether a list has an item that another lacks.
func adds(list, other []diag.At[string]) bool {
	return slices.ContainsFunc(list, func(item diag.At[string]) bool {
		return !slices.ContainsFunc(other, func(o diag.At[string]) bool { return o.Value == item.Value })
	})
}

// differ reports whether both values are stated, and not the same.
func differ(a, b diag.At[string]) bool { return a.Value != "" && b.Value != "" && a.Value != b.Value }
