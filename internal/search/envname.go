package search

import (
	"strings"
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
// credential.
func (e *envNames) vendor(name string) (int, bool) {
	for {
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
		if best.vendor >= 0 {
			return best.vendor, true
		}
		shorter := withoutStage(name)
		if shorter == name {
			return 0, false
		}
		name = shorter
	}
}

// withoutStage removes a prefix for a framework or stage from the name of a variable.
func withoutStage(name string) string {
	for _, prefix := range []string{
		"NEXT_PUBLIC_", "REACT_APP_", "VUE_APP_", "NUXT_PUBLIC_", "NUXT_", "EXPO_PUBLIC_", "GATSBY_", "VITE_", "PUBLIC_", "NG_APP_", "STORYBOOK_",
		"PROD_", "PRODUCTION_", "STAGING_", "DEV_", "TEST_", "APP_", "TF_VAR_",
	} {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			return rest
		}
	}
	return name
}

// credentialLike reports whether a name ends in a word for credentials or addresses, apart from words for stages. Ids and URLs
// of builds do not count: tools read those of every CI service to find out where they run.
func credentialLike(name string) bool {
	for _, build := range []string{"BUILD_ID", "BUILD_URL", "RUN_ID", "RUN_URL", "JOB_URL", "COMMIT_ID", "PIPELINE_ID", "PIPELINE_URL"} {
		if strings.HasSuffix(name, "_"+build) {
			return false
		}
	}
	for {
		i := strings.LastIndexByte(name, '_')
		switch word := name[i+1:]; word {
		case "KEY", "KEYS", "APIKEY", "TOKEN", "TOKENS", "SECRET", "SECRETS", "DSN", "SID", "ID", "APPID", "URL", "URI", "ENDPOINT", "HOST", "WEBHOOK",
			"PASSWORD", "PASS", "PASSWD", "AUTH", "CREDENTIAL", "CREDENTIALS", "DOMAIN", "ACCOUNT", "USER", "USERNAME", "LICENSE", "SK", "PK", "PAT":
			return true
		case "TEST", "LIVE", "PROD", "PRODUCTION", "DEV", "STAGING", "SANDBOX", "FILE", "BASE64", "B64", "JSON", "PATH", "":
		default:
			if strings.Trim(word, "0123456789") != "" {
				return false
			}
		}
		if i < 0 {
			return false
		}
		name = name[:i]
	}
}
