package search

import (
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/choice"
)

// envNames are the globs of environment variables, by their first word, or by their last word if they start with a star.
type envNames struct {
	globs       []envName
	first, last map[string]chain
}

// chain is a linked list of globs with the same word.
type chain struct{ from, to int32 }

type envName struct {
	prefix, suffix string // before and after the star
	exact          bool   // there is no star
	vendor         int
	next           int32 // in the chain; 0 for the last one
}

func newEnvNames(size int) envNames {
	return envNames{globs: make([]envName, 1, size+1), first: make(map[string]chain, size), last: map[string]chain{}}
}

func (e *envNames) add(glob string, vendor int) {
	if !strings.HasSuffix(glob, "*") { // most do
		for _, words := range [][2]string{
			{"_API_KEY", "_APIKEY"},
			{"_AUTH_TOKEN", "_AUTHTOKEN"},
			{"_ACCESS_TOKEN", "_ACCESSTOKEN"},
			{"_API_TOKEN", "_APITOKEN"},
			{"_SECRET_KEY", "_SECRETKEY"},
			{"_ACCESS_KEY", "_ACCESSKEY"},
			{"_API_SECRET", "_APISECRET"},
			{"_CLIENT_SECRET", "_CLIENTSECRET"},
		} {
			if start, ok := strings.CutSuffix(glob, words[0]); ok && start != "" && start != "*" {
				e.insert(start+words[1], vendor)
			}
		}
	}
	e.insert(glob, vendor)
}

func (e *envNames) insert(glob string, vendor int) {
	prefix, suffix, star := strings.Cut(glob, "*")
	at := int32(len(e.globs)) //nolint:gosec // there are not that many
	e.globs = append(e.globs, envName{prefix: prefix, suffix: suffix, exact: !star, vendor: vendor})
	chains := e.first
	word, _, _ := strings.Cut(prefix, "_")
	if prefix == "" {
		chains, word = e.last, suffix[strings.LastIndexByte(suffix, '_')+1:]
	}
	c, ok := chains[word]
	if ok {
		e.globs[c.to].next = at
	} else {
		c.from = at
	}
	c.to = at
	chains[word] = c
}

func (n envName) matches(name string) bool {
	if n.exact {
		return name == n.prefix
	}
	return len(name) > len(n.prefix)+len(n.suffix) && strings.HasPrefix(name, n.prefix) && strings.HasSuffix(name, n.suffix)
}

// vendor returns the vendor of a variable: the one with the exact name, or the longest matching glob if the name looks like a
// credential. Words for a framework, a stage or the program itself may precede the name, and words for a stage follow it.
func (e *envNames) vendor(name string) (int, bool) {
	if vendor, ok := e.plain(name); ok {
		if word, rest, _ := strings.Cut(name, "_"); Everyday(strings.ToLower(word)) && e.ofAnother(rest) { // of a program that is called like a vendor
			return e.plain(rest)
		}
		return vendor, true
	}
	if shorter := withoutStage(name); shorter != name {
		return e.vendor(shorter)
	}
	bare := withoutEnding(name)
	if bare != name {
		if vendor, ok := e.plain(bare); ok {
			return vendor, true
		}
	}
	if vendor, ok := e.prefixed(bare); ok {
		return vendor, true
	}
	return e.signIn(bare)
}

// ofAnother reports whether the rest of a name is that of a secret which begins with the distinctive word of a vendor.
func (e *envNames) ofAnother(rest string) bool {
	const distinctive = 5 // letters
	word, _, ok := strings.Cut(rest, "_")
	return ok && len(word) >= distinctive && e.first[word].from > 0 && !choice.Ordinary(strings.ToLower(word)) && secretLike(rest)
}

