package interop

import (
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/sink"
)

// The shape of a JUnit report, as Jenkins, GitLab, Azure Pipelines, Buildkite and CircleCI read it.
type (
	suites struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Errors   int      `xml:"errors,attr"`
		Suites   []suite  `xml:"testsuite"`
	}
	suite struct {
		Name     string     `xml:"name,attr"`
		Tests    int        `xml:"tests,attr"`
		Failures int        `xml:"failures,attr"`
		Errors   int        `xml:"errors,attr"`
		Skipped  int        `xml:"skipped,attr"`
		Time     string     `xml:"time,attr"`
		Stamp    string     `xml:"timestamp,attr"`
		Cases    []testCase `xml:"testcase"`
	}
	testCase struct {
		Class    string    `xml:"classname,attr"`
		Name     string    `xml:"name,attr"`
		File     string    `xml:"file,attr,omitempty"`
		Line     int       `xml:"line,attr,omitempty"`
		Time     string    `xml:"time,attr"`
		Failures []problem `xml:"failure"`
		Errors   []problem `xml:"error"`
		Skipped  *problem  `xml:"skipped"`
		Output   string    `xml:"system-out,omitempty"`
	}
	problem struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// JUnit is the report as JUnit's XML. Each use of a vendor is a test case, and so is what is found elsewhere, such as an undeclared vendor.
// Findings that block are failures, and what could not be read is an error. A case of which a waiver covers everything is skipped; other
// findings that do not block are its output.
func JUnit(r *diag.Report) (sink.Document, error) {
	s := suite{Name: "vendorgate", Time: "0", Stamp: r.AsOf.UTC().Format("2006-01-02T15:04:05")}
	at := map[[3]string]int{}
	add := func(key [3]string, c testCase) int {
		i, known := at[key]
		if !known {
			i = len(s.Cases)
			at[key] = i
			c.Time = "0"
			s.Cases = append(s.Cases, c)
		}
		return i
	}
	for _, u := range r.Uses {
		add([3]string{u.Pos.File, u.Vendor, u.Label}, testCase{Class: u.Pos.File, Name: named(u.Vendor, u.Label), File: u.Pos.File, Line: u.Pos.Line})
	}
	for _, f := range r.Findings {
		pos := place(r, f)
		key := [3]string{pos.File, f.Vendor, f.Use}
		if f.Manifest != "" {
			key[0] = f.Manifest
		}
		name := named(f.Vendor, f.Use)
		if f.Vendor == "" {
			key[2], name = f.Rule, f.Rule
		}
		i := add(key, testCase{Class: pos.File, Name: name, File: pos.File, Line: pos.Line})
		s.Cases[i].take(f)
	}
	for _, gap := range r.Gaps {
		i := add([3]string{"", gap.Target, "gap"}, testCase{Class: "vendorgate", Name: gap.Target})
		s.Cases[i].Errors = append(s.Cases[i].Errors, problem{Message: gap.Reason, Type: "not-checked", Text: gap.Reason})
	}
	if r.Verdict == diag.NoVerdict && len(r.Gaps) == 0 {
		i := add([3]string{"", "verdict", ""}, testCase{Class: "vendorgate", Name: "verdict"})
		s.Cases[i].Errors = append(s.Cases[i].Errors, problem{Message: r.Reason, Type: "no-verdict", Text: r.Reason})
	}
	for _, c := range s.Cases {
		s.Failures += min(len(c.Failures), 1)
		s.Errors += min(len(c.Errors), 1)
		if c.Skipped != nil {
			s.Skipped++
		}
	}
	s.Tests = len(s.Cases)
	out, err := xml.MarshalIndent(suites{Name: "vendorgate", Tests: s.Tests, Failures: s.Failures, Errors: s.Errors, Suites: []suite{s}}, "", "  ")
	if err != nil {
		return sink.Document{}, fmt.Errorf("render JUnit: %w", err)
	}
	return sink.Lines(xml.Header + string(out) + "\n"), nil
}

// take adds a finding to the case that it belongs to.
func (c *testCase) take(f diag.Finding) {
	first, rest, _ := strings.Cut(text(f), "\n")
	shown := strings.TrimRight(fmt.Sprintf("%s: %s: %s [%s]\n%s", f.Pos, f.Severity, first, f.Rule, rest), "\n")
	switch {
	case f.Blocks:
		c.Failures = append(c.Failures, problem{Message: f.Message, Type: f.Rule, Text: shown})
		c.Skipped = nil
	case f.Waived() && len(c.Failures) == 0:
		c.Skipped = &problem{Message: fmt.Sprintf("waived by %s through %s: %s", f.Waiver, f.WaivedUntil, f.Message)}
	default:
		if f.Waived() {
			shown += fmt.Sprintf(" (waived by %s through %s)", f.Waiver, f.WaivedUntil)
		}
		c.Output = strings.TrimPrefix(c.Output+"\n"+shown, "\n")
	}
}

// named returns the name of a use.
func named(vendor, use string) string {
	if use == "" {
		return vendor
	}
	return vendor + " (" + use + ")"
}
