package render

import (
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/brief"
	"github.com/vendorgate/vendorgate/internal/drafts"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// markdown renders the brief as a questionnaire with a place for each answer.
func (b Brief) markdown() sink.Document {
	var out sink.Markdown
	name := b.ID
	if b.Identity != nil {
		name = b.Identity.Name()
	}
	out.Markup("# Security questions for ").Text(name).Markup("\n\n")
	out.Text(b.scope()).Markup("\n\n")
	out.Markup("Answer each question for the service itself, not for your company. If you do not know the answer, write unknown.\n")
	out.Markup("Durations are ISO 8601 (P30D is 30 days, PT15M is 15 minutes), dates are YYYY-MM-DD, and countries are ISO 3166-1 codes.\n")
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
		b.question(&out, number, q)
	}
	b.documents(&out)
	b.ours(&out)
	return out.Document()
}

// scope says which use the questions are for.
func (b Brief) scope() string {
	data, environments := "no data", "any environment"
	if len(b.Profile.Classes) > 0 {
		data = and(b.Profile.Classes) + " data"
	}
	if len(b.Profile.Environments) > 0 {
		environments = and(b.Profile.Environments)
	}
	return fmt.Sprintf("Policy %s asks these questions about a tier-%d use with %s, in %s.", b.Policy.ID, b.Profile.Tier, data, environments)
}

func (b Brief) question(out *sink.Markdown, number int, q brief.Question) {
	out.Markup("\n").Int(number).Markup(". **").Text(record.Question(q.Path)).Markup("**")
	if q.Given != "" {
		out.Markup(" Answer only ").Text(q.Given).Markup(".")
	}
	out.Markup("\n    - Answer with: ").Text(drafts.AnswerOf(q.Path))
	out.Markup("\n    - Accepted: ").Text(accepted(q))
	out.Markup("\n    - Evidence: ").Text(evidence(q))
	out.Markup("\n    - ").Text(requiredBy(q)).Markup(". Attribute: ").Code(q.Path).Markup(".")
	if q.Judged {
		out.Markup(" Optional; any answer you give is checked.")
	}
	out.Markup("\n    - Your answer:\n    - Your evidence:\n")
}

// documents lists the documents to provide.
func (b Brief) documents(out *sink.Markdown) {
	if len(b.Documents) == 0 {
		return
	}
	out.Markup("\n## Documents and terms\n\n")
	for _, p := range b.Documents {
		out.Markup("- [ ] ").Text(p.Want).Markup(" Required by ").Text(askers([]brief.AskedBy{p.By})).Markup(".\n")
	}
}

// ours lists the questions that only the organisation can answer.
func (b Brief) ours(out *sink.Markdown) {
	begun := false
	for _, q := range b.Questions {
		if !q.Ours {
			continue
		}
		if !begun {
			out.Markup("\n## For the customer to answer (not the vendor)\n\n")
			begun = true
		}
		out.Markup("- [ ] ").Text(record.Question(q.Path)).Markup(" Required by ").Text(askers(q.By)).Markup(". Attribute: ").Code(q.Path).Markup(".\n")
	}
}

// topicOf returns the heading for a question.
func topicOf(path string) string {
	block, _, _ := strings.Cut(path, ".")
	titles := map[string]string{
		"access": "Console access", "observability": "Service status and monitoring", "data": "Data",
		"vulnerability_management": "Vulnerabilities", "exit": "Exit", "pilot": "Pilot",
	}
	if title := titles[block]; title != "" {
		return title
	}
	words := strings.ReplaceAll(block, "_", " ")
	return strings.ToUpper(words[:1]) + words[1:]
}
