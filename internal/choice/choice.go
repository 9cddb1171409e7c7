// Package choice finds the services that a program chooses by name, such as delivery_method = :mailgun and boto3.client("s3").
// It does not know which of the names are those of vendors.
//
// # Why
//
// Such a name is a common word outside of these forms, so it is no symbol that a record could list.
package choice

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"
)

// Name is the name of a service in a text.
type Name struct {
	At, End int
	IDs     []string // the ids that its vendor may have, the likeliest first
	Loose   bool     // it is a part of a longer name, so that an id that is a common word means nothing
}

// form is a form of a setting that chooses a service.
type form struct {
	mark    string // what a file with such a setting has
	pattern string // compiled only for such a file
	ids     func(name string) []string
}

// of returns the forms for a file.
func of(name string) []form {
	switch base := path.Base(name); path.Ext(name) {
	case ".js", ".ts", ".mjs", ".cjs", ".tsx", ".jsx":
		return []form{
			{"createTransport", `\bservice:\s*['"](\w+)['"]`, IDs},
			{"/providers/", `['"](?:next-auth|@auth/[\w-]+)/providers/([\w-]+)['"]`, IDs},
			{"CartoDB.", `['"](CartoDB)\.(?:Positron|DarkMatter|Voyager)`, ofTiles},
			{"HERE", `['"](HERE)(?:v3)?\.(?:normal|satellite|hybrid|terrain|basic|carnav|pedestrian|reduced)`, ofTiles},
			{"Esri.", `['"](Esri)\.(?:World|DeLorme|Ocean|NatGeo|Arctic|Antarctic)`, ofTiles},
			{"Stadia.", `['"](Stadia)\.(?:Alidade|Outdoors|Stamen|OSMBright)`, ofTiles},
			{"Thunderforest.", `['"](Thunderforest)\.[A-Z]`, ofTiles},
			{"MapTiler.", `['"](MapTiler)\.[A-Z]`, ofTiles},
			{"Jawg.", `['"](Jawg)\.[A-Z]`, ofTiles},
			{"TomTom.", `['"](TomTom)\.(?:Basic|Hybrid|Labels)`, ofTiles},
			{"OpenWeatherMap.", `['"](OpenWeatherMap)\.(?:Clouds|Precipitation|Rain|Pressure|Wind|Temperature|Snow)`, ofTiles},
		}
	case ".py":
		return []form{{"boto", `\b(?:boto3|boto3_session|boto|aws|session|Session\([^()\n]*\))\.(?:client|resource)\(\s*(?:service_name\s*=\s*)?['"]([\w-]+)['"]`, ofAmazon}}
	case ".php":
		return []form{{"Socialite::", `\bSocialite::(?:driver|with)\(\s*['"]([\w-]+)['"]`, IDs}, {"Omnipay::", `\bOmnipay::create\(\s*['"]([\w-]+)['"]`, IDs}}
	case ".rb":
		return []form{
			{"delivery_method", `\bdelivery_method(?:\s*=\s*|:\s*|\s+):(\w+)`, IDs},
			{"ingress", `\bingress\s*=\s*:(\w+)`, IDs},
			{"lookup", `(?:\b(?:ip_)?lookup:|:(?:ip_)?lookup(?:\]\s*=|\s*=>))\s*:(\w+)`, ofGeocoder},
			{"ActiveMerchant", `\bBilling::(\w+?)Gateway\b`, IDs},
			{"mniauth", `(?m)^\s*(?:config\.omniauth|provider)[ (]+:(\w+)`, IDs},
			{"mniAuth", `(?m)^\s*(?:config\.omniauth|provider)[ (]+:(\w+)`, IDs},
		}
	case ".cs":
		return []form{{"ervice", `(?m)(?:\b(?:[sS]ervices|[bB]uilder|app|host)|^[ \t]*)\.(?:Add|Use)([A-Z]\w{4,60})\(`, nil}}
	case ".yml", ".yaml", ".env", ".toml", ".cfg", ".tf":
		if base == "storage.yml" {
			return []form{{"service:", `(?m)^[ \t]+service:[ \t]*(\w+)`, IDs}}
		}
		return []form{{"OAUTH2_PROXY_PROVIDER", `\bOAUTH2_PROXY_PROVIDER["']?(?:\s*[:=]|\s*\n\s*value:)\s*["']?([a-z][\w-]*)`, IDs}, {"oauth2-proxy", `--provider[= ]["']?([a-z][\w-]*)`, IDs}}
	default:
		if base == "Fastfile" || base == "Matchfile" {
			return []form{
				{"storage_mode", `\bstorage_mode[ :(]+['":](\w+)`, IDs},
				{"slack", `(?m)^[ \t]*(slack)[ \t]*\(`, IDs},
				{"supply", `(?m)^[ \t]*(supply)[ \t]*(?:\(|$)`, func(string) []string { return []string{"google-play"} }},
			}
		}
	}
	return nil
}