// signIn returns the vendor whose accounts people sign in with, by a name that says whose they are after a word for signing in:
// GOTRUE_EXTERNAL_GOOGLE_CLIENT_ID, SOCIAL_AUTH_GITHUB_KEY.
func (e *envNames) signIn(name string) (int, bool) {
	if !secretLike(name) && !strings.HasSuffix(name, "_CLIENT_ID") && !strings.HasSuffix(name, "_APP_ID") {
		return 0, false
	}
	for _, word := range []string{"EXTERNAL_", "OAUTH_", "OAUTH2_", "OIDC_", "SOCIAL_AUTH_", "SOCIAL_", "SSO_", "AUTH_"} {
		at := strings.LastIndex(name, word)
		if at < 0 || at > 0 && name[at-1] != '_' {
			continue
		}
		if rest := strings.Replace(name[at+len(word):], "_OAUTH2_", "_", 1); strings.IndexByte(rest, '_') > 0 {
			return e.plain("AUTH_" + rest)
		}
	}
	return 0, false
}

// plain returns the vendor of the exact name, or of the longest glob if the name looks like a credential.
func (e *envNames) plain(name string) (int, bool) {
	best := envName{vendor: -1}
	word, _, _ := strings.Cut(name, "_")
	for _, list := range [...]chain{e.first[word], e.last[name[strings.LastIndexByte(name, '_')+1:]]} {
		for at := list.from; at > 0; at = e.globs[at].next {
			n := e.globs[at]
			if n.matches(name) && (n.exact || credentialLike(name)) && (best.vendor < 0 || n.exact || len(n.prefix+n.suffix) >= len(best.prefix+best.suffix) && !best.exact) {
				best = n
			}
		}
	}
	return best.vendor, best.vendor >= 0
}

// prefixed returns the vendor of a name that follows words of the program, such as ACME_STRIPE_SECRET_KEY. It must be a secret, or
// an address after an unusual word, and begin with a word that is not common.
func (e *envNames) prefixed(name string) (int, bool) {
	const most, distinctive, unusual, long = 3, 5, 8, 12 // words to leave out; letters of a word; of one before an address; of an exact name
	secret := secretLike(name)
	if !secret && !credentialLike(name) {
		return 0, false
	}
	for range most {
		_, rest, ok := strings.Cut(name, "_")
		if !ok || strings.IndexByte(rest, '_') < 0 {
			return 0, false
		}
		name = rest
		word, _, _ := strings.Cut(name, "_")
		if word == "PUSHER" || choice.Ordinary(strings.ToLower(word)) { // METRICS_PUSHER_AUTH
			continue
		}
		var best envName
		for at := e.first[word].from; at > 0; at = e.globs[at].next {
			n := e.globs[at]
			if !secret && (n.exact || len(word) < unusual) { // an address
				continue
			}
			telling := n.exact && (len(name) >= long || strings.Count(name, "_") > 1) || !n.exact && len(word) >= distinctive
			if telling && n.matches(name) && len(n.prefix+n.suffix) >= len(best.prefix+best.suffix) {
				best = n // of equal ones, the last
			}
		}
		if best.prefix != "" {
			return best.vendor, true
		}
	}
	return 0, false
}

// Everyday reports whether a word begins the names of a vendor's credentials and is a common one, which other services have in their
// names, too.
func Everyday(word string) bool { return choice.Everyday(word) || choice.Ordinary(word) }

// withoutStage removes a prefix for a framework or stage from the name of a variable.
func withoutStage(name string) string {
	for _, prefix := range []string{
		"NEXT_PUBLIC_", "REACT_APP_", "VUE_APP_", "NUXT_PUBLIC_", "NUXT_", "EXPO_PUBLIC_", "GATSBY_", "VITE_", "MIX_", "PUBLIC_", "NG_APP_", "STORYBOOK_",
		"PROD_", "PRODUCTION_", "STAGING_", "DEV_", "TEST_", "APP_", "TF_VAR_",
	} {
		if prefix[0] != name[0] {
			continue // the usual case, quickly
		}
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return rest
		}
	}
	return name
}

// withoutEnding removes words for stages and variants from the end of a name.
func withoutEnding(name string) string {
	for {
		i := strings.LastIndexByte(name, '_')
		if i < 0 || !variant(name[i+1:]) {
			return name
		}
		name = name[:i]
	}
}

