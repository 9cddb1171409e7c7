package intake

import (
	"errors"
	"fmt"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/diag"
	"github.com/vendorgate/vendorgate/internal/scalar"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

// fold writes a heading or a name with lower-case letters, digits and single spaces only.
func fold(text string) string {
	return strings.Join(scalar.Words(text), " ")
}

// blank reports whether a cell says nothing.
func blank(text string) bool {
	return slices.Contains([]string{"", "-", "--", "–", "—", "?", "n/a", "na", "tbd", "tbc", "unknown"}, strings.ToLower(text))
}

// formula reports whether a spreadsheet would compute a cell, or a part of it: a file may be split at semicolons.
func formula(text string) bool {
	for part := range strings.SplitSeq(text, ";") {
		part = strings.TrimSpace(part)
		if strings.HasPrefix(part, "=") || part != "" && strings.ContainsRune("+-@", rune(part[0])) && strings.ContainsAny(part, "(|!") {
			return true
		}
	}
	return false
}

// unescaped removes the apostrophe that keeps spreadsheets from computing a cell, also in a list.
func unescaped(text string) string {
	parts := strings.Split(text, ";")
	for i, part := range parts {
		rest := strings.TrimLeft(part, " ")
		if after, ok := strings.CutPrefix(rest, "'"); ok && after != "" && strings.ContainsAny(after[:1], "=+-@\t") {
			parts[i] = part[:len(part)-len(rest)] + after
		}
	}
	return strings.Join(parts, ";")
}

// refusal says why a text is no value for an attribute.
type refusal struct{ text, why, hint string }

// valueOf writes a text as a value of an attribute in YAML. The value is empty if nothing of the text fits. What does not fit is refused.
func (d *Desk) valueOf(row *attr.Row, text string) (value string, refused []refusal) {
	if !row.List {
		value, r := d.scalarOf(row, text)
		if r != nil {
			return "", []refusal{*r}
		}
		return value, nil
	}
	var values []string
	for _, part := range strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|\n\r", r) }) {
		part = strings.TrimSpace(part)
		if blank(part) {
			continue
		}
		v, r := d.scalarOf(row, part)
		if r != nil {
			refused = append(refused, *r)
		} else if !slices.Contains(values, v) {
			values = append(values, v)
		}
	}
	if len(values) > 0 {
		value = "[" + strings.Join(values, ", ") + "]"
	}
	return value, refused
}

// scalarOf writes one text as a value.
func (d *Desk) scalarOf(row *attr.Row, text string) (string, *refusal) {
	if why := hostile(text); why != "" {
		return "", &refusal{text, why, ""}
	}
	text = strings.Join(strings.Fields(text), " ")
	given := text
	switch {
	case row.Path == "scope.data_classes":
		return choiceOf(text, d.Classes, "class of data of the policy")
	case row.Path == "risk.tier":
		digits := strings.TrimSpace(strings.TrimPrefix(strings.TrimPrefix(fold(text), "tier"), "t"))
		value, r := choiceOf(digits, row.Values, "tier")
		if r != nil {
			r.text = text
		}
		return value, r
	case row.Type == attr.Enum:
		return choiceOf(text, row.Values, "choice")
	case row.Type == attr.Tri:
		return triOf(text)
	case row.Type == attr.Date:
		return dateOf(text)
	case row.Type == attr.Period:
		text = periodOf(text)
	case row.Type == attr.Host:
		text = hostOf(text)
	case row.Type == attr.Country || row.Type == attr.Region:
		text = strings.ToUpper(text)
	}
	err := attr.Check(row.Type, text)
	switch {
	case err != nil:
	case row.Type == attr.Period:
		_, err = scalar.ParsePeriod(text)
	case (row.Type == attr.Int || row.Type == attr.Number) && !number.MatchString(text):
		err = errors.New("write a number")
	}
	if err != nil {
		return "", &refusal{given, fmt.Sprintf("it is not a valid value for %s", row.Path), err.Error()}
	}
	if row.Type == attr.Int || row.Type == attr.Number {
		return text, nil
	}
	return yamltree.Quote(text), nil
}

