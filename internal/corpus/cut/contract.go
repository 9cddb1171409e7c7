package main

import "slices"

// keywords lists what the contract keeps of a description: names, types and limits, and no sentence of anybody's.
func keywords() []string {
	return []string{
		"$ref", "additionalProperties", "allOf", "anyOf", "components", "content", "enum", "format", "in", "items", "maxItems",
		"maxLength", "maximum", "minItems", "minLength", "minimum", "name", "nullable", "oneOf", "openapi", "operationId",
		"parameters", "paths", "pattern", "properties", "requestBody", "required", "responses", "schema", "schemas", "type",
	}
}

// optional lists the properties that vendorgate reads although an answer may lack them.
func optional() []string { return []string{"body", "size", "target"} }

// contractOf reduces a description to facts: of each object only the properties that are required or that vendorgate
// reads, and of the components only those that are still referred to.
func contractOf(description map[string]any) map[string]any {
	paths := namedFacts(description["paths"])
	all := map[string]map[string]any{}
	for kind, named := range object(description["components"]) {
		if kind != "examples" && kind != "headers" {
			all[kind] = object(namedFacts(named))
		}
	}
	components, err := reachable(paths, all)
	if err != nil {
		panic(err) // the description refers to nothing that it lacks
	}
	return map[string]any{"openapi": description["openapi"], "paths": paths, "components": components}
}

func object(value any) map[string]any {
	out, _ := value.(map[string]any)
	return out
}

// facts keeps the keywords of a value.
func facts(value any) any {
	if list, ok := value.([]any); ok {
		out := make([]any, len(list))
		for i, v := range list {
			out[i] = facts(v)
		}
		return out
	}
	from, ok := value.(map[string]any)
	if !ok {
		return value
	}
	out := map[string]any{}
	for key, v := range from {
		switch {
		case key == "properties":
			if kept := properties(object(v), from["required"]); len(kept) > 0 {
				out[key] = kept
			}
		case key == "responses" || key == "content":
			out[key] = namedFacts(v)
		case slices.Contains(methods(), key) || slices.Contains(keywords(), key):
			out[key] = facts(v)
		}
	}
	return out
}

// namedFacts keeps the facts of each value, under names that are no keywords.
func namedFacts(value any) any {
	out := map[string]any{}
	for name, v := range object(value) {
		out[name] = facts(v)
	}
	return out
}

// properties keeps those that are required or that vendorgate reads.
func properties(all map[string]any, required any) map[string]any {
	names, _ := required.([]any)
	out := map[string]any{}
	for name, v := range all {
		if slices.Contains(names, any(name)) || slices.Contains(optional(), name) {
			out[name] = facts(v)
		}
	}
	return out
}
