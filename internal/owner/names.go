package owner

import (
	"slices"
	"strings"
)

// Owns reports whether an unknown domain is the owner's own: that of the home page, or one that is named like the package, with or without
// a place, as in acme-eu.example.
func (o Owner) Owns(domain string) bool {
	first, _, _ := strings.Cut(domain, ".")
	bare, last := first, ""
	if i := strings.LastIndexByte(first, '-'); i > 0 {
		bare, last = first[:i], first[i+1:]
	}
	for _, name := range o.names {
		if plain(first) == name || plain(bare) == name && variant(last) ||
			plain(domain) == name || // as in ac.me
			around(plain(first), name) ||
			strings.HasPrefix(plain(first), name) && slices.Contains(o.linked, domain) { // acmemail.example
			return true
		}
	}
	for _, own := range o.domains {
		if domain == own {
			return true
		}
	}
	return false
}

// around reports whether the label of a domain is the name of a product with a word that products put around it to find a free domain:
// getacme.example, acmeapp.example.
func around(label, name string) bool {
	const distinctive = 5 // letters
	before, after, ok := strings.Cut(label, name)
	if !ok || len(name) < distinctive || before != "" && after != "" {
		return false
	}
	return slices.Contains([]string{"get", "try", "use", "join", "hello", "app", "hq", "labs"}, before+after)
}

// Client reports whether a package is named as the client of the owner's own product, as notes-python-client is of notes-api.
func (o Owner) Client(name string) bool {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return strings.ContainsRune("-_./@", r) })
	product, client := "", false
	for _, word := range words {
		switch word {
		case "client", "sdk":
			client = true
		case "api", "python", "py", "ruby", "node", "js", "php", "java", "go", "net", "dotnet":
		default:
			product += word
		}
	}
	return client && slices.ContainsFunc(o.names, func(own string) bool { return strings.TrimSuffix(product, "s") == strings.TrimSuffix(own, "s") })
}

// Stages reports whether a host of an unknown domain is a stage of the owner's own service, before it is released: one of its labels is
// a stage, and another one is the owner's name, or there are so many that it is inside of a network of services.
func (o Owner) Stages(host, domain string) bool {
	const deep = 4 // labels
	labels := strings.Split(strings.TrimSuffix(strings.TrimSuffix(host, domain), "."), ".")
	return slices.ContainsFunc(labels, stage) && (len(labels) >= deep || slices.ContainsFunc(labels, func(label string) bool { return slices.Contains(o.names, plain(label)) }))
}

// stage reports whether a label of a host is the name of a stage.
func stage(label string) bool {
	switch plain(label) {
	case "dev", "test", "testing", "qa", "uat", "sit", "stage", "staging", "preprod", "preview", "sandbox":
		return true
	}
	return false
}

// variant reports whether a word after the name of a product says for whom or what one of its domains is.
func variant(word string) bool {
	switch word {
	case "eu", "us", "uk", "au", "ca", "de", "fr", "in", "jp", "gov", "edu", "dev", "test", "stage", "staging", "beta", "prod", "static", "cdn", "assets":
		return true
	}
	return part(word)
}

// Names reports whether a title contains a name of the owner's.
func (o Owner) Names(title string) bool {
	return slices.ContainsFunc(o.names, func(own string) bool { return strings.Contains(plain(title), own) })
}