// choiceOf finds one of several words.
func choiceOf(text string, choices []string, what string) (string, *refusal) {
	key := strings.ReplaceAll(fold(text), " ", "-")
	for _, c := range choices {
		if c == text || strings.ReplaceAll(fold(c), " ", "-") == key {
			if len(c) == 1 {
				return c, nil
			}
			return yamltree.Quote(c), nil
		}
	}
	hint := "use one of " + strings.Join(choices, ", ")
	if near := diag.Nearest(key, choices); near != "" {
		hint = fmt.Sprintf("did you mean %q?", near)
	}
	return "", &refusal{text, "it is not a " + what, hint}
}

func triOf(text string) (string, *refusal) {
	switch strings.ToLower(text) {
	case "yes", "y", "true", "x", "✓":
		return "true", nil
	case "no", "n", "false":
		return "false", nil
	}
	return "", &refusal{text, "it is neither yes nor no", "write yes or no"}
}

var (
	midnight   = regexp.MustCompile(`[T ]00:00(?::00(?:\.0+)?)?(?: ?Z)?$`)
	numericDay = regexp.MustCompile(`^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$`)
	number     = regexp.MustCompile(`^\d{1,15}(?:\.\d{1,6})?$`)
	spanOf     = regexp.MustCompile(`^(\d{1,4}) ?(hour|day|week|month|year)s?$`)
)

// dateOf reads a day in any spelling that can mean only one.
func dateOf(text string) (string, *refusal) {
	day := midnight.ReplaceAllString(text, "")
	for _, layout := range []string{
		"2006-01-02", "2006-1-2", "2006/1/2", "2006.1.2", "2 Jan 2006", "2 January 2006", "2-Jan-2006", "Jan 2, 2006", "January 2, 2006", "Jan 2 2006", "January 2 2006", "2. January 2006", "2/Jan/2006",
	} {
		if t, err := time.Parse(layout, day); err == nil {
			return checkedDay(text, scalar.DateOf(t, time.UTC).String())
		}
	}
	if m := numericDay.FindStringSubmatch(day); m != nil {
		first, second := m[3]+"-"+twoDigits(m[1])+"-"+twoDigits(m[2]), m[3]+"-"+twoDigits(m[2])+"-"+twoDigits(m[1])
		_, noFirst := scalar.ParseDate(first)
		_, noSecond := scalar.ParseDate(second)
		switch {
		case noFirst == nil && noSecond == nil && first != second:
			return "", &refusal{text, "the day and the month can be confused", fmt.Sprintf("write %s or %s", second, first)}
		case noFirst == nil:
			return checkedDay(text, first)
		case noSecond == nil:
			return checkedDay(text, second)
		}
	}
	return "", &refusal{text, "it is not a date", "write the day as YYYY-MM-DD"}
}

func checkedDay(text, day string) (string, *refusal) {
	if _, err := scalar.ParseDate(day); err != nil {
		return "", &refusal{text, "it is not a date", err.Error()}
	}
	return day, nil
}

func twoDigits(n string) string { return ("0" + n)[len(n)-1:] }

// periodOf writes a length of time such as "90 days" as in ISO 8601. Other texts are returned as they are.
func periodOf(text string) string {
	m := spanOf.FindStringSubmatch(strings.ToLower(text))
	if m == nil {
		return strings.ToUpper(text)
	}
	if m[2] == "hour" {
		return "PT" + m[1] + "H"
	}
	return "P" + m[1] + strings.ToUpper(m[2][:1])
}

// hostOf returns the host of an address, without www.
func hostOf(text string) string {
	host := strings.ToLower(text)
	if strings.Contains(host, "://") {
		if u, err := url.Parse(host); err == nil {
			host = u.Hostname()
		}
	}
	host, _, _ = strings.Cut(host, "/")
	return strings.TrimSuffix(strings.TrimPrefix(host, "www."), ".")
}