// receivers returns the form of a class that is named after the service to whose webhook it sends, or whose webhooks it gets. The address
// is in nobody's code: it is a setting, or what a customer enters.
func receivers(name string) []form {
	switch path.Ext(name) {
	case ".java", ".kt", ".scala", ".groovy", ".cs", ".php", ".rb", ".py", ".ex", ".swift", ".ts", ".js", ".go", ".dart":
		return []form{{"ebhook", `\b(?:class|struct|record|object|defmodule|type)\s+(?:\w+\.)*([A-Z]\w{3,40}?)(?:Notif|Webhook|Messenger|Message|Alert|Channel|Client|Sender|Integration|Action|Flow|Sink|Appender|Publisher|Plugin)\w*\b`, nil}}
	}
	return nil
}

// Find yields the names of services in a file.
func Find(name string, data []byte, yield func(Name) bool) {
	switch path.Ext(name) {
	case ".py":
		classes(importedPython, data, yield)
	case ".js", ".ts", ".mjs", ".cjs", ".tsx", ".jsx":
		classes(importedJS, data, yield)
	}
	pipelines(name, data, yield)
	switches(name, data, yield)
	rates(name, data, yield)
	keyed(name, data, yield)
	adapters(name, data, yield)
	for _, f := range append(of(name), receivers(name)...) {
		if !bytes.Contains(data, []byte(f.mark)) {
			continue
		}
		for _, m := range compiled(f.pattern).FindAllSubmatchIndex(data, -1) {
			found := Name{At: m[2], End: m[3]}
			switch text := string(data[m[2]:m[3]]); {
			case f.ids == nil:
				found.IDs, found.Loose = parts(text), true
			case !elsewhere(name, data, m[3]):
				found.IDs = f.ids(text)
			}
			if len(found.IDs) > 0 && !yield(found) {
				return
			}
		}
	}
}

// patterns are the compiled patterns of the forms that files had.
//
//nolint:gochecknoglobals // a cache of constants
var patterns sync.Map

// compiled returns a pattern of a form. Most files of some languages have the mark of one.
func compiled(pattern string) *regexp.Regexp {
	known, ok := patterns.Load(pattern)
	if !ok {
		known, _ = patterns.LoadOrStore(pattern, regexp.MustCompile(pattern))
	}
	return known.(*regexp.Regexp) //nolint:forcetypeassert // nothing else is stored
}

// elsewhere reports whether the section of a storage in YAML, or the call in Python, that goes on at an offset has the address of another
// service.
func elsewhere(name string, data []byte, at int) bool {
	var rest []byte
	switch {
	case path.Base(name) == "storage.yml":
		rest, _, _ = bytes.Cut(data[at:], []byte("\n\n"))
		rest, _, _ = bytes.Cut(rest, []byte("service:"))
	case path.Ext(name) == ".py":
		rest, _, _ = bytes.Cut(data[at:], []byte(")"))
	}
	return bytes.Contains(rest, []byte("endpoint:")) || bytes.Contains(rest, []byte("endpoint_url"))
}

// parts returns the ids that the start of a name in capitals may stand for: openai of OpenAIChat. The longest comes first.
func parts(name string) (out []string) {
	if id := exact(name); id != "" || library(name) {
		return []string{id} // the empty id is nobody's
	}
	words := wordsOf(name)
	for n := min(len(words), 3); n > 0; n-- {
		joined := strings.Join(words[:n], "-")
		if id := renamed(joined); id != joined {
			return append(out, id)
		}
		out = append(out, joined)
		if n > 1 {
			out = append(out, strings.Join(words[:n], ""))
		}
	}
	return out
}

// exact returns the id of a provider of sign-in that ASP.NET adds; empty if it is none.
func exact(name string) string {
	switch name {
	case "Google", "GoogleOpenIdConnect":
		return "google-identity"
	case "Apple":
		return "apple-signin"
	case "Twitter":
		return "x-twitter"
	case "MicrosoftAccount", "MicrosoftIdentityWebApp", "MicrosoftIdentityWebApi":
		return "microsoft-entra"
	}
	return ""
}

// library reports whether a name starts with that of a library whose maker has the name of another company.
func library(name string) bool {
	for _, start := range []string{"MailKit", "Quartz", "StackExchangeRedis", "Wolverine", "Scalar", "Marten", "Castle", "Temporal"} {
		if strings.HasPrefix(name, start) {
			return true
		}
	}
	return false
}

// wordsOf returns the words of a name in capitals, in lower case.
func wordsOf(name string) (words []string) {
	upper := func(i int) bool { return i < len(name) && 'A' <= name[i] && name[i] <= 'Z' }
	from := 0
	for i := 1; i <= len(name); i++ {
		if i == len(name) || upper(i) && (!upper(i-1) || i+1 < len(name) && !upper(i+1)) {
			words = append(words, strings.ToLower(name[from:i]))
			from = i
		}
	}
	return words
}
