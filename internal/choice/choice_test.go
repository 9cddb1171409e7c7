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
		{"a.py", "from langchain_openai import AzureChatOpenAI, ChatOpenAI", "azure-openai"},
		{"a.py", "from haystack.components.websearch import (\n    SerperDevWebSearch,\n)", "serper"},
		{"a.py", "from langchain.retrievers import Coherence", ""},
		{"a.py", "from .langchain import JinaRerank", ""},
		{"a.ts", `import { BedrockChat } from "@langchain/community/chat_models/bedrock"`, "aws-bedrock"},
		{"a.ts", `layer = "Esri.WorldImagery"`, "arcgis"},
		{"a.ts", `layer = "Esri.com"`, ""},
		{".circleci/config.yml", "orbs:\n  s: circleci/slack@4\njobs:\n  x:\n    steps: [s/notify]", "slack"},
		{".circleci/config.yml", "orbs:\n  s: circleci/slack@4", ""},
		{".circleci/config.yml", "orbs:\n  a: circleci/aws-cli@4\nsteps: [a/setup]", ""},
		{".buildkite/a.yml", "- https://git.example/ecr-buildkite-plugin.git#v2\n- acme/ecr#v2.7.0", "aws-ecr"},
		{".github/workflows/a.yml", "uses: a/b/.github/workflows/security_veracode_scan.yml@v2", "veracode"},
		{".github/workflows/a.yml", "uses: a/b/.github/workflows/run.yml@v2", ""},
		{".github/workflows/a.yml", "channel: ${{ secrets.SLACK_CHANNEL_ID }}", "slack"},
		{".github/workflows/a.yml", "slack_channel:\n  type: string", ""},
		{"a.tfvars", "enable_logit = true", "logit-io"},
		{"a.tfvars", "enable_logit = false", ""},
		{"config/packages/swap.yaml", "florianv_swap:\n  providers:\n    central_bank_of_czech_republic: ~", "cnb-cz"},
		{"a.php", "use Swap\\Builder;\n$b->add('exchange_rates_api', [])", "exchangeratesapi"},
		{"a.php", "$b->add('fixer', [])", ""},
		{"a.rb", "Geocoder.configure(lookup: :google)", "google-maps"},
		{"a.rb", "settings[:lookup] = :location_iq", "locationiq"},
		{"a.php", "class OEMSecretsProvider { $apiKey; }", "oemsecrets"},
		{"a.php", "class OEMSecretsProvider {}", ""},
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
