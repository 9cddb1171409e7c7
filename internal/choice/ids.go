package choice

import "strings"

// IDs returns the ids that the vendor of a name may have, with or without words for its maker or for the way to it, as in ipinfo_io,
// sendgrid_actionmailer and s3.
func IDs(name string) (out []string) {
	name = renamed(strings.ReplaceAll(strings.ToLower(name), "_", "-"))
	for _, ending := range []string{"", "-io", "-api", "-actionmailer", "-delivery", "-oauth2", "-openidconnect", "-openid", "-oauth", "-express", "-pro", "-rest"} {
		if id, ok := strings.CutSuffix(name, ending); ok && id != "" {
			out = append(out, id, "aws-"+id, "amazon-"+id)
		}
	}
	return out
}

// renamed returns the id for a name that differs from it.
func renamed(name string) string {
	switch name {
	case "gcs", "google-cloud":
		return "google-cloud-storage"
	case "azurestorage", "azureblob", "azure-blob", "azure-blob-asset":
		return "azure-storage"
	case "amazon-s3":
		return "aws-s3"
	case "google", "google-oauth2":
		return "google-identity"
	case "google-cloud-translation", "google-cloud-translations":
		return "google-translate"
	case "apple":
		return "apple-signin"
	case "twitter":
		return "x-twitter"
	case "azure-ad", "azure-ad-b2c", "entra-id", "microsoft-entra-id", "azure-activedirectory-v2":
		return "microsoft-entra"
	case "battlenet":
		return "blizzard"
	case "yandex":
		return "yandex-id"
	case "wordpress":
		return "wordpress-com"
	}
	return name
}

// ofAmazon returns the id for a service in the SDK of Amazon. Most are called the same there.
func ofAmazon(name string) []string {
	for _, ending := range []string{"-runtime", "-agent", "-data", "data", "-streams", "v2"} {
		name = strings.TrimSuffix(name, ending)
	}
	switch name {
	case "secretsmanager":
		name = "secrets-manager"
	case "logs":
		name = "cloudwatch"
	case "events":
		name = "eventbridge"
	case "cognito-idp", "cognito-identity":
		name = "cognito"
	case "stepfunctions":
		name = "step-functions"
	case "ce":
		name = "cost-explorer"
	case "firehose":
		name = "kinesis"
	case "es", "opensearchserverless":
		name = "opensearch"
	case "apigateway":
		name = "api-gateway"
	}
	return []string{"aws-" + name, "amazon-" + name}
}

// ofGeocoder returns the ids for a lookup of Geocoder, a library of Ruby.
func ofGeocoder(name string) []string {
	switch name {
	case "google", "google_premier", "google_places_search", "google_places_details":
		return []string{"google-maps"}
	case "amazon_location_service":
		return []string{"aws-location"}
	case "baidu", "bing", "yandex":
		return []string{name + "-maps"}
	case "esri":
		return []string{"arcgis"}
	case "location_iq":
		return []string{"locationiq"}
	case "opencagedata":
		return []string{"opencage"}
	case "photon":
		return []string{"photon-komoot"}
	}
	return IDs(name)
}

// ofTiles returns the id for a provider of tiles in the names that code gives to Leaflet.
func ofTiles(name string) []string {
	switch name {
	case "CartoDB":
		return []string{"carto"}
	case "Esri":
		return []string{"arcgis"}
	case "Stadia":
		return []string{"stadia-maps"}
	case "OpenWeatherMap":
		return []string{"openweather"}
	}
	return []string{strings.ToLower(name)}
}

// Everyday reports whether the id of a vendor is a common word, which other services and programs have in their names, too.
func Everyday(word string) bool {
	switch word {
	case "acuity", "affirm", "alchemy", "amplify", "attentive", "axiom", "bedrock", "bland", "bunny", "canny", "chromatic", "clerk", "clover", "coda", "convex", "copernicus", "courier",
		"crisp", "drift", "dub", "epic", "fidel", "finch", "fireflies", "fixer", "fulcrum", "galileo", "gladly", "harness", "heartland", "hologram", "honeycomb", "hume", "hyperbolic", "instantly",
		"iterable", "keen", "kite", "knock", "kraken", "lever", "lyra", "meticulous", "metronome", "neon", "neutrino", "nomic", "notion", "nutrient", "octopus", "percy", "phrase", "pinata", "placid",
		"plain", "plausible", "podium", "postman", "privy", "railway", "rudder", "sauce", "segment", "sprig", "starburst", "tableau", "tenor", "together", "tolt", "tomorrow", "unify", "unleash",
		"upstage", "whereby", "whoop", "windy", "workday",
		"adjust", "affinity", "array", "backlog", "batch", "branch", "buffer", "castle", "census", "circle", "close", "column", "cursor", "daily", "digits", "drone", "eligible", "fingerprint", "flock", "front",
		"grain", "hunter", "immutable", "increase", "indeed", "instant", "junction", "linear", "loops", "medium", "mention", "needle", "ordinal", "parallel", "phase", "preset", "proof", "qualified", "reach",
		"render", "runway", "sanity", "scenario", "shortcut", "singular", "split", "square", "steady", "streak", "stream", "tally", "threads", "twenty", "uniform", "universe", "unstructured", "wave", "workable", "writer":
		return true
	}
	return false
}

// Ordinary reports whether programs often begin names of their own settings with a word.
func Ordinary(word string) bool {
	switch word {
	case "convert", "upload", "download", "export", "import", "sync", "browser", "proxy", "queue", "worker", "admin", "user", "users", "public", "private", "internal", "external", "master", "default", "main",
		"signing", "encryption", "session", "cookie", "webhook", "oauth", "login", "access", "license", "secret", "client", "refresh", "verify", "captcha", "model", "agent", "render", "image", "cache",
		"cloudwatch", "prometheus", "alertmanager": // sources of alarms
		return true
	}
	return Common(word)
}

// Common reports whether programs often use a word for modules of their own.
func Common(name string) bool {
	switch name {
	case "account", "accounts", "ads", "ai", "analytics", "api", "apis", "app", "apps", "auth", "billing", "block", "blockchain", "box", "bridge", "buffer", "calendar",
		"cards", "castle", "chat", "checkout", "client", "close", "cloud", "co", "code", "com", "common", "connect", "contacts", "core", "crm", "data", "database", "datasets",
		"dev", "docs", "drive", "email", "events", "experience", "fingerprint", "food", "forms", "front", "functions", "genius", "graph", "id", "identity", "insights", "io",
		"java", "kit", "knock", "language", "line", "location", "logs", "mail", "maps", "media", "merge", "messaging", "monitor", "monitoring", "net", "notifications", "open", "org",
		"pay", "payment", "payments", "php", "phrase", "platform", "plus", "push", "realtime", "replicate", "sanity", "search", "security", "segment", "server", "service",
		"services", "sheets", "shop", "sift", "sign", "sms", "social", "speech", "split", "spring", "square", "storage", "store", "stream", "tag", "target", "telemetry",
		"tracing", "translate", "translator", "travel", "video", "vision", "weather", "web", "work", "workspace":
		return true
	}
	return false
}
