package choice

import "strings"

// IDs returns the ids that the vendor of a name may have, with or without words for its maker or for the way to it, as in ipinfo_io,
// sendgrid_actionmailer and s3.
func IDs(name string) (out []string) {
	name = renamed(strings.ReplaceAll(strings.ToLower(name), "_", "-"))
	for _, ending := range []string{"", "-io", "-api", "-actionmailer", "-delivery", "-oauth2", "-openidconnect", "-openid", "-oauth", "-express", "-pro", "-rest"} {
		if id, ok := strings.CutSuffix(name, ending); ok && id != "" {
			out = append(out, id, "aws-"+id, "amazon-"+id)
		}
	}
	return out
}

// renamed returns the id for a name that differs from it.
func renamed(name string) string {
	switch name {
	case "gcs", "google-cloud":
		return "google-cloud-storage"
	case "azurestorage", "azureblob", "azure-blob", "azure-blob-asset":
		return "azure-storage"
	case "amazon-s3":
		return "aws-s3"
	case "google", "google-oauth2":
		return "google-identity"
	case "google-cloud-translation", "google-cloud-translations":
		return "google-translate"
	case "apple":
		return "apple-signin"
	case "twitter":
		return "x-twitter"
	case "azure-ad", "azure-ad-b2c", "entra-id", "microsoft-entra-id", "azure-activedirectory-v2":
		return "microsoft-entra"
	case "battlenet":
		return "blizzard"
	case "yandex":
		return "yandex-id"
	case "wordpress":
		return "wordpress-com"
	}
	return name
}

// ofAmazon returns the id for a service in the SDK of Amazon. Most are called the same there.
func ofAmazon(name string) []string {
	for _, ending := range []string{"-runtime", "-agent", "-data", "data", "-streams", "v2"} {
		name = strings.TrimSuffix(name, ending)
	}
	switch name {
	case "secretsmanager":
		name = "secrets-manager"
	case "logs":
		name = "cloudwatch"
	case "events":
		name = "eventbridge"
	case "cognito-idp", "cognito-identity":
		name = "cognito"
	case "stepfunctions":
		name = "step-functions"
	case "ce":
		name = "cost-explorer"
	case "firehose":
		name = "kinesis"
	case "es", "opensearchserverless":
		name = "opensearch"
	case "apigateway":
		name = "api-gateway"
	}
	return []string{"aws-" + name, "amazon-" + name}
}
