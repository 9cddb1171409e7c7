package construct

import (
	"bytes"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/around"
	"github.com/vendorgate/vendorgate/internal/search"
)

// Names are the names by which a file refers to an imported package and its contents.
type Names struct {
	exact     []string
	words     []string // parts of such names, in lower case, for languages whose imports do not list names
	parts     []string // of the name of the package, in lower case
	from, end []int    // offsets of the import statements
}

// Add records the names that an import statement introduces. ending is the ending of the file.
func (n *Names) Add(ending string, data []byte, at, end int) {
	from, to := statement(data, at, end)
	n.from, n.end = append(n.from, from), append(n.end, to)
	for _, id := range slices.Concat(around.Identifiers(data[from:at]), around.Identifiers(data[end:to])) {
		if !around.Keyword(id.Text) {
			n.exact = append(n.exact, id.Text)
		}
	}
	parts := strings.FieldsFunc(string(data[at:end]), func(r rune) bool { return strings.ContainsRune(`/.\:@-_`, r) })
	for _, part := range parts {
		n.parts = append(n.parts, strings.ToLower(part))
	}
	var words bool
	switch ending {
	case ".py", ".pyi", ".ipynb":
		if bytes.HasPrefix(bytes.TrimSpace(data[from:at]), []byte("from")) {
			return
		}
	case ".go", ".rs":
	case ".java", ".kt", ".kts", ".scala", ".groovy", ".cs", ".php", ".rb", ".rake", ".ru", ".swift", ".ex", ".exs", ".dart":
		words = true
	default:
		return
	}
	for _, part := range parts {
		if around.Keyword(part) {
			continue
		}
		n.exact = append(n.exact, part)
		const distinctive = 5
		if word := strings.ToLower(part); words && len(word) >= distinctive && !generic(word) {
			n.words = append(n.words, word)
		}
	}
}

// Len returns the number of names.
func (n *Names) Len() int { return len(n.exact) }

// match reports whether an identifier is one of the names or contains the name of the package, as OpenAIClient contains openai.
func (n *Names) match(id string) bool {
	if slices.Contains(n.exact, id) {
		return true
	}
	lower := strings.ToLower(id)
	return slices.ContainsFunc(n.words, func(word string) bool { return strings.Contains(lower, word) })
}

// baseURL reports whether a name stands for the address of a service: endpoint, api_base, or openai_api_base for openai.
func (n *Names) baseURL(name string) bool {
	name = strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
	for _, prefix := range append(n.parts, "with", "set") {
		if rest, ok := strings.CutPrefix(name, prefix); ok && rest != "" {
			name = rest
			break
		}
	}
	switch name {
	case "baseurl", "basepath", "apibase", "baseuri", "uribase", "baseendpoint", "endpoint", "endpointurl", "apiendpoint", "serviceurl", "serverurl", "apiurl", "apihost", "dsn",
		"url", "host", "hosts", "node", "nodes":
		return true
	}
	return false
}

func generic(word string) bool {
	switch word {
	case "client", "clients", "types", "browser", "option", "options", "service", "services", "amazonaws", "amazon", "models", "model", "config", "builder", "okhttp":
		return true
	}
	return false
}

// statement returns the offsets of the import statement around the name of a package.
func statement(data []byte, at, end int) (from, to int) {
	const reach = 2000
	from, to = search.Line(data, at)
	to = max(to, end)
	if i := bytes.LastIndexByte(data[from:at], ';'); i >= 0 {
		from += i + 1
	}
	if before := bytes.TrimSpace(data[from:at]); bytes.HasPrefix(before, []byte("}")) { // import {\n a,\n b\n} from "x"
		low := max(0, from-reach)
		if open := bytes.LastIndexByte(data[low:from], '{'); open >= 0 {
			from, _ = search.Line(data, low+open)
		}
	}
	after := data[end:to]
	if open := bytes.IndexByte(after, '('); open >= 0 && bytes.Contains(after[:open], []byte("import")) && bytes.IndexByte(after, ')') < 0 { // from x import (\n a,\n b\n)
		if shut := bytes.IndexByte(data[to:min(len(data), to+reach)], ')'); shut >= 0 {
			to += shut
		}
	}
	if i := bytes.IndexByte(data[end:to], ';'); i >= 0 {
		to = end + i
	}
	return from, to
}
