package scalar

import (
	"errors"
	"strings"
)

// countries are the 249 officially assigned codes of ISO 3166-1 alpha-2. CLDR, and so golang.org/x/text/language,
// counts 17 more as countries (XK, EZ, UN and former states), so it cannot be used instead.
const countries = "" +
	"AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ " +
	"BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ " +
	"CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ " +
	"DE DJ DK DM DO DZ " +
	"EC EE EG EH ER ES ET " +
	"FI FJ FK FM FO FR " +
	"GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY " +
	"HK HM HN HR HT HU " +
	"ID IE IL IM IN IO IQ IR IS IT " +
	"JE JM JO JP " +
	"KE KG KH KI KM KN KP KR KW KY KZ " +
	"LA LB LC LI LK LR LS LT LU LV LY " +
	"MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ " +
	"NA NC NE NF NG NI NL NO NP NR NU NZ " +
	"OM " +
	"PA PE PF PG PH PK PL PM PN PR PS PT PW PY " +
	"QA " +
	"RE RO RS RU RW " +
	"SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ " +
	"TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ " +
	"UA UG UM US UY UZ " +
	"VA VC VE VG VI VN VU " +
	"WF WS " +
	"YE YT " +
	"ZA ZM ZW"

// countryGroups are the groups of countries that need no definition: the member states of the European Union, and of the European
// Economic Area.
const (
	europeanUnion        = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
	europeanEconomicArea = europeanUnion + " IS LI NO"
)

// CountryGroup returns the countries of a group that needs no definition; nil for any other name.
func CountryGroup(name string) []string {
	switch name {
	case "EU":
		return strings.Fields(europeanUnion)
	case "EEA":
		return strings.Fields(europeanEconomicArea)
	}
	return nil
}

// ParseRegion accepts a country, or a name that may be a group of countries: EU, EEA, or at least three capital letters, digits and
// hyphens. Which other groups there are is for the policy to say.
func ParseRegion(s string) error {
	switch {
	case CountryGroup(s) != nil || CountryGroupName(s):
		return nil
	case CountryGroup(strings.ToUpper(s)) != nil:
		return errors.New("it is in lower case; use upper case, as in EU")
	case len(s) != 2:
		return errors.New("not a country; write the two letters of ISO 3166-1, as in IE, EU or EEA, or a group that the policy defines, in capital letters")
	}
	return ParseCountry(s)
}

// CountryGroupName reports whether a policy may give a group of countries this name.
func CountryGroupName(s string) bool {
	return len(s) > 2 && len(s) <= 40 && isUpper(s[0]) && strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") == "" && CountryGroup(s) == nil
}

// ParseCountry accepts an officially assigned code of ISO 3166-1 alpha-2, in upper case. Reserved and user-assigned
// codes, such as UK, EU, XK and ZZ, are errors.
func ParseCountry(s string) error {
	switch {
	case len(s) != 2 || !all(s, isAlnum):
		return errors.New("not a country code; write the two letters of ISO 3166-1, as in IE")
	case s == "UK":
		return errors.New("it is only reserved in ISO 3166-1; write GB for the United Kingdom")
	case all(s, isUpper) && strings.Contains(countries, s):
		return nil
	case strings.Contains(countries, strings.ToUpper(s)):
		return errors.New("it is in lower case; use upper case, as in IE")
	}
	return errors.New("not an officially assigned country code; write one of ISO 3166-1, as in IE")
}
