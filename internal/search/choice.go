package search

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"
)

// choice is a form of a setting that chooses a service by name.
type choice struct {
	mark    string // what a file with such a setting has
	pattern string // compiled only for such a file
}

// choicesOf returns the forms for a file: those of nodemailer, Ruby's for mail, locations, sign-in and the certificates of fastlane, PHP's for sign-in and payments, and that
// for the storage of Rails.
func choicesOf(name string) []choice {
	switch base := path.Base(name); {
	case slices.Contains([]string{".js", ".ts", ".mjs", ".cjs"}, path.Ext(name)):
		return []choice{{"createTransport", `\bservice:\s*['"](\w+)['"]`}}
	case path.Ext(name) == ".php":
		return []choice{{"Socialite::", `\bSocialite::(?:driver|with)\(\s*['"]([\w-]+)['"]`}, {"Omnipay::", `\bOmnipay::create\(\s*['"]([\w-]+)['"]`}}
	case path.Ext(name) == ".rb":
		return []choice{
			{"delivery_method", `\bdelivery_method(?:\s*=\s*|:\s*|\s+):(\w+)`},
			{"ingress", `\bingress\s*=\s*:(\w+)`},
			{"lookup", `\b(?:ip_)?lookup:\s*:(\w+)`},
			{"ActiveMerchant", `\bBilling::(\w+?)Gateway\b`},
			{"mni", `(?m)^\s*(?:config\.omniauth|provider)[ (]+:(\w+)`},
		}
	case base == "Fastfile" || base == "Matchfile":
		return []choice{
			{"storage_mode", `\bstorage_mode[ :(]+['":](\w+)`},
			{"slack", `(?m)^[ \t]*(slack)[ \t]*\(`},
		}
	case base == "storage.yml":
		return []choice{{"service:", `(?m)^[ \t]+service:[ \t]*(\w+)`}}
	}
	return nil
}

// choices finds the services that settings choose by name.
func (f *finder) choices() {
	if path.Base(f.name) == "app.json" {
		f.addons()
	}
	for _, c := range choicesOf(f.name) {
		if !bytes.Contains(f.data, []byte(c.mark)) || c.mark == "mni" && !bytes.Contains(f.data, []byte("mniauth")) && !bytes.Contains(f.data, []byte("mniAuth")) {
			continue
		}
		for _, m := range regexp.MustCompile(c.pattern).FindAllSubmatchIndex(f.data, -1) {
			if vendor, ok := f.c.chosen(string(f.data[m[2]:m[3]])); ok && f.room() && !f.elsewhere(m[3]) {
				f.add(Hit{Kind: Symbol, Vendor: vendor, At: m[2], End: m[3]})
			}
		}
	}
}

// addons finds the add-ons that a template for deployments on Heroku asks for, and Heroku itself.
func (f *finder) addons() {
	heroku, known := f.c.idOf("heroku")
	list := regexp.MustCompile(`"(addons)"\s*:\s*\[([^\]]*)`).FindSubmatchIndex(f.data)
	if list == nil {
		return
	}
	names := regexp.MustCompile(`(?:"plan"\s*:\s*|^\s*|,\s*)"([a-z][\w-]*)(?::[\w-]+)?"\s*(?:[,}]|$)`)
	found := false
	for from := list[4]; ; {
		m := names.FindSubmatchIndex(f.data[from:list[5]])
		if m == nil {
			break
		}
		at, end := from+m[2], from+m[3]
		from = end + 1
		found = true
		if vendor, ok := f.c.addon(string(f.data[at:end])); ok && f.room() {
			f.add(Hit{Kind: Symbol, Vendor: vendor, At: at, End: end})
		}
	}
	if found && known && f.room() {
		f.add(Hit{Kind: Symbol, Vendor: heroku, At: list[2], End: list[3]})
	}
}

// addon returns the vendor of an add-on of Heroku.
func (c *Catalogue) addon(name string) (int, bool) {
	switch name {
	case "newrelic":
		name = "new-relic"
	case "rediscloud":
		name = "redis-cloud"
	case "librato":
		name = "solarwinds"
	}
	return c.chosen(name)
}

// elsewhere reports whether the section of a storage in YAML that goes on at an offset has the address of another service.
func (f *finder) elsewhere(at int) bool {
	if path.Base(f.name) != "storage.yml" {
		return false
	}
	section, _, _ := bytes.Cut(f.data[at:], []byte("\n\n"))
	section, _, _ = bytes.Cut(section, []byte("service:"))
	return bytes.Contains(section, []byte("endpoint:"))
}

// chosen returns the vendor that a setting names, with or without words for its maker or for the way to it, as in ipinfo_io,
// sendgrid_actionmailer and s3.
func (c *Catalogue) chosen(name string) (int, bool) {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch name {
	case "gcs", "google-cloud":
		name = "google-cloud-storage"
	case "azurestorage", "azureblob":
		name = "azure-storage"
	}
	for _, ending := range []string{"", "-io", "-api", "-actionmailer", "-delivery", "-oauth2", "-openidconnect", "-openid", "-oauth", "-express", "-pro", "-rest"} {
		id, ok := strings.CutSuffix(name, ending)
		if !ok {
			continue
		}
		for _, maker := range []string{"", "aws-", "amazon-"} {
			if vendor, ok := c.idOf(maker + id); ok {
				return vendor, true
			}
		}
	}
	return 0, false
}
