package scalar

import "slices"

// CountryGroups are the groups of countries by their names, with the countries in them.
type CountryGroups map[string][]string

// Countries returns the countries of a group, or the country itself. known is false for a group that nobody defines, which then
// stands for itself and equals nothing else.
func (g CountryGroups) Countries(region string) (countries []string, known bool) {
	if group := CountryGroup(region); group != nil {
		return group, true
	}
	if group, ok := g[region]; ok {
		return group, true
	}
	return []string{region}, ParseCountry(region) == nil
}

func (g CountryGroups) all(regions []string) []string {
	var out []string
	for _, region := range regions {
		countries, _ := g.Countries(region)
		out = append(out, countries...)
	}
	return out
}

// Within reports whether every country of a region belongs to one of others. A group that nobody defines is within none.
func (g CountryGroups) Within(region string, others []string) bool {
	countries, known := g.Countries(region)
	among := g.all(others)
	return known && !slices.ContainsFunc(countries, func(c string) bool { return !slices.Contains(among, c) })
}

// Overlaps reports whether a country of a region belongs to one of others.
func (g CountryGroups) Overlaps(region string, others []string) bool {
	countries, _ := g.Countries(region)
	among := g.all(others)
	return slices.ContainsFunc(countries, func(c string) bool { return slices.Contains(among, c) })
}
