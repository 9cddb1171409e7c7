package detect

import (
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/lexer"
)

// skeleton reports whether a file comes with a framework or is a template. It names services that may not be in use.
func skeleton(lower, base string) bool {
	switch {
	case strings.HasPrefix(base, ".env") || strings.HasPrefix(base, "env") || strings.HasSuffix(base, ".env"), strings.HasPrefix(base, "dotenv"):
		if sampleName(base, "example", "sample", "dist", "template", "tpl", "defaults", "stub") {
			return true
		}
	case base == "app.json" && !strings.Contains(lower, "/"): // Heroku's template for deployments
		return true
	case (sampleName(base, "example", "sample", "dist") || strings.Contains(base, ".templ.")) && !lexer.Of(base).Code():
		return true
	}
	return false
}

// stockFile reports whether a file of configuration comes with Laravel, which names services there that may not be in use.
func stockFile(lower string) bool {
	if path.Ext(lower) != ".php" || path.Base(path.Dir(lower)) != "config" {
		return false
	}
	switch strings.TrimSuffix(path.Base(lower), ".php") {
	case "services", "mail", "filesystems", "queue", "broadcasting", "cache", "logging", "database", "auth", "session", "app", "hashing", "cors", "sanctum", "view":
		return true
	}
	return false
}

// stock reports whether a name stands in the files that come with Laravel.
func stock(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{
		"mailgun", "postmark", "ses", "amazonses", "resend", "slack", "stripe", "sparkpost", "mandrill", "aws", "amazonaws", "s3", "sqs", "dynamodb", "pusher", "ably", "papertrail", "papertrailapp", "bugsnag", "mailtrap", "mail", "log", "redis", "memcached",
	}, func(word string) bool {
		return slices.Contains(strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune("_.-", r) }), word)
	})
}

func sampleName(base string, words ...string) bool {
	for _, word := range words {
		if !strings.Contains(base, word) {
			continue // the usual case, quickly
		}
		for _, joint := range []string{".", "-", "_"} {
			if strings.Contains(base, joint+word) || strings.HasPrefix(base, word+joint) {
				return true
			}
		}
	}
	return false
}
