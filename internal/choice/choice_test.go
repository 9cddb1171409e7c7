package choice_test

import (
	"slices"
	"testing"

	"github.com/vendorgate/vendorgate/internal/choice"
)

func TestFind(t *testing.T) {
	t.Parallel()
	for _, test := range []struct{ file, text, want string }{
		{"a.py", `import boto3; c = boto3.client("secretsmanager")`, "aws-secrets-manager"},
		{"a.py", `import boto3; c = boto3.client(service_name="bedrock-runtime")`, "aws-bedrock"},
		{"a.py", `import boto3; c = boto3.client("s3", endpoint_url=x)`, ""},
		{"a.ts", `import Google from "next-auth/providers/google"`, "google-identity"},
		{"a.ts", `import Google from "../providers/google"`, ""},
		{"a.cs", `services.AddDeepLTranslations(config);`, "deepl"},
		{"a.cs", `services.AddAmazonS3AssetStore(config);`, "aws-s3"},
		{"a.cs", `services.AddAuthentication().AddGoogle(x);`, "authentication"},
		{"a.cs", "services.AddAuthentication()\n    .AddGoogle(x);", "google-identity"},
		{"a.cs", `services.AddMailKitMailService();`, ""},
		{"a.cs", `list.AddMailgun(x);`, ""},
		{"Fastfile", "lane :x do\n  supply(track: 'beta')\nend", "google-play"},
		{"Fastfile", "# supply of stock\nsupplies(1)", ""},
		{"a.yaml", "- name: OAUTH2_PROXY_PROVIDER\n  value: entra-id", "microsoft-entra"},
		{"storage.yml", "a:\n  service: S3\n  endpoint: x", ""},
	} {
		var found []string
		choice.Find(test.file, []byte(test.text), func(n choice.Name) bool {
			found = append(found, n.IDs...)
			return true
		})
		if test.want == "" && slices.Compact(slices.Clone(found)) != nil && found[0] != "" || test.want != "" && !slices.Contains(found, test.want) {
			t.Errorf("Find(%q, %q) found the ids %q, want %q", test.file, test.text, found, test.want)
		}
	}
}

func TestAddons(t *testing.T) {
	t.Parallel()
	text := `{"addons": ["heroku-postgresql", {"plan": "newrelic:wayne"}], "name": "sentry"}`
	list, addons := choice.Addons([]byte(text))
	if got := text[list.At:list.End]; got != "addons" {
		t.Errorf("Addons names %q as the list, want addons", got)
	}
	var got []string
	for _, addon := range addons {
		got = append(got, text[addon.At:addon.End])
	}
	if want := []string{"heroku-postgresql", "newrelic"}; !slices.Equal(got, want) {
		t.Errorf("Addons found %q, want %q", got, want)
	}
	if _, addons := choice.Addons([]byte(`{"name": "x"}`)); addons != nil {
		t.Errorf("Addons found %v without a list", addons)
	}
}
