package choice

import "regexp"

// Addons returns the places of the add-ons that a template for deployments on Heroku asks for, and of their list. The list is
// missing if it has none.
func Addons(data []byte) (list Name, addons []Name) {
	m := regexp.MustCompile(`"(addons)"\s*:\s*\[([^\]]*)`).FindSubmatchIndex(data)
	if m == nil {
		return Name{}, nil
	}
	names := regexp.MustCompile(`(?:"plan"\s*:\s*|^\s*|,\s*)"([a-z][\w-]*)(?::[\w-]+)?"\s*(?:[,}]|$)`)
	for from := m[4]; ; {
		found := names.FindSubmatchIndex(data[from:m[5]])
		if found == nil {
			break
		}
		addon := Name{At: from + found[2], End: from + found[3]}
		addon.IDs = IDs(renamedAddon(string(data[addon.At:addon.End])))
		addons = append(addons, addon)
		from = addon.End + 1
	}
	return Name{At: m[2], End: m[3], IDs: []string{"heroku"}}, addons
}

// renamedAddon returns the name of the service behind an add-on that is called otherwise.
func renamedAddon(name string) string {
	switch name {
	case "newrelic":
		return "new-relic"
	case "rediscloud":
		return "redis-cloud"
	case "librato":
		return "solarwinds"
	}
	return name
}
