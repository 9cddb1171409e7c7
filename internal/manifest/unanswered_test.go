package manifest_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/vendorgate/vendorgate/internal/manifest"
)

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]bool{
		"TODO": true, "todo": true, "Todo.": true, "<TODO>": true, "TBD": true, "FIXME": true, "xxx": true, "?": true, "...": true, "TODO: ask the team": true, "[tbd]": true, "n/a": true, "none": true, "Unknown": true, "<purpose>": true, "later": true, "nobody": true,
		"": false, "Sync the todo list": false, "todo-list": false, "todoist": false, "team-todo": false, "payments: cards": false, "Charge cards": false, "nobody else does it": false, "a": false, "x": false,
	} {
		if got := manifest.Placeholder(text); got != want {
			t.Errorf("Placeholder(%q): got %v", text, got)
		}
	}
}

// A purpose says what the API is used for, and an owner names a team, a person or an address. Short true answers are answers.
func TestNoAnswer(t *testing.T) {
	t.Parallel()
	for list, want := range map[string]bool{
		"TODO|see ticket|see JIRA-123|JIRA-123|See #12|see above|me|tbd.|TBD by finance|as discussed|as agreed|various|Misc.|misc stuff|stuff|other things|asdf|qwer|aaaa|.|-|???|test|Test.|A test|same|same as above|the same|ditto|default|x|the API|use the API|for internal use only|used by our team|business needs use|general purpose|anything|to be decided|To ask|https://jira.example/browse/PAY-1|n/a|foo|lorem ipsum|\"\"|...|temp|wip|whatever|none needed|try it":                                                                              true,
		"Card payments|Send SMS|SMS|payments|Maps|Pay|Geocode addresses|Test payments|Load tests|Integration tests|Send test mail|Jira tickets|Support tickets|Slack|Docs|See who is online|Same-day delivery|Various payments|AI|HR|BI|Payments (see PAY-12)|Email|e-mail|支付|税|Zahlungen|Generic drug prices|Other income tax forms|Chat with the team|CDN|2FA|Track parcels|Ask a doctor|Uptime|Error tracking|Note taking|Temp agencies|Nobody knows my name game|The Owner's Manual|payment-acceptance|todo-list|Sync the todo list|Foo fighters tickets": false,
	} {
		for text := range strings.SplitSeq(list, "|") {
			if got := manifest.NoPurpose(text); got != want {
				t.Errorf("NoPurpose(%q): got %v", text, got)
			}
		}
	}
	for list, want := range map[string]bool{
		"TODO|tbd.|me|see-ticket|JIRA-123|as-discussed|various|misc|stuff|asdf|.|-|test|same|team|my-team|the_team|our-team|nobody|someone|n/a|unassigned|to-be-decided|n.a.|xxx":                          true,
		"@acme/payments|payments|SRE|team-a|a|team-todo|qa|k.nakagawa|a.ferreira|team@acme.example|acme/test|test-infra|team-test|TEAM-7|core|platform|Halloway|dev|web|x-team|@test|us-east|same-day|ops": false,
	} {
		for text := range strings.SplitSeq(list, "|") {
			if got := manifest.NoOwner(text); got != want {
				t.Errorf("NoOwner(%q): got %v", text, got)
			}
		}
	}
	for list, want := range map[string]bool{
		"TODO|see ticket|as discussed|misc|asdf|.|-|same|later":                                                     true,
		"not used|unused|first-party|test|A mock|docs|example|internal|nobody uses it|Called by a stored procedure": false,
	} {
		for text := range strings.SplitSeq(list, "|") {
			if got := manifest.Placeholder(text); got != want {
				t.Errorf("Placeholder(%q): got %v", text, got)
			}
		}
	}
}

// Each placeholder is reported once, at its place.
func TestUnanswered(t *testing.T) {
	t.Parallel()
	m := parse(t, head+"owner: TODO\nvendors:\n"+
		"  - {id: a, purpose: TODO, environments: [prod], data: [none], not_in_code: tbd}\n"+
		"  - {id: b, purpose: Todo lists, environments: [prod], data: [none]}\n"+
		"  - {id: c, purpose: misc, owner: FIXME, environments: [prod], data: [none]}\n"+
		"ignore:\n  - {host: x.example, reason: TODO}\n  - {host: y.example, reason: A mock}\n")
	want := "r/a/vendors.yaml:5:22: the purpose of \"a\" is \"TODO\", which is no answer | say what you use the vendor for, in a few words\n" +
		"r/a/vendors.yaml:3:8: the owner is \"TODO\", which is no answer | name the team that owns the use\n" +
		"r/a/vendors.yaml:5:77: not_in_code of \"a\" is \"tbd\", which is no answer | say why the code shows no trace of the vendor\n" +
		"r/a/vendors.yaml:7:35: the owner of \"c\" is \"FIXME\", which is no answer | name the team that owns the use\n" +
		"r/a/vendors.yaml:9:5: the reason of an ignore entry is \"TODO\", which is no answer | say why the match is not a use of a vendor\n"
	if diff := cmp.Diff(want, lines(m.Unanswered(func(_, _, word string) bool { return word == "misc" }))); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
}

// What a draft asks is reported for each attribute, and it is no answer to a rule. An owner is asked for even if no vendor is declared.
func TestUnansweredDraft(t *testing.T) {
	t.Parallel()
	nothing := func(_, _, _ string) bool { return false }
	m := parse(t, head+"owner: team-checkout\nvendors:\n"+
		"  - id: a\n    purpose: Charge cards\n    environments: [TODO, prod]\n    data: [TODO]\n    api: {version: TODO}\n    endpoints: [TODO]\n    auth_method: TODO\n")
	want := "r/a/vendors.yaml:7:20: the environment of \"a\" is \"TODO\", which is no answer | name where you call it: dev, test, sandbox, staging or prod\n" +
		"r/a/vendors.yaml:10:17: the endpoint of \"a\" is \"TODO\", which is no answer | name the base URLs that the code calls\n" +
		"r/a/vendors.yaml:9:20: the API version of \"a\" is \"TODO\", which is no answer | name the version of the API that the code calls\n" +
		"r/a/vendors.yaml:11:18: the authentication method of \"a\" is \"TODO\", which is no answer | say how the code authenticates\n" +
		"r/a/vendors.yaml:8:12: the data of \"a\" is \"TODO\", which is no answer | name the data classes that you send or receive, such as personal; none means no data\n"
	if diff := cmp.Diff(want, lines(m.Unanswered(nothing))); diff != "" {
		t.Errorf("want, got:\n%s", diff)
	}
	use := m.Uses[0]
	if len(use.Environments) != 1 || len(use.Endpoints)+len(use.Data) > 0 || use.APIVersion.Value+use.AuthMethod.Value != "" {
		t.Errorf("TODO is an answer: %v", use)
	}
	for owner, want := range map[string]int{"TODO": 1, "nobody": 1, "team-checkout": 0} {
		m := parse(t, head+"owner: "+owner+"\nvendors: []\n")
		if got := m.Unanswered(nothing); len(got) != want {
			t.Errorf("owner %s of no vendors: %v", owner, got)
		}
	}
}