// variant reports whether a word only says which of several credentials a name means.
func variant(word string) bool {
	switch word {
	case "TEST", "LIVE", "PROD", "PRODUCTION", "DEV", "DEVELOPMENT", "STAGING", "STAGE", "SANDBOX", "FILE", "BASE64", "B64", "JSON", "PATH", "PUBLIC", "PRIVATE", "DEFAULT", "PRIMARY", "SECONDARY",
		"EU", "US", "UK", "READ", "WRITE", "READONLY", "RO", "RW", "SERVER", "CLIENT", "BACKEND", "FRONTEND", "IOS", "ANDROID", "WEB", "ARN", "VALUE", "REF", "OLD", "NEW", "V1", "V2", "V3", "":
		return true
	}
	for i := range len(word) {
		if byteClass[word[i]]&digit == 0 {
			return false
		}
	}
	return true
}

// credentialLike reports whether a name ends in a word for credentials or addresses, apart from words for stages. Ids and URLs
// of builds do not count: tools read those of every CI service to find out where they run. Neither do URLs of pages.
func credentialLike(name string) bool {
	bare := withoutEnding(name)
	switch bare[strings.LastIndexByte(bare, '_')+1:] {
	case "ID", "URL":
		builds := []string{"_PAGE_URL", "_PROFILE_URL", "_SHARE_URL", "_BUILD_ID", "_BUILD_URL", "_RUN_ID", "_RUN_URL", "_JOB_URL", "_COMMIT_ID", "_PIPELINE_ID", "_PIPELINE_URL"}
		return !slices.ContainsFunc(builds, func(build string) bool { return strings.HasSuffix(name, build) })
	case "SID", "APPID", "CLIENTID", "URI", "ENDPOINT", "HOST", "DOMAIN", "ACCOUNT", "USER", "USERNAME", "BASEURL", "APIURL":
		return true
	}
	return secretLike(bare)
}

// Secret reports whether a name in upper case ends in a word for what must be kept secret.
func Secret(name string) bool { return secretLike(name) }

// secretLike reports whether a name ends in a word for what must be kept secret, apart from words for stages.
func secretLike(name string) bool {
	name = withoutEnding(name)
	switch name[strings.LastIndexByte(name, '_')+1:] {
	case "KEY":
		return !strings.HasSuffix(name, "_ENABLED_KEY") && !strings.HasSuffix(name, "_PREF_KEY") // of a preference
	case "KEYS", "APIKEY", "APIKEYS", "ACCESSKEY", "SECRETKEY", "PRIVATEKEY", "PUBLICKEY", "PUBLISHABLEKEY", "LICENSEKEY", "TOKEN", "TOKENS", "AUTHTOKEN", "ACCESSTOKEN", "APITOKEN", "BEARER",
		"SECRET", "SECRETS", "CLIENTSECRET", "APISECRET", "APPSECRET", "WEBHOOKSECRET", "DSN", "WEBHOOK", "WEBHOOKS", "WEBHOOKURL", "PASSWORD", "PASS", "PASSWD", "PASSPHRASE", "AUTH", "CREDENTIAL", "CREDENTIALS", "CREDS",
		"LICENSE", "SK", "PK", "PAT", "JWT":
		return true
	case "ID": // AWS_ACCESS_KEY_ID
		return strings.HasSuffix(name, "_KEY_ID")
	case "ACCOUNT":
		return strings.HasSuffix(name, "SERVICE_ACCOUNT")
	case "URL":
		return strings.HasSuffix(name, "_WEBHOOK_URL")
	}
	return false
}

// upperName returns a key as the name of a variable: SECRET_KEY for secretKey and secret-key.
func upperName(key string) string {
	var out strings.Builder
	for i := range len(key) {
		if c := key[i]; c == '-' || c == '.' {
			out.WriteByte('_')
			continue
		} else if startsWord(key, i) {
			out.WriteByte('_')
		}
		out.WriteByte(key[i])
	}
	return strings.ToUpper(out.String())
}

// startsWord reports whether a capital starts a word of a key: A in giteeApi, and the second one in AIApi.
func startsWord(key string, i int) bool {
	if i == 0 || byteClass[key[i]]&upper == 0 || key[i-1] == '_' || key[i-1] == '-' {
		return false
	}
	return byteClass[key[i-1]]&(upper|digit) == 0 || byteClass[key[i-1]]&upper != 0 && i+1 < len(key) && byteClass[key[i+1]]&(letter|upper) == letter
}
