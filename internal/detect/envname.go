package detect

import (
	"strings"
)

// envNames are the globs of environment variables, by their first word, or by their last if they begin with a star.
type envNames struct {
	first, last map[string][]envName
}

type envName struct {
	prefix, suffix string // around the star
	exact          bool   // there is none
	vendor         int
}

func (e *envNames) add(glob string, vendor int) {
	prefix, suffix, star := strings.Cut(glob, "*")
	n := envName{prefix: prefix, suffix: suffix, exact: !star, vendor: vendor}
	if prefix == "" {
		word := suffix[strings.LastIndexByte(suffix, '_')+1:]
		e.last[word] = append(e.last[word], n)
		return
	}
	word, _, _ := strings.Cut(prefix, "_")
	e.first[word] = append(e.first[word], n)
}

func (n envName) matches(name string) bool {
	if n.exact {
		return name == n.prefix
	}
	return len(name) > len(n.prefix)+len(n.suffix) && strings.HasPrefix(name, n.prefix) && strings.HasSuffix(name, n.suffix)
}

// vendor is the vendor whose name a variable has: the whole name, or the longest glob if the variable also sounds like
// a credential.
func (e *envNames) vendor(name string) (int, bool) {
	for {
		best := envName{vendor: -1}
		word, _, _ := strings.Cut(name, "_")
		for _, list := range [][]envName{e.first[word], e.last[name[strings.LastIndexByte(name, '_')+1:]]} {
			for _, n := range list {
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

// withoutStage cuts what frameworks and people put in front of a variable's own name.
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

// credentialLike tells that the last word of a name, or the last but a few that speak of stages, is one of credentials
// and addresses. The number or page of a build is none: every tool reads those of every service, to know where it runs.
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
