package manifest

import (
	"bytes"
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/edit"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// Parse reads a manifest. It never fails: Problems lists what is wrong, and the valid rest is still there.
func Parse(name, file string, data []byte) Manifest {
	m := Manifest{Path: name, File: file}
	record, problems := Table().Parse(file, data)
	if m.Problems = problems; record == nil {
		return m
	}
	if m.Newer = record.Newer(); m.Newer {
		return m
	}
	m.read(record)
	m.Form = formOf(data, record.Get("vendors").Pos)
	if m.Problems = diag.FirstProblems(m.Problems); len(problems) == diag.MaxProblems {
		m.Problems = problems // the last of them counts the others
	}
	return m
}

// formOf returns the form of a list that begins at a position; that of a new list if there is none.
func formOf(data []byte, list diag.Pos) ListForm {
	if list.Line == 0 {
		return ListForm{Indent: margin}
	}
	switch text := edit.NewText(data); text.At(list) {
	case '-':
		return ListForm{Indent: list.Col - 1}
	case '[':
		return ListForm{Indent: margin, Flow: bytes.IndexByte(text.Bytes[text.Offset(list)+1:], ']') > 0}
	default:
		return ListForm{Indent: margin}
	}
}

// Entry returns a manifest with a single entry from another file. The record was read through a table with EntryRows.
func Entry(file string, record *attr.Record) Manifest {
	m := Manifest{Path: file, File: file}
	top, _ := Table().Read(&yamltree.Node{Kind: yamltree.Map}) // says nothing
	if u, ok := m.use(top, record); ok {
		m.Uses = append(m.Uses, u)
	}
	return m
}

func (m *Manifest) read(record *attr.Record) {
	list := record.Get("vendors")
	m.Owner = record.Get("owner").At()
	m.ignores(record)
	m.excludes(record)
	if v := record.Get("settings.fail_on"); v.Known() {
		m.Settings.FailOn, _ = diag.ParseSeverity(v.Text) // the table allows no other word
	}
	m.Settings.All = record.Get("settings.fail_scope").Known()
	declared := map[usage]diag.Pos{}
	for _, item := range list.Records {
		use, ok := m.use(record, item)
		if !ok || m.twice(use, declared) {
			continue
		}
		for _, env := range use.Environments {
			declared[usage{use.ID.Value, use.Label.Value, env.Value}] = use.ID.Pos
		}
		m.Uses = append(m.Uses, use)
	}
}

// usage is what tells the entries of a manifest apart: no two have the same vendor, name and environment.
type usage struct{ vendor, label, environment string }

// twice reports whether an earlier entry declares the same. declared says where each usage is declared.
func (m *Manifest) twice(use Use, declared map[usage]diag.Pos) bool {
	for _, env := range use.Environments {
		first, ok := declared[usage{use.ID.Value, use.Label.Value, env.Value}]
		if !ok || use.Get("use").State == attr.Invalid {
			continue
		}
		what, hint := fmt.Sprintf("vendor %q", use.ID.Value), "merge the two entries, or name one of the uses, as in `use: reporting`"
		if use.Label.Value != "" {
			what, hint = fmt.Sprintf("use %q of vendor %q", use.Label.Value, use.ID.Value), "merge the two entries, or rename one of the uses"
		}
		m.problem(use.ID.Pos, fmt.Sprintf("%s is declared twice for %s; the first is on line %d", what, env.Value, first.Line), hint)
		return true
	}
	return false
}

func (m *Manifest) problem(pos diag.Pos, message, hint string) {
	m.Problems = append(m.Problems, diag.Problem{Pos: pos, Message: message, Hint: hint})
}

func (m *Manifest) use(top, item *attr.Record) (Use, bool) {
	id := item.Get("id")
	if !id.Known() {
		return Use{}, false // Parse has said so
	}
	u := Use{
		ID: id.At(), Label: item.Get("use").At(), Owner: item.Get("owner").At(), Purpose: item.Get("purpose").At(), Component: top.Get("component").Text,
		Environments: answers(item.Get("environments")),
		APIID:        item.Get("api.id").At(), APIVersion: answer(item.Get("api.version")),
		Endpoints: answers(item.Get("endpoints")), AuthMethod: answer(item.Get("auth_method")), Waiver: item.Get("waiver").At(),
		record: item,
	}
	if u.Owner.Value == "" {
		u.Owner = top.Get("owner").At()
	}
	if u.Owner.Value == "" && item.Get("owner").State == attr.Absent && top.Get("owner").State != attr.Invalid {
		m.problem(id.Pos, fmt.Sprintf("%q has no owner", id.Text), "add `owner: team-name` here, or once at the top of the file")
	}
	if tier := item.Get("criticality"); tier.Known() {
		u.Criticality = tier.Int + 1
	}
	for _, secret := range item.Get("secrets").Records {
		if name := secret.Get("name"); name.Known() {
			u.Secrets = append(u.Secrets, name.Text)
		}
	}
	u.Data = m.data(item)
	return u, true
}

// data reads the data classes. The word none must be the only one.
func (m *Manifest) data(item *attr.Record) []diag.At[string] {
	list := item.Get("data")
	var out []diag.At[string]
	seen := map[string]bool{}
	for _, r := range list.Records {
		class := r.Get("class")
		switch {
		case !class.Known():
		case class.Text == "none" && len(list.Records) > 1:
			m.problem(class.Pos, "\"none\" is listed with other data classes", "remove `none`, or the other classes")
		case class.Text == "none", class.Text == attr.ToDo:
		case seen[class.Text]:
			m.problem(class.Pos, fmt.Sprintf("data class %q is listed twice", class.Text), "remove one of them")
		default:
			seen[class.Text] = true
			out = append(out, class.At())
		}
	}
	return out
}

func ats(v *attr.Value) []diag.At[string] {
	var out []diag.At[string]
	for i := range v.Items {
		out = append(out, v.Items[i].At())
	}
	return out
}

// answers leaves out what stands for an answer that is still to come, which Unanswered reports.
func answers(v *attr.Value) []diag.At[string] {
	return slices.DeleteFunc(ats(v), func(at diag.At[string]) bool { return at.Value == attr.ToDo })
}

// answer is the same for what is no list.
func answer(v *attr.Value) diag.At[string] {
	if v.Text == attr.ToDo {
		return diag.At[string]{}
	}
	return v.At()
}

func (m *Manifest) excludes(record *attr.Record) {
	list := record.Get("exclude_manifests")
	for i := range list.Items {
		glob := list.Items[i].At()
		pattern, problem, hint := filePattern(glob.Value)
		if problem == "" {
			problem, hint = excludeProblem(pattern)
		}
		switch {
		case problem != "":
			m.problem(glob.Pos, fmt.Sprintf("exclude_manifests %q matches no file: %s", glob.Value, problem), hint)
			continue
		case !validGlob(pattern):
			m.problem(glob.Pos, fmt.Sprintf("exclude_manifests has an invalid glob, %q", glob.Value), "use ** for any number of folders, * for one name, {a,b} for either")
			continue
		}
		glob.Value = pattern
		m.Excludes = append(m.Excludes, glob)
	}
}

func (m *Manifest) ignores(record *attr.Record) {
	m.Ignores = FirstParty(record.Get("first_party"), m.problem)
	for _, r := range record.Get("ignore").Records {
		i := Ignore{
			Pos: r.Pos, Vendor: r.Get("vendor").Text, Host: r.Get("host").Text, Package: r.Get("package").Text, Path: r.Get("path").Text,
			Reason: r.Get("reason").Text, Expires: diag.At[scalar.Date]{Value: r.Get("expires").Day, Pos: r.Get("expires").Pos},
		}
		var pathProblem, pathHint string
		i.Path, pathProblem, pathHint = filePattern(i.Path)
		switch {
		case pathProblem != "":
			m.problem(r.Get("path").Pos, fmt.Sprintf("ignore path %q matches no file: %s", r.Get("path").Text, pathProblem), pathHint)
			continue
		case slices.ContainsFunc([]string{"vendor", "host", "package"}, func(key string) bool { return r.Get(key).State == attr.Invalid }):
			continue // it was reported
		case i.Vendor == "" && i.Host == "" && i.Package == "":
			m.problem(r.Pos, "an ignore entry has no host, package or vendor", "add `host:`, `package:` or `vendor:`")
			continue
		case hostProblem(i.Host) != "":
			m.problem(r.Get("host").Pos, fmt.Sprintf("ignore host %q matches no host: %s", i.Host, hostProblem(i.Host)), hostHint(i.Host))
			continue
		case scalar.BroadHost(i.Host):
			m.problem(r.Get("host").Pos, fmt.Sprintf("ignore host %q covers domains that anyone can register", i.Host), "name a domain of your own, as in `host: \"*.acme.example\"`")
			continue
		case scalar.BroadPackage(i.Package):
			m.problem(r.Get("package").Pos, fmt.Sprintf("ignore package %q covers every package", i.Package), "name a package, or a scope as in `package: \"@acme/*\"`")
			continue
		case !validGlob(i.Path) || !validGlob(i.Package) || !validGlob(i.Host):
			m.problem(r.Pos, "an ignore entry has an invalid glob", "use ** for any number of folders, * for one name, {a,b} for either")
			continue
		}
		m.Ignores = append(m.Ignores, i)
	}
}
