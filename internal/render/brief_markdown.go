package render

import (
	"strings"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/sink"
	"github.com/vendorgate/vendorgate/internal/subject"
)

// markdown renders the brief as a letter to the vendor, with a place for each answer. It has no words that only the organisation knows, and
// does not say which answers are accepted.
func (b Brief) markdown() sink.Document {
	var out sink.Markdown
	out.Markup("# Questions about the security of ").Text(b.name()).Markup("\n\nHello,\n\n")
	out.Text(b.opening()).Markup("\n\n")
	out.Markup("Please answer for this service, not for your company as a whole. If you do not know an answer, write \"unknown\". If a question\n")
	out.Markup("does not apply to the service, say why. For each document that you refer to, tell us its date, and where we can find it or attach it.\n")
	number, topic := 0, ""
	for _, q := range b.Questions {
		if q.Ours {
			continue
		}
		if t := topicOf(q.Path); t != topic {
			topic = t
			out.Markup("\n## ").Text(topic).Markup("\n")
		}
		number++
		question(&out, number, q)
	}
	b.documents(&out)
	out.Markup("\nThank you for your help.\n")
	return out.Document()
}

// opening says what the service would be used for.
func (b Brief) opening() string {
	verb, in, why, send := "We are considering ", " for use in our ", "Before we decide, ", ", and would send it "
	if b.Identity != nil && b.Identity.Record != nil && subject.Vetted(b.Identity.Record.Get("status")) {
		verb, in, why, send = "We use ", " in our ", "For our review, ", ", and send it "
	}
	use := verb + b.name()
	if len(b.Profile.Environments) > 0 {
		use += in + and(environmentNames(b.Profile.Environments)) + " environments"
		if len(b.Profile.Environments) == 1 {
			use = strings.TrimSuffix(use, "s")
		}
	}
	if len(b.Profile.Classes) > 0 {
		classes := make([]string, len(b.Profile.Classes))
		for i, class := range b.Profile.Classes {
			classes[i] = className(class)
		}
		use += send + and(classes)
	}
	return use + ". " + why + "we would like to know how you protect it and what we can rely on."
}

func environmentNames(names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = map[string]string{"dev": "development", "prod": "production"}[name]
		if out[i] == "" {
			out[i] = name
		}
	}
	return out
}

// className says what a class of data is. A class of the organisation's own keeps its name.
func className(class string) string {
	name := map[string]string{
		"personal-special": "special categories of personal data (GDPR 9)", "cardholder": "cardholder data", "credentials": "credentials", "source-code": "source code",
		"customer-content": "content of our customers", "synthetic": "synthetic data",
	}[class]
	if name == "" {
		name = strings.ReplaceAll(class, "-", " ") + " data"
	}
	return name
}

func question(out *sink.Markdown, number int, q brief.Question) {
	out.Markup("\n").Int(number).Markup(". **").Prose(record.Question(q.Path)).Markup("**")
	if q.Given != "" {
		out.Markup(" Please answer only ").Text(q.Given).Markup(".")
	}
	if form := answerForm(q); form != "" {
		out.Markup("\n    - Form of the answer: ").Text(form)
	}
	out.Markup("\n    - Evidence: ").Text(evidenceForm(q))
	out.Markup("\n    - Your answer:\n    - Your evidence:\n")
}

// documents lists the documents to provide.
func (b Brief) documents(out *sink.Markdown) {
	if len(b.Documents) == 0 {
		return
	}
	out.Markup("\n## Documents and terms\n\nPlease send us, or agree to, the following:\n\n")
	for _, p := range b.Documents {
		out.Markup("- [ ] ").Text(assessmentNames.Replace(p.Want)).Markup("\n")
	}
}

// topicOf returns the heading for a question.
func topicOf(path string) string {
	block, _, _ := strings.Cut(path, ".")
	titles := map[string]string{
		"apis": "APIs and versions", "apis[]": "APIs and versions", "access": "Console access", "observability": "Service status and monitoring",
		"vulnerability_management": "Vulnerabilities", "assessments": "Audits and tests", "contract": "Contract", "pilot": "Errors, latency and drills", "evidence": "Architecture",
	}
	if title := titles[block]; title != "" {
		return title
	}
	return diag.Capital(strings.ReplaceAll(block, "_", " "))
}
