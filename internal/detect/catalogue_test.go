package detect_test

import "github.com/vendorgate/vendorgate/internal/detect"

// catalogue is a small one of real vendors, so that tests do not change with the embedded registry.
func catalogue() *detect.Catalogue {
	return detect.Compile([]detect.Entry{
		{ID: "apple-push", Symbols: []string{"xml:aps-environment", "xml:com.apple.developer.aps-environment"}},
		{ID: "apple-signin", Env: []string{"AUTH_APPLE_*"}, Symbols: []string{"swift:ASAuthorizationAppleIDProvider"}},
		{ID: "app-store-connect", Symbols: []string{"ruby:upload_to_testflight"}},
		{ID: "auth0", API: []string{"*.auth0.com"}, Brand: []string{"auth0.com"}, SDKs: []string{"pkg:npm/auth0", "pkg:pypi/auth0-python"}, Imports: []string{"python:auth0"}, Env: []string{"AUTH0_*"}},
		{
			ID: "aws", API: []string{"*.amazonaws.com"}, SDKs: []string{"pkg:pypi/boto3", "pkg:golang/github.com/aws/aws-sdk-go-v2", "pkg:terraform/hashicorp/aws"},
			Env: []string{"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"}, Resources: []string{"AWS::*", "aws *"},
			MultiBackend: []string{"pkg:pypi/boto3", "pkg:golang/github.com/aws/aws-sdk-go-v2"},
		},
		{
			ID: "aws-s3", API: []string{"s3.amazonaws.com", "s3.eu-west-1.amazonaws.com"}, Resources: []string{"AWS::S3::*", "aws s3 *", "aws_s3_*", "backend:s3", "s3:*"}, SDKs: []string{"pkg:npm/%40aws-sdk/client-s3", "pkg:golang/github.com/aws/aws-sdk-go-v2/service/s3"},
			MultiBackend: []string{"pkg:npm/%40aws-sdk/client-s3", "pkg:golang/github.com/aws/aws-sdk-go-v2/service/s3"},
		},
		{ID: "cloudflare-r2", API: []string{"*.r2.cloudflarestorage.com"}},
		{ID: "calderwick", API: []string{"api.calderwick.example", "*.tenants.acme.example"}, Brand: []string{"calderwick.example"}, URLs: []string{"apis.example-shared.com/calderwick/"}},
		{ID: "dummy-pay", API: []string{"api.dummy-pay.com", "api.your-acme.com"}, Brand: []string{"example-bank.com"}},
		{ID: "square", Env: []string{"SQUARE_*"}, API: []string{"connect.squareup.com"}, SDKs: []string{"pkg:composer/square/square", "pkg:pypi/squareup"}, Imports: []string{"php:Square", "python:square"}},
		{ID: "mixpanel", SDKs: []string{"pkg:nuget/mixpanel-csharp"}, Imports: []string{"csharp:Mixpanel", "php:Mixpanel"}},
		{ID: "plaid", Env: []string{"PLAID_*"}, SDKs: []string{"pkg:hex/plaid"}, Imports: []string{"elixir:Plaid"}},
		{ID: "mapbox", SDKs: []string{"pkg:maven/com.mapbox.mapboxsdk/mapbox-sdk-services", "pkg:maven/com.mapbox.mapboxsdk/mapbox-sdk-geojson"}, Local: []string{"pkg:maven/com.mapbox.mapboxsdk/mapbox-sdk-geojson"}, Imports: []string{"java:com.mapbox"}},
		{ID: "atlassian", API: []string{"*.atlassian.net", "api.atlassian.com"}, Brand: []string{"atlassian.net", "atlassian.com"}},
		{ID: "okta", API: []string{"*.okta.com"}, Brand: []string{"okta.com"}},
		{ID: "salesforce", API: []string{"*.my.salesforce.com"}, Brand: []string{"salesforce.com"}},
		{ID: "jfrog", API: []string{"*.jfrog.io"}, Brand: []string{"jfrog.io"}},
		{ID: "servicenow", API: []string{"*.service-now.com"}, Brand: []string{"service-now.com"}},
		{ID: "box", API: []string{"api.box.com"}, Brand: []string{"box.com"}},
		{ID: "customerio", API: []string{"track.customer.io"}, Brand: []string{"customer.io"}, Env: []string{"CUSTOMERIO_*"}},
		{
			ID: "datadog", API: []string{"*.datadoghq.com"}, Brand: []string{"datadoghq.com"}, Env: []string{"DD_API_KEY", "DATADOG_*"},
			SDKs: []string{"pkg:golang/github.com/datadog/datadog-go", "pkg:githubactions/datadog/synthetics-ci-github-action"},
		},
		{ID: "deepseek", API: []string{"api.deepseek.com"}, Brand: []string{"deepseek.com"}, Env: []string{"DEEPSEEK_*"}},
		{ID: "dropbox", API: []string{"api.dropboxapi.com"}, Brand: []string{"dropbox.com"}, SDKs: []string{"pkg:pypi/dropbox", "pkg:cargo/dropbox-sdk"}},
		{ID: "github", Env: []string{"GITHUB_ACCESS_TOKEN"}, API: []string{"api.github.com", "github.com"}, Brand: []string{"github.com", "githubusercontent.com"}},
		{ID: "gitlab", API: []string{"gitlab.com", "registry.gitlab.com"}, Brand: []string{"gitlab.com"}},
		{ID: "google-analytics", API: []string{"analytics.googleapis.com"}, Brand: []string{"google-analytics.com"}},
		{ID: "new-relic", API: []string{"api.newrelic.com"}},
		{ID: "wikimedia", API: []string{"api.wikimedia.org"}, Brand: []string{"wikipedia.org"}},
		{ID: "google-maps", API: []string{"maps.googleapis.com"}, Brand: []string{"mapsplatform.google.com"}, Env: []string{"GOOGLE_MAPS_*", "*_MAPS_API_KEY"}, SDKs: []string{"pkg:maven/com.google.maps/google-maps-services"}},
		{ID: "google-storage", API: []string{"storage.googleapis.com", "www.googleapis.com"}, Brand: []string{"cloud.google.com"}, Imports: []string{"python:google.cloud.storage"}},
		{ID: "heroku", API: []string{"api.heroku.com"}, Env: []string{"HEROKU_APP_NAME", "HEROKU_SLUG_COMMIT"}, Brand: []string{"heroku.com", "herokuapp.com"}},
		{ID: "hubspot", API: []string{"api.hubapi.com"}, Brand: []string{"hubspot.com", "hubapi.com"}, Script: []string{"js.hs-scripts.com"}},
		{ID: "java", API: []string{"api.java.net"}, Brand: []string{"java.net", "common.io", "item.id", "js.map"}},
		{ID: "mailgun", API: []string{"api.mailgun.net"}, Brand: []string{"mailgun.com"}, Env: []string{"MAILGUN_*"}, Symbols: []string{"elixir:Swoosh.Adapters.Mailgun", "python:anymail.backends.mailgun"}},
		{
			ID: "meilisearch", API: []string{"*.meilisearch.io"}, SDKs: []string{"pkg:npm/meilisearch"}, Env: []string{"MEILI_*"}, SelfHosted: []string{"pkg:npm/meilisearch"},
		},
		{ID: "unstructured", API: []string{"api.unstructuredapp.io"}, SDKs: []string{"pkg:pypi/unstructured-client"}, SelfHosted: []string{"pkg:pypi/unstructured-client"}},
		{
			ID: "openai", API: []string{"api.openai.com"}, Brand: []string{"openai.com"}, Env: []string{"OPENAI_*"}, SDKs: []string{"pkg:npm/openai", "pkg:pypi/openai", "pkg:golang/github.com/sashabaranov/go-openai", "pkg:gem/ruby-openai", "pkg:nuget/OpenAI", "pkg:maven/com.openai/openai-java"},
			MultiBackend: []string{"pkg:npm/openai", "pkg:pypi/openai", "pkg:golang/github.com/sashabaranov/go-openai", "pkg:gem/ruby-openai", "pkg:nuget/OpenAI", "pkg:maven/com.openai/openai-java"}, Imports: []string{"ruby:openai"},
		},
		{ID: "npm-registry", API: []string{"api.npmjs.org"}, Env: []string{"NPM_TOKEN"}, SDKs: []string{"pkg:githubactions/js-devtools/npm-publish"}},
		{ID: "pagerbot", Files: []string{".pagerbot.yml", ".pagerbot/config.yml", "locales.*.json"}},
		{ID: "recaptcha", API: []string{"recaptcha.net"}, Env: []string{"RECAPTCHA_*"}, URLs: []string{"www.google.com/recaptcha/"}},
		{ID: "segment", API: []string{"api.segment.io"}, Brand: []string{"segment.com", "segment.io"}, Script: []string{"cdn.segment.com"}, Env: []string{"SEGMENT_*"}},
		{ID: "sentry", API: []string{"sentry.io", "*.sentry.io"}, Brand: []string{"sentry.io"}, Env: []string{"SENTRY_*"}, SDKs: []string{"pkg:npm/%40sentry/node", "pkg:gem/sentry-ruby", "pkg:hex/sentry", "pkg:pub/sentry"}, Imports: []string{"elixir:Sentry", "elixir:sentry"}},
		{ID: "ses", API: []string{"*.amazonses.com"}, Env: []string{"AWS_SES_*", "SES_*"}},
		{ID: "slack", API: []string{"slack.com", "hooks.slack.com"}, Brand: []string{"slack.com"}, Env: []string{"SLACK_*"}, SDKs: []string{"pkg:npm/%40slack/types", "pkg:npm/%40slack/web-api"}, Local: []string{"pkg:npm/%40slack/types"}},
		{
			ID: "stripe", API: []string{"api.stripe.com"}, Brand: []string{"stripe.com"}, Script: []string{"js.stripe.com"}, Env: []string{"STRIPE_*"},
			SDKs: []string{
				"pkg:npm/stripe", "pkg:npm/%40stripe/stripe-js", "pkg:pypi/stripe", "pkg:gem/stripe", "pkg:composer/stripe/stripe-php", "pkg:maven/com.stripe/stripe-java", "pkg:nuget/stripe.net",
				"pkg:golang/github.com/stripe/stripe-go", "pkg:cargo/async-stripe", "pkg:hex/stripity-stripe", "pkg:pub/flutter_stripe", "pkg:swift/github.com/stripe/stripe-ios", "pkg:cocoapods/stripe",
			},
			Imports: []string{"rust:stripe", "elixir:stripe"},
		},
		{ID: "azure-openai", API: []string{"*.openai.azure.com"}},
		{ID: "carto", API: []string{"*.carto.com"}},
		{ID: "google-identity", API: []string{"accounts.google.com"}, Env: []string{"AUTH_GOOGLE_*"}},
		{ID: "here", API: []string{"*.api.here.com"}},
		{ID: "jina", API: []string{"r.jina.ai"}, Env: []string{"JINA_*"}},
		{ID: "twitter", API: []string{"api.x.com"}, Brand: []string{"x.com"}},
		{ID: "zendesk", API: []string{"*.zendesk.com"}, Brand: []string{"zendesk.com"}, SDKs: []string{"pkg:cargo/zendesk", "pkg:pypi/zenpie"}, Env: []string{"ZENDESK_*"}},
	})
}
