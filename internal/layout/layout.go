// Package layout knows which files a registry has, by their places, and what is in each of them.
package layout

import (
	"path"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/policytest"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
)

// The files beside the folders of records and waivers.
const (
	Policy = "policy.yaml"
	Tests  = "policy_test.yaml" // test cases of the policy
)

// TableOf returns the attributes of a file by its folder and name; nil if it is not a file of a registry.
func TableOf(folder, base string) *attr.Table {
	switch {
	case path.Ext(base) != ".yaml":
		return nil
	case folder == "vendors":
		return record.Table()
	case folder == "waivers":
		return registry.WaiverTable()
	case base == Policy:
		return policy.Table()
	case base == Tests:
		return policytest.TestTable()
	default:
		return nil
	}
}
