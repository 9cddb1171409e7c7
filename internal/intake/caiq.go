package intake

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
)

// Questionnaire says what a file with answers is about.
type Questionnaire struct {
	ID      string      // of the vendor
	Edition string      // of the CAIQ; empty to find it in the file
	Issued  scalar.Date // zero if it is not known
}

// questionID is the form of the ids of the CAIQ.
var questionID = regexp.MustCompile(`^(A&A|AIS|BCR|CCC|CEK|DCS|DSP|GRC|HRS|IAM|IPY|IVS|I&S|LOG|SEF|STA|TVM|UEM)-\d\d\.\d$`)

// CAIQ drafts a record from the answers to a CAIQ, saved as CSV. They are the vendor's own statements, so the evidence is an attestation.
// silent are the answered questions that settle no attribute. The error says that the file is no CAIQ, or of another edition.
func (d *Desk) CAIQ(file string, data []byte, q Questionnaire) (in Intake, silent []string, err error) {
	t, err := readTable(file, data, func(row []cell) bool { return headingOf(row, "question id") >= 0 })
	if err != nil {
		return Intake{}, nil, err
	}
	start := diag.Pos{File: file, Line: 1, Col: 1}
	if t.header == nil {
		return Intake{}, nil, fmt.Errorf("%s: no row has the heading \"Question ID\", so this is not a CAIQ", start)
	}
	ids, said := headingOf(t.header, "question id"), headingOf(t.header, "csp caiq answer", "service provider caiq answer", "caiq answer", "answer")
	if said < 0 {
		return Intake{}, nil, fmt.Errorf("%s: no column has the heading \"CSP CAIQ Answer\"", t.header[0].pos)
	}
	if q.Edition, err = editionOf(t, ids, q.Edition); err != nil {
		return Intake{}, nil, err
	}
	draft := Draft{ID: q.ID, Origin: Origin{Pos: start, Field: "vendor", Text: q.ID}, By: "named by --id", Paper: d.attestation(data, q)}
	owners, seen := headingOf(t.header, "ssrm control ownership"), map[string]bool{}
	for _, row := range t.rows {
		if len(row) <= max(ids, said) || row[ids].text == "" {
			continue
		}
		id := row[ids].text
		from := Origin{Pos: row[said].pos, Field: id, Text: row[said].text}
		switch {
		case !questionID.MatchString(id): // a heading, or the notice below the table
			if row[said].text != "" {
				in.leave(from, "", "%q is not the id of a question", id)
			}
			continue
		case seen[id]:
			in.leave(from, "remove one of the rows", "the question is answered twice")
			continue
		}
		seen[id] = true
		switch a := asked(q.Edition, id); {
		case a == nil && !blank(from.Text):
			silent = append(silent, id)
		case a == nil:
		case owners >= 0 && owners < len(row) && strings.HasPrefix(fold(row[owners].text), "csc"):
			in.leave(from, "ask the vendor about "+a.path, "the control is the customer's (%s)", row[owners].text)
		default:
			in.answered(&draft, from, a)
		}
	}
	in.Drafts = []Draft{draft}
	return in, silent, nil
}

// answered takes over the answer to a question.
func (in *Intake) answered(draft *Draft, from Origin, a *answer) {
	var value string
	switch strings.ToLower(from.Text) {
	case "":
		return
	case "yes", "y":
		value = a.yes
	case "no", "n":
		value = a.no
	default:
		in.leave(from, "ask the vendor about "+a.path, "it is neither yes nor no")
		return
	}
	if value == "" {
		in.leave(from, "ask the vendor about "+a.path, "%s", a.open)
		return
	}
	draft.Facts = append(draft.Facts, Fact{from, a.path, value})
}

// attestation is the evidence entry of a CAIQ.
func (d *Desk) attestation(data []byte, q Questionnaire) *Paper {
	sum := sha256.Sum256(data)
	p := &Paper{SHA256: hex.EncodeToString(sum[:])}
	day := q.Issued
	if day.IsZero() {
		day = d.Today
	}
	p.ID = "caiq-" + day.String()
	p.Evidence = fmt.Sprintf("{id: %s, type: attestation, assurance: attested, sha256: %s, received: %s}", p.ID, p.SHA256, d.Today)
	if !q.Issued.IsZero() {
		p.Evidence = strings.Replace(p.Evidence, ", received:", ", issued: "+q.Issued.String()+", received:", 1)
		p.Assessment = fmt.Sprintf("{id: %s, type: caiq, standard: %q, issued: %s, evidence: %s}", p.ID, q.Edition, q.Issued, p.ID)
	}
	return p
}

// headingOf returns the first column with one of the headings; -1 if there is none.
func headingOf(row []cell, headings ...string) int {
	for _, h := range headings {
		if i := slices.IndexFunc(row, func(c cell) bool { return fold(c.text) == h }); i >= 0 {
			return i
		}
	}
	return -1
}

// editionOf finds the edition of a CAIQ: by its title, or by the ids that only one edition has.
func editionOf(t *table, ids int, stated string) (string, error) {
	found := map[string]diag.Pos{}
	for _, row := range t.above {
		for _, c := range row {
			switch text := strings.ToLower(c.text); {
			case strings.Contains(text, "v4.1"):
				found[CAIQ41] = c.pos
			case strings.Contains(text, "v4.0"):
				found[CAIQ403] = c.pos
			}
		}
	}
	for _, row := range t.rows {
		switch {
		case len(row) <= ids:
		case strings.HasPrefix(row[ids].text, "IVS-"):
			found[CAIQ403] = row[ids].pos
		case strings.HasPrefix(row[ids].text, "I&S-"):
			found[CAIQ41] = row[ids].pos
		}
	}
	start := t.header[0].pos
	switch {
	case len(found) > 1:
		return "", fmt.Errorf("%s: the file has a mark of edition 4.1, and %s has one of 4.0; the same id means different questions in them", found[CAIQ41], found[CAIQ403])
	case len(found) == 0 && stated == "":
		return "", fmt.Errorf("%s: nothing says which edition of the CAIQ this is; pass --edition", start)
	case len(found) == 0:
		return stated, nil
	}
	for edition, pos := range found {
		if stated != "" && stated != edition {
			return "", fmt.Errorf("%s: this is edition %s of the CAIQ, not %s", pos, edition, stated)
		}
		stated = edition
	}
	return stated, nil
}
