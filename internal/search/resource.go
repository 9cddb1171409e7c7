package search

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/choice"
	"github.com/vendorgate/vendorgate/internal/deps"
)

// The patterns find what a template of infrastructure creates or allows: types of resources in Terraform (HCL and JSON) and
// CloudFormation, and names of permissions, such as sns:Publish.

func terraformType() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:resource|data|ephemeral)[ \t]+"([a-z0-9]+_\w+)"`)
}

func backendType() *regexp.Regexp { return regexp.MustCompile(`(?m)^[ \t]*backend[ \t]+"(\w+)"`) }

func typeInJSON() *regexp.Regexp {
	return regexp.MustCompile(`"([a-z0-9]+_\w+)"[ \t]*:[ \t\r\n]*[{\[]`)
}

func backendInJSON() *regexp.Regexp {
	return regexp.MustCompile(`"backend"[ \t]*:[ \t\r\n]*\{[ \t\r\n]*"(\w+)"`)
}

func stackType() *regexp.Regexp { return regexp.MustCompile(`\bAWS::\w+::\w+`) }

func permission() *regexp.Regexp {
	return regexp.MustCompile(`["' \t]([a-z][a-z0-9-]+:(?:\*|[A-Z][A-Za-z]+\*?))["'\r\n]`)
}

// storedSecret matches a resource of Terraform for a secret, with its local name, and storedName the name in the store.
func storedSecret() *regexp.Regexp {
	return regexp.MustCompile(`(?m)^[ \t]*(?:resource|data|ephemeral)[ \t]+"(?:aws_ssm_parameter|aws_secretsmanager_secret|google_secret_manager_secret|azurerm_key_vault_secret|scaleway_secret|ibm_sm_\w+_secret)"[ \t]+"([\w-]+)"`)
}

func storedName() *regexp.Regexp {
	return regexp.MustCompile(`(?m)\b(?:name|secret_id)[ \t]*=[ \t]*"([^"\n]+)"`)
}

// remoteRef matches the reference of an external secret in Kubernetes.
func remoteRef() *regexp.Regexp {
	return regexp.MustCompile(`\b(?:remoteRef|extract):\s*\{?\s*key:\s*["']?([\w./-]+)["']?(?:,?\s*property:\s*["']?([\w.-]+))?`)
}

var interpolated = regexp.MustCompile(`[$%]\{[^}]*\}`)

// isTerraform reports whether a file is a configuration of Terraform or OpenTofu.
func isTerraform(name string) bool {
	return strings.HasSuffix(name, ".tf") || strings.HasSuffix(name, ".tofu") || strings.HasSuffix(name, ".tf.json") || strings.HasSuffix(name, ".tofu.json")
}

// resources finds the types of resources and the permissions in a template.
func (f *finder) resources() {
	if isTerraform(f.name) {
		types, backends := terraformType(), backendType()
		if strings.HasSuffix(f.name, ".json") {
			types, backends = typeInJSON(), backendInJSON()
		}
		for _, m := range types.FindAllSubmatchIndex(f.data, -1) {
			f.resource(Terraform, m[2], m[3], "")
		}
		for _, m := range backends.FindAllSubmatchIndex(f.data, -1) {
			f.resource(Terraform, m[2], m[3], "backend:")
		}
	}
	if bytes.Contains(f.data, []byte("AWS::")) {
		for _, m := range stackType().FindAllIndex(f.data, -1) {
			f.resource(Resource, m[0], m[1], "")
		}
	}
	if bytes.Contains(f.data, []byte("Effect")) || isTerraform(f.name) && bytes.Contains(f.data, []byte("actions")) {
		for _, m := range permission().FindAllSubmatchIndex(f.data, -1) {
			f.resource(Permission, m[2], m[3], "")
		}
	}
}

// stored finds the names of secrets that infrastructure keeps in a store, or takes from it.
func (f *finder) stored() {
	const longest = 400 // block
	if bytes.Contains(f.data, []byte("remoteRef")) || bytes.Contains(f.data, []byte("extract:")) {
		for _, m := range remoteRef().FindAllSubmatchIndex(f.data, -1) {
			property := ""
			if m[4] >= 0 {
				property = string(f.data[m[4]:m[5]])
			}
			f.secret(m[2], m[3], property)
		}
	}
	if !isTerraform(f.name) {
		return
	}
	for _, m := range storedSecret().FindAllSubmatchIndex(f.data, -1) {
		f.secret(m[2], m[3], "")
		block, _, _ := bytes.Cut(f.data[m[1]:min(len(f.data), m[1]+longest)], []byte("}\n"))
		if name := storedName().FindSubmatchIndex(block); name != nil {
			f.secret(m[1]+name[2], m[1]+name[3], "")
		}
	}
}

// ofCustomer reports whether a name in a store of secrets ends in a word for the id of a customer, with which programs sign in.
func ofCustomer(name string) bool {
	switch name[strings.LastIndexAny(name, "-_")+1:] {
	case "cid", "aid", "sid", "id", "account", "user", "username", "login", "url", "cert", "certificate":
		return true
	}
	return false
}

// secret adds the name of a secret in a store, by the vendor of the name with its property, or by the vendor that its last part names.
func (f *finder) secret(at, end int, property string) {
	text := interpolated.ReplaceAllString(string(f.data[at:end]), "")
	name := strings.Trim(upperName(strings.ReplaceAll(text, "/", "_")), "_")
	if property != "" {
		name += "_" + upperName(property)
	}
	if !secretLike(name) {
		const shortest = 4
		last := strings.Trim(text[strings.LastIndexByte(text, '/')+1:], "-_")
		if word, _, of := strings.Cut(last, "-"); of && ofCustomer(last) { // acme-cid
			last = word
		}
		if len(last) < shortest || strings.ContainsAny(last, "-_.") || choice.Ordinary(strings.ToLower(last)) {
			return
		}
		name = strings.ToUpper(last) + "_SECRET"
	}
	vendor, ok := f.c.env.vendor(name)
	if !ok || !f.room() {
		return
	}
	for i := range f.found.Hits {
		if h := &f.found.Hits[i]; h.Kind == EnvName && h.Vendor == vendor && h.At >= at && h.End <= end {
			h.Read = true
			return
		}
	}
	f.add(Hit{Kind: EnvName, Vendor: vendor, At: at, End: end, Read: true})
}

// resource adds a type of resource, a permission or a command, by the entry with the longest match, or else by its Terraform provider.
func (f *finder) resource(kind Kind, at, end int, prefix string) {
	name := prefix + strings.ToLower(string(f.data[at:end]))
	vendor, ok := f.c.resourceOf(name)
	if !ok && kind == Terraform && prefix == "" {
		provider, _, _ := strings.Cut(name, "_")
		vendor, ok = f.c.providerOf(provider)
	}
	if ok && f.room() {
		f.add(Hit{Kind: kind, Vendor: vendor, At: at, End: end})
	}
}

// resourceOf returns the vendor of a type of resource: the one with the name itself, or with the longest glob that ends after one of
// its words.
func (c *Catalogue) resourceOf(name string) (int, bool) {
	if vendor, ok := c.resources[name]; ok {
		return int(vendor), true
	}
	for i := len(name) - 1; i > 0; i-- {
		if strings.IndexByte("_: ", name[i]) < 0 {
			continue
		}
		if vendor, ok := c.resources[name[:i+1]+"*"]; ok {
			return int(vendor), true
		}
	}
	return 0, false
}

// providerOf returns the vendor of a Terraform provider, by its source or its local name. Providers that only compute belong to none.
func (c *Catalogue) providerOf(name string) (int, bool) {
	parts := strings.Split(name, "/")
	last := parts[len(parts)-1]
	if slices.Contains([]string{"archive", "cloudinit", "docker", "external", "helm", "http", "kubectl", "kubernetes", "local", "null", "random", "template", "terraform", "time", "tls"}, last) {
		return 0, false
	}
	for _, source := range []string{name, last} {
		if found, ok := c.packageOf("terraform", source); ok {
			return int(found.vendor), true
		}
	}
	if len(parts) <= 3 {
		return c.idOf(last)
	}
	return 0, false
}

// commands finds the vendors' commands in a script, such as aws s3 cp.
func (f *finder) commands() {
	if !IsWorkflow(f.name) && !deps.IsScript(f.name, f.data) {
		return
	}
	f.packagesRun()
	for tool := range f.c.tools {
		for at := range eachIndex(f.data, tool+" ") {
			if at > 0 && strings.IndexByte(" \t\n;&|(`\"'", f.data[at-1]) < 0 {
				continue
			}
			const most, longest = 3, 100 // words and bytes of a command
			if !f.startsCommand(at) {
				continue
			}
			text, _, _ := bytes.Cut(f.data[at:min(len(f.data), at+longest)], []byte("\n"))
			words := bytes.Fields(text)
			if len(words) < 2 {
				continue
			}
			name := strings.ToLower(string(bytes.Join(words[:min(len(words), most)], []byte(" "))))
			if vendor, ok := f.c.resourceOf(name + " "); ok && f.room() {
				f.add(Hit{Kind: Command, Vendor: vendor, At: at, End: at + len(tool)})
			}
		}
	}
}

// packagesRun finds the vendors' packages that a script fetches and runs, such as npx lingo.dev@latest run.
func (f *finder) packagesRun() {
	const longest = 100 // arguments before the name, and the name
	for _, runner := range deps.Runners() {
		for i := range eachIndex(f.data, runner[0]) {
			if i > 0 && strings.IndexByte(" \t\n;&|(`\"'", f.data[i-1]) < 0 || !f.startsCommand(i) {
				continue
			}
			at := i + len(runner[0])
			text, _, _ := bytes.Cut(f.data[at:min(len(f.data), at+longest)], []byte("\n"))
			for bytes.HasPrefix(text, []byte("-")) || bytes.HasPrefix(text, []byte(" ")) {
				_, rest, _ := bytes.Cut(text, []byte(" "))
				at += len(text) - len(rest)
				text = rest
			}
			end := len(text)
			if stop := bytes.IndexAny(text, " \t\r\"'`;&|)\\"); stop >= 0 {
				end = stop
			}
			if version := bytes.LastIndexByte(text[:end], '@'); version > 0 {
				end = version
			}
			found, ok := f.c.packageOf(runner[1], string(text[:end]))
			if ok && !found.local && !found.selfHosted && !found.driver && !f.c.tools[string(text[:end])] && f.room() {
				f.add(Hit{Kind: Command, Vendor: int(found.vendor), At: at, End: at + end})
			}
		}
	}
}

// startsCommand reports whether a word begins a command: nothing but another command, an assignment or a key precedes it on its line.
func (f *finder) startsCommand(at int) bool {
	const reach = 100
	before := f.data[max(0, at-reach):at]
	before = before[bytes.LastIndexByte(before, '\n')+1:]
	if deps.Prints(string(before)) {
		return false
	}
	before = bytes.TrimRight(before, " \t\"'")
	if len(before) == 0 || bytes.IndexByte([]byte(";&|(`:@"), before[len(before)-1]) >= 0 {
		return true
	}
	last := before[bytes.LastIndexAny(before, " \t")+1:]
	switch string(bytes.TrimLeft(last, "-\"'")) {
	case "sudo", "run:", "RUN", "CMD", "npx", "then", "do", "else", "!", "if", "exec", "time", "xargs", "", "bunx", "dlx", "command:", "script:":
		return true
	}
	return bytes.IndexByte(last, '=') > 0
}

// providerSource and providerBlock match the names of providers in Terraform.
func providerSource() *regexp.Regexp { return regexp.MustCompile(`\bsource"?\s*[=:]\s*"([\w.\-/]+)"`) }

func providerBlock() *regexp.Regexp { return regexp.MustCompile(`(?m)^\s*provider\s+"([\w\-]+)"\s*\{`) }

// providerInJSON matches the first provider of a configuration in JSON.
func providerInJSON() *regexp.Regexp {
	return regexp.MustCompile(`"provider"[ \t]*:[ \t\r\n]*\[?[ \t\r\n]*\{[ \t\r\n]*"([\w\-]+)"`)
}

// terraform finds providers. A vendor's provider has the vendor's id as its name, or is one of its packages.
func (f *finder) terraform() {
	add := func(m []int) {
		if vendor, ok := f.c.providerOf(strings.ToLower(string(f.data[m[2]:m[3]]))); ok {
			f.add(Hit{Kind: Terraform, Vendor: vendor, At: m[2], End: m[3]})
		}
	}
	required := bytes.Index(f.data, []byte("required_providers"))
	for _, m := range providerSource().FindAllSubmatchIndex(f.data, -1) {
		if required >= 0 && m[0] > required && bytes.IndexByte(f.data[m[0]:m[3]], '.') < 0 { // ./x is a module
			add(m)
		}
	}
	if strings.HasSuffix(f.name, ".json") {
		for _, m := range providerInJSON().FindAllSubmatchIndex(f.data, -1) {
			add(m)
		}
	}
	for _, m := range providerBlock().FindAllSubmatchIndex(f.data, -1) {
		add(m)
	}
}
