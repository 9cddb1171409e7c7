package yamltree

import "strings"

// place says how the line in an error of yaml.v3 relates to the line of the mistake. Its scanner and its parser count
// differently, and our text has an extra empty line in front.
type place int8

const (
	above   place = iota // the mistake is on the line before
	exact                // the mistake is on that line
	unknown              // there is no line, or it is that of the surrounding block
)

// rewording is an error of yaml.v3 in plain English. It never contains text from the file, which may be a secret.
type rewording struct {
	place         place
	message, hint string
}

const (
	anAlias  = "an alias (*name)"
	tabbed   = "a tab in the indentation"
	tooDeep  = "nested more than 32 levels deep"
	reserved = "a value begins with a character that YAML reserves (@, `, %, or a tab)"
	trailing = "text after the end of the document"
)

// rewordingOf rewords an error of yaml.v3, given without its line.
func rewordingOf(text string) rewording {
	switch text {
	case "mapping values are not allowed in this context":
		return rewording{above, `an unexpected ": "`, `quote the value if it contains ": "; otherwise indent the line like its neighbours`}
	case "block sequence entries are not allowed in this context":
		return rewording{above, `an unexpected "- "`, "start the list on its own line, and indent all items alike"}
	case "mapping keys are not allowed in this context":
		return rewording{above, `an unexpected "? "`, "put the value in quotes"}
	case "found character that cannot start any token":
		return rewording{above, reserved, "put the value in quotes"}
	case "could not find expected ':'":
		return rewording{above, `a line that is neither "key: value" nor "- item"`, `put ": " or a space after the key or the dash`}
	case "found unexpected end of stream", "found unexpected document indicator":
		return rewording{above, "a quote that is not closed", "close it; in single quotes, write '' for an apostrophe"}
	case "found unknown escape character", "did not find expected hexdecimal number", "found invalid Unicode character escape code":
		return rewording{above, "an unknown escape in double quotes", `use single quotes, or write \\ for a backslash`}
	case "found a tab character that violates indentation", "found a tab character where an indentation space is expected":
		return rewording{above, tabbed, "indent with spaces"}
	case "found an indentation indicator equal to 0", "did not find expected comment or line break":
		return rewording{above, "text after | or >", "start the text on the next line"}
	case "did not find expected key", "did not find expected '-' indicator":
		return rewording{unknown, "this line does not fit the lines above", "indent it like its neighbours, and quote values that contain quotes or brackets"}
	case "did not find expected ',' or ']'":
		return rewording{exact, "a list in [ ] that is not closed or lacks a comma", "close it on the same line"}
	case "did not find expected ',' or '}'":
		return rewording{exact, "a map in { } that is not closed or lacks a comma", "close it on the same line"}
	case "did not find expected node content":
		return rewording{exact, "a missing value, or an extra bracket or comma", "put the value in quotes if it begins with one of [ ] { } , :"}
	case "did not find expected <document start>":
		return rewording{exact, trailing, "keep one document per file"}
	case "found incompatible YAML document", "found duplicate %YAML directive", "found duplicate %TAG directive":
		return rewording{exact, `a line that begins with "%"`, "delete it"}
	case "did not find expected whitespace or line break", "did not find the expected '>'", "did not find expected tag URI",
		"did not find expected alphabetic or numeric character":
		return rewording{above, "a tag, an anchor or an alias (!name, &name, *name)", "put the value in quotes, or write it out"}
	case "found undefined tag handle":
		return rewording{exact, "a tag (!name)", "delete it; put the value in quotes to make it a string"}
	}
	switch {
	case strings.HasPrefix(text, "exceeded max depth"):
		return rewording{above, tooDeep, ""}
	case strings.HasPrefix(text, "unknown anchor"):
		return rewording{unknown, anAlias, "write the value out"}
	}
	return rewording{unknown, "this is not YAML", ""}
}
