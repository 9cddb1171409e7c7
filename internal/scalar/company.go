package scalar

import "strings"

// companyForms are the words at the end of a company's name that only say what kind of company it is.
const companyForms = " inc incorporated corp corporation co company llc llp lp ltd limited plc pty gmbh mbh kg kgaa ag se sa sas sarl srl spa sl bv nv cv ab as asa oy oyj aps kk pte group holding holdings "

// CompanyName returns the words of a company's name in lower case, without "the" in front and without the words at its end that only say what
// kind of company it is, as in Ltd or S.r.l. At least one word is left.
func CompanyName(name string) []string {
	words := Words(name)
	for rest := withoutForm(words); len(rest) < len(words); rest = withoutForm(words) {
		words = rest
	}
	if len(words) > 1 && words[0] == "the" {
		words = words[1:]
	}
	return words
}

// withoutForm removes the last word if it says what kind of company it is. Dots may be between its letters.
func withoutForm(words []string) []string {
	form := ""
	for i := len(words) - 1; i > 0; i-- {
		form = words[i] + form
		if strings.Contains(companyForms, " "+form+" ") {
			return words[:i]
		}
		if len(words[i]) > 1 {
			break
		}
	}
	return words
}
