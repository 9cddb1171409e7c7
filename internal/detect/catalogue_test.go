package detect_test

import "github.com/vendorgate/vendorgate/internal/detect"

// catalogue is a small one of real vendors, so that tests do not change with the embedded registry.
func catalogue() *detect.Catalogue {
	return detect.Compile([]detect.Entry{
		{ID: "auth0", API: []string{"*.auth0.com"}, Brand: []string{"auth0.com"}, Packages: []string{"npm/auth0", "pypi/auth0-python"}, Imports: []string{"python:auth0"}, Env: []string{"AUTH0_*"}},
		{ID: "box", API: []string{"api.box.com"}, Brand: []string{"box.com"}},
		{ID: "customerio", API: []string{"track.customer.io"}, Brand: []string{"customer.io"}, Env: []string{"CUSTOMERIO_*"}},
		{
			ID: "datadog", API: []string{"*.datadoghq.com"}, Brand: []string{"datadoghq.com"}, Env: []string{"DD_API_KEY", "DATADOG_*"},
			Packages: []string{"golang/github.com/datadog/datadog-go", "githubactions/datadog/synthetics-ci-github-action"}, Imports: []string{"+go:github.com/datadog/datadog-go"},
		},
		{ID: "deepseek", API: []string{"api.deepseek.com"}, Brand: []string{"deepseek.com"}, Env: []string{"DEEPSEEK_*"}},
		{ID: "dropbox", API: []string{"api.dropboxapi.com"}, Brand: []string{"dropbox.com"}, Packages: []string{"pypi/dropbox"}, Imports: []string{"+python:dropbox"}},
		{ID: "github", API: []string{"api.github.com", "github.com"}, Brand: []string{"github.com", "githubusercontent.com"}},
		{ID: "google-maps", API: []string{"maps.googleapis.com"}, Brand: []string{"mapsplatform.google.com"}, Env: []string{"GOOGLE_MAPS_*", "*_MAPS_API_KEY"}, Packages: []string{"maven/com.google.maps/google-maps-services"}, Imports: []string{"+java:com.google.maps"}},
		{ID: "google-storage", API: []string{"storage.googleapis.com", "www.googleapis.com"}, Brand: []string{"cloud.google.com"}, Imports: []string{"python:google.cloud.storage"}},
		{ID: "heroku", API: []string{"api.heroku.com"}, Brand: []string{"heroku.com", "herokuapp.com"}},
		{ID: "hubspot", API: []string{"api.hubapi.com"}, Brand: []string{"hubspot.com", "hubapi.com"}, Script: []string{"js.hs-scripts.com"}},
		{ID: "java", API: []string{"api.java.net"}, Brand: []string{"java.net", "common.io", "item.id", "js.map"}},
		{ID: "mailgun", API: []string{"api.mailgun.net"}, Brand: []string{"mailgun.com"}, Env: []string{"MAILGUN_*"}},
		{ID: "openai", API: []string{"api.openai.com"}, Brand: []string{"openai.com"}, Env: []string{"OPENAI_*"}, Packages: []string{"npm/openai", "pypi/openai"}, Imports: []string{"+js:openai", "+python:openai"}},
		{ID: "recaptcha", API: []string{"recaptcha.net"}, Env: []string{"RECAPTCHA_*"}},
		{ID: "segment", API: []string{"api.segment.io"}, Brand: []string{"segment.com", "segment.io"}, Script: []string{"cdn.segment.com"}},
		{ID: "sentry", API: []string{"sentry.io", "*.sentry.io"}, Brand: []string{"sentry.io"}, Env: []string{"SENTRY_*"}, Packages: []string{"npm/@sentry/node", "gem/sentry-ruby", "hex/sentry", "pub/sentry"}, Imports: []string{"+js:@sentry/node", "+ruby:sentry-ruby", "+ruby:sentry", "elixir:Sentry", "+dart:sentry", "elixir:sentry"}},
		{ID: "ses", API: []string{"*.amazonses.com"}, Env: []string{"AWS_SES_*", "SES_*"}},
		{ID: "slack", API: []string{"slack.com", "hooks.slack.com"}, Brand: []string{"slack.com"}, Env: []string{"SLACK_*"}, Packages: []string{"npm/@slack/web-api"}, Imports: []string{"+js:@slack/web-api"}},
		{
			ID: "stripe", API: []string{"api.stripe.com"}, Brand: []string{"stripe.com"}, Script: []string{"js.stripe.com"}, Env: []string{"STRIPE_*"},
			Packages: []string{
				"npm/stripe", "npm/@stripe/stripe-js", "pypi/stripe", "gem/stripe", "composer/stripe/stripe-php", "maven/com.stripe/stripe-java", "nuget/stripe.net",
				"golang/github.com/stripe/stripe-go", "cargo/async-stripe", "hex/stripity-stripe", "pub/flutter_stripe", "swift/github.com/stripe/stripe-ios", "cocoapods/stripe",
			},
			Imports: []string{
				"+js:stripe", "+js:@stripe/stripe-js", "+python:stripe", "+ruby:stripe", "+php:stripe", "+java:com.stripe", "+csharp:stripe", "+go:github.com/stripe/stripe-go",
				"rust:stripe", "elixir:stripe", "+dart:flutter_stripe", "+swift:stripe",
			},
		},
		{ID: "twitter", API: []string{"api.x.com"}, Brand: []string{"x.com"}},
		{ID: "zendesk", API: []string{"*.zendesk.com"}, Brand: []string{"zendesk.com"}},
	})
}
