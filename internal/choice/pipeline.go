package choice

import (
	"bytes"
	"path"
	"regexp"
	"strings"
)

// pipelines yields the services that a pipeline chooses by name: orbs of CircleCI, plugins of Buildkite and Drone, pipes of Bitbucket, whom
// a pipeline notifies, and reusable workflows that are named after a service.
func pipelines(file string, data []byte, yield func(Name) bool) {
	for _, f := range pipelineForms(file) {
		if !bytes.Contains(data, []byte(f.mark)) && !bytes.Contains(data, []byte(strings.ToUpper(f.mark))) {
			continue
		}
		for _, m := range compiled(f.pattern).FindAllSubmatchIndex(data, -1) {
			if alias := m[2:4]; len(m) > 4 {
				if m = m[2:]; !bytes.Contains(data, []byte(string(data[alias[0]:alias[1]])+"/")) {
					continue // no step runs it
				}
			}
			found := Name{At: m[2], End: m[3], Loose: f.ids == nil}
			if found.Loose {
				found.IDs = words(string(data[m[2]:m[3]]))
			} else {
				found.IDs = f.ids(string(data[m[2]:m[3]]))
			}
			if len(found.IDs) > 0 && !yield(found) {
				return
			}
		}
	}
}

// channel matches a key of a pipeline, or a variable that it passes on, for the channel of Slack that it writes to.
const channel = `(?mi)(?:^[ \t]*(?:- )?["']?[\w-]*?|\b(?:vars|secrets|env)\.\w*?)(slack)[_-]channel(?:[_-]?(?:id|name))?(?:["']?[ \t]*:[ \t]+[^\s#|>]|[ \t]*(?:\}\}|\|\|))`

// pipelineForms returns the forms of a pipeline, by the name of its file. Of two groups of a pattern, the first is the name under which
// steps run what the second one names.
func pipelineForms(file string) []form {
	base := path.Base(file)
	if ext := path.Ext(base); ext != ".yml" && ext != ".yaml" {
		return nil
	}
	slack := form{"slack", `(?m)^[ \t]*(?:- )?(slack):(?:[ \t]|$)`, IDs}
	toChannel := form{"hannel", channel, IDs}
	switch {
	case strings.HasPrefix(file, ".github/workflows/"):
		return []form{{"/.github/workflows/", `\buses:[ \t]*["']?[\w.-]+/[\w.-]+/\.github/workflows/([\w.-]+?)\.ya?ml@`, nil}, toChannel}
	case strings.HasPrefix(file, ".circleci/"):
		return []form{{"orbs:", `(?m)^[ \t]+["']?([\w-]+)["']?:[ \t]*["']?([\w-]+/[\w-]+)@`, orb}, toChannel}
	case strings.HasPrefix(file, ".buildkite/"):
		return []form{{"#v", `(?m)^[ \t]*-[ \t]+["']?(?:[\w./:@-]+/)?([\w-]+?)(?:-buildkite-plugin)?#v?\d`, plugin}, slack, toChannel}
	case base == ".drone.yml", base == ".woodpecker.yml", strings.HasPrefix(file, ".woodpecker/"):
		return []form{{"plugins/", `\bimage:[ \t]*["']?plugins/([\w-]+)`, plugin}, slack, toChannel}
	case base == "bitbucket-pipelines.yml":
		return []form{{"pipe:", `\bpipe:[ \t]*["']?(?:docker://)?[\w-]+/([\w-]+):`, plugin}, toChannel}
	case base == ".travis.yml", base == "codemagic.yaml", strings.HasPrefix(file, ".semaphore/"):
		return []form{slack, toChannel}
	case base == ".gitlab-ci.yml", base == "azure-pipelines.yml", base == "bitrise.yml":
		return []form{toChannel}
	}
	return nil
}

// orb returns the ids that the vendor of an orb may have: that of the service in its name, or that of its publisher.
func orb(name string) []string {
	publisher, service, _ := strings.Cut(name, "/")
	if strings.HasSuffix(service, "-cli") && publisher == "circleci" { // which only installs the program
		return nil
	}
	ids := plugin(strings.TrimSuffix(service, "-orb"))
	if publisher != "circleci" {
		ids = append(ids, IDs(publisher)...)
	}
	return ids
}

// plugin returns the ids that the vendor of a step may have by the words that its name starts with: aws-s3-deploy, slack-notify.
func plugin(name string) (ids []string) {
	parts := strings.Split(name, "-")
	for n := len(parts); n > 0; n-- {
		ids = append(ids, IDs(strings.Join(parts[:n], "-"))...)
	}
	return ids
}

// words returns the ids that a name may have in it: veracode and security-veracode of security_veracode_scan. The platform's own name is
// none.
func words(name string) (ids []string) {
	const distinctive = 6 // letters
	parts := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return r == '-' || r == '_' || r == '.' })
	for i, part := range parts {
		if i+1 < len(parts) {
			ids = append(ids, part+"-"+parts[i+1])
		}
		if len(part) >= distinctive && part != "github" && part != "gitlab" {
			ids = append(ids, part)
		}
	}
	return ids
}

// enabled matches a switch of Terraform that is on and is named after what it switches on: enable_x = true.
var enabled = regexp.MustCompile(`(?m)^[ \t]*"?enable_([a-z][a-z0-9_]*?)"?[ \t]*[:=][ \t]*true\b`)

// switches yields the services that settings of Terraform switch on by name.
func switches(file string, data []byte, yield func(Name) bool) {
	if !strings.HasSuffix(file, ".tf") && !strings.HasSuffix(file, ".tfvars") && !strings.HasSuffix(file, ".tfvars.json") || !bytes.Contains(data, []byte("enable_")) {
		return
	}
	for _, m := range enabled.FindAllSubmatchIndex(data, -1) {
		id := strings.ReplaceAll(string(data[m[2]:m[3]]), "_", "-")
		if !yield(Name{At: m[2], End: m[3], IDs: []string{id, id + "-io"}, Loose: true}) {
			return
		}
	}
}
