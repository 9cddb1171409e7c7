package render

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/rules"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Group lists the attributes of records below a name, such as encryption; false if there are none.
func Group(name string) (sink.Document, bool) {
	name = strings.TrimSuffix(strings.TrimSuffix(name, "."), "[]")
	var out sink.Page
	found := false
	for _, row := range record.Table().Rows {
		if rest, below := strings.CutPrefix(row.Path, name); !below || !strings.HasPrefix(rest, ".") && !strings.HasPrefix(rest, "[].") {
			continue
		}
		if !found {
			out.Linef("%s, a group of attributes of records", name)
			out.Line()
		}
		found = true
		out.Linef("  %-50s %s", row.Path, row.Doc)
	}
	return out.Document(), found
}

// Family lists the rules whose ids begin with a name, such as VG-APR; false if there are none.
func Family(name string) (sink.Document, bool) {
	prefix := strings.TrimSuffix(strings.ToUpper(name), "-")
	var out sink.Page
	found := false
	for _, r := range rules.All() {
		if prefix == "VG" || strings.HasPrefix(r.ID, prefix+"-") {
			found = true
			out.Linef("  %-12s %s", r.ID, r.Title)
		}
	}
	return out.Document(), found
}

// Key explains the keys of manifests, policies and waivers that have a name; false if there is none. A key of an entry of a manifest may stand
// alone.
func Key(name string) (sink.Document, bool) {
	var out sink.Page
	found := false
	for _, table := range []struct {
		of, within string
		*attr.Table
	}{{"manifests", "vendors[].", manifest.Table()}, {"policies", "", policy.Table()}, {"waivers", "", registry.WaiverTable()}} {
		i := slices.IndexFunc(table.Rows, func(row attr.Row) bool { return row.Path == name || row.Path == table.within+name })
		if i < 0 {
			continue
		}
		if found {
			out.Line()
		}
		row := &table.Rows[i]
		describe(&out, row.Path+", a key of "+table.of, name, row)
		found = true
	}
	return out.Document(), found
}
