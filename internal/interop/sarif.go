package interop

import (
	"fmt"
	"slices"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// Information is where to read about the program, for tools that ask for an address.
const Information = "https://github.com/vendorgate/vendorgate"

// mostResults is how many results of a run GitHub's code scanning accepts. It refuses a file with more.
const mostResults = 25_000

// The shape of SARIF 2.1.0 (OASIS Standard), as far as it is used.
type (
	sarifLog struct {
		Schema  string     `json:"$schema"`
		Version string     `json:"version"`
		Runs    []sarifRun `json:"runs"`
	}
	sarifRun struct {
		Tool        sarifTool         `json:"tool"`
		Details     sarifID           `json:"automationDetails"`
		Invocations []sarifInvocation `json:"invocations"`
		ColumnKind  string            `json:"columnKind"`
		Results     []sarifResult     `json:"results"`
	}
	sarifTool struct {
		Driver sarifDriver `json:"driver"`
	}
	sarifDriver struct {
		Name    string      `json:"name"`
		Version string      `json:"version"`
		URI     string      `json:"informationUri"`
		Rules   []sarifRule `json:"rules"`
	}
	sarifRule struct {
		ID     string          `json:"id"`
		Short  sarifText       `json:"shortDescription"`
		Full   sarifText       `json:"fullDescription"`
		Help   sarifText       `json:"help"`
		URI    string          `json:"helpUri,omitempty"` // of its page
		Config sarifConfig     `json:"defaultConfiguration"`
		Props  sarifProperties `json:"properties"`
	}
	sarifConfig struct {
		Level string `json:"level"`
	}
	sarifProperties struct {
		Tags     []string `json:"tags,omitempty"`
		Severity string   `json:"security-severity,omitempty"`
	}
	sarifID struct {
		ID string `json:"id"`
	}
	sarifText struct {
		Text string `json:"text"`
	}
	sarifInvocation struct {
		Successful    bool                `json:"executionSuccessful"`
		Notifications []sarifNotification `json:"toolExecutionNotifications,omitempty"`
	}
	sarifNotification struct {
		Level   string    `json:"level"`
		Message sarifText `json:"message"`
	}
	sarifResult struct {
		Rule         string              `json:"ruleId"`
		Index        int                 `json:"ruleIndex"`
		Level        string              `json:"level"`
		Message      sarifText           `json:"message"`
		Locations    []sarifLocation     `json:"locations"`
		Related      []sarifLocation     `json:"relatedLocations,omitempty"`
		Prints       map[string]string   `json:"partialFingerprints"`
		Suppressions *[]sarifSuppression `json:"suppressions,omitempty"` // where one result has it, all have it (section 3.27.23)
		Props        sarifResultProps    `json:"properties"`
	}
	sarifResultProps struct {
		Vendor string `json:"vendor,omitempty"`
		Owner  string `json:"owner,omitempty"`
		Blocks bool   `json:"blocking"`
	}
	sarifSuppression struct {
		Kind          string `json:"kind"`
		Justification string `json:"justification"`
	}
	sarifLocation struct {
		ID       int            `json:"id,omitempty"`
		Physical *sarifPhysical `json:"physicalLocation,omitempty"`
		Message  *sarifText     `json:"message,omitempty"`
	}
	sarifPhysical struct {
		Artifact sarifArtifact `json:"artifactLocation"`
		Region   sarifRegion   `json:"region"`
	}
	sarifArtifact struct {
		URI string `json:"uri"`
	}
	sarifRegion struct {
		Line   int `json:"startLine"`
		Column int `json:"startColumn"`
	}
)

// SARIF is the report in SARIF 2.1.0, within the limits of GitHub's code scanning. What a waiver covers is left out, because code scanning
// shows suppressed results as open alerts.
func SARIF(r *diag.Report) (sink.Document, error) { return sarif(r, false) }

// SARIFWithWaived is like SARIF, with what a waiver covers as suppressed results.
func SARIFWithWaived(r *diag.Report) (sink.Document, error) { return sarif(r, true) }

func sarif(r *diag.Report, waived bool) (sink.Document, error) {
	run := sarifRun{
		Tool:       sarifTool{sarifDriver{Name: "vendorgate", Version: r.Version, URI: Information, Rules: []sarifRule{}}},
		Details:    sarifID{"vendorgate/" + firstManifest(r) + "/"},
		ColumnKind: "unicodeCodePoints", Results: []sarifResult{},
	}
	invocation := sarifInvocation{Successful: r.Verdict == diag.Pass || r.Verdict == diag.Fail}
	index, files := map[string]int{}, own(r)
	for _, f := range worst(r.Findings) {
		if f.Waived() && !waived {
			continue
		}
		if len(run.Results) == mostResults {
			invocation.note("warning", fmt.Sprintf("The report has more than %d findings; only the most severe ones are listed.", mostResults))
			break
		}
		at, known := index[f.Rule]
		if !known {
			at = len(index)
			index[f.Rule] = at
			run.Tool.Driver.Rules = append(run.Tool.Driver.Rules, ruleOf(r, f))
		}
		result := resultOf(r, f, at, files)
		if waived {
			result.Suppressions = suppressionsOf(f)
		}
		run.Results = append(run.Results, result)
	}
	for _, gap := range r.Gaps {
		invocation.note("error", fmt.Sprintf("Not checked: %s: %s", gap.Target, gap.Reason))
	}
	if r.Reason != "" {
		invocation.note("error", sentence(r.Reason))
	}
	run.Invocations = []sarifInvocation{invocation}
	return sink.JSON(sarifLog{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []sarifRun{run}})
}

func (i *sarifInvocation) note(level, message string) {
	i.Notifications = append(i.Notifications, sarifNotification{level, sarifText{message}})
}

// ruleOf describes the rule of a finding. Code scanning needs all the texts. An error carries a score, so that it is listed as a security
// alert; those of 7.0 and more are called high there.
func ruleOf(r *diag.Report, f diag.Finding) sarifRule {
	out := sarifRule{ID: f.Rule, Short: sarifText{f.Rule}, Config: sarifConfig{level(f)}, Props: sarifProperties{Tags: []string{"vendor"}}}
	if i := slices.IndexFunc(r.Rules, func(one diag.Rule) bool { return one.ID == f.Rule }); i >= 0 {
		rule := r.Rules[i]
		out.URI = rule.Page
		out.Short, out.Full = sarifText{sentence(rule.Title)}, sarifText{rule.Why}
		if rule.Acts != "" {
			out.Help.Text = "Who acts: " + rule.Acts + "\n"
		}
	}
	if out.Full.Text == "" {
		out.Full = out.Short
	}
	out.Help.Text += "Run `vendorgate explain " + f.Rule + "` for the whole page of this rule."
	if f.Severity == diag.Error {
		out.Props.Severity = "7.0"
	}
	return out
}

func resultOf(r *diag.Report, f diag.Finding, index int, files map[string]bool) sarifResult {
	out := sarifResult{
		Rule: f.Rule, Index: index, Level: level(f), Message: sarifText{text(f)}, Locations: []sarifLocation{locationOf(place(r, f))},
		Prints: map[string]string{"vendorgate/v1": f.Fingerprint}, Props: sarifResultProps{f.Vendor, f.Owner, f.Blocks},
	}
	for _, x := range f.Related {
		if files[x.Pos.File] && x.Pos.Line > 0 {
			at := locationOf(x.Pos)
			at.ID, at.Message = len(out.Related)+1, &sarifText{sentence(x.Message)}
			out.Related = append(out.Related, at)
		}
	}
	return out
}

func suppressionsOf(f diag.Finding) *[]sarifSuppression {
	out := []sarifSuppression{}
	if f.Waived() {
		out = append(out, sarifSuppression{"external", fmt.Sprintf("Waived by %s through %s.", f.Waiver, f.WaivedUntil)})
	}
	return &out
}

func locationOf(pos diag.Pos) sarifLocation {
	return sarifLocation{Physical: &sarifPhysical{sarifArtifact{reference(pos.File)}, sarifRegion{pos.Line, max(pos.Col, 1)}}}
}

// level returns the level of a finding. The words of severities are those of SARIF, except that nothing is off there.
func level(f diag.Finding) string {
	if f.Severity == diag.Off {
		return "none"
	}
	return f.Severity.String()
}
