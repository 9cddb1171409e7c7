package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// operations lists the API calls that vendorgate makes. A call to any other operation fails the tests of
// internal/github, so a new call starts here.
func operations() []string {
	return []string{
		"git/get-blob",
		"git/get-tree",
		"issues/create-comment",
		"issues/delete-comment",
		"issues/list-comments",
		"issues/update-comment",
		"repos/compare-commits-with-basehead",
		"repos/download-tarball-archive",
		"repos/get",
		"repos/get-commit",
		"repos/get-content",
		"repos/list-commits",
	}
}

// methods are the keys of a path item that hold an operation.
func methods() []string { return []string{"delete", "get", "patch", "post", "put"} }

// operationsOf cuts a description down to the operations and the components that they refer to.
func operationsOf(data []byte) (map[string]any, error) {
	var all struct {
		OpenAPI    string                               `json:"openapi"`
		Info       any                                  `json:"info"`
		Paths      map[string]map[string]map[string]any `json:"paths"`
		Components map[string]map[string]any            `json:"components"`
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	if err := decoder.Decode(&all); err != nil {
		return nil, err
	}
	paths := map[string]any{}
	var found []string
	for path, item := range all.Paths {
		kept := map[string]any{}
		for method, operation := range item {
			id, _ := operation["operationId"].(string)
			if slices.Contains(methods(), method) && slices.Contains(operations(), id) {
				kept[method] = operation
				found = append(found, id)
			}
		}
		if len(kept) > 0 {
			paths[path] = kept
		}
	}
	if slices.Sort(found); !slices.Equal(found, operations()) {
		return nil, fmt.Errorf("got the operations %q, want %q", found, operations())
	}
	components, err := reachable(paths, all.Components)
	if err != nil {
		return nil, err
	}
	return map[string]any{"openapi": all.OpenAPI, "info": all.Info, "paths": paths, "components": components}, nil
}

// reachable returns the components that a value refers to, directly or through others.
func reachable(value any, all map[string]map[string]any) (map[string]any, error) {
	out := map[string]any{}
	var visit func(any) error
	visit = func(value any) error {
		switch value := value.(type) {
		case []any:
			for _, v := range value {
				if err := visit(v); err != nil {
					return err
				}
			}
		case map[string]any:
			if kind, name, ok := reference(value); ok {
				component := all[kind][name]
				if component == nil {
					return fmt.Errorf("there is no component %s/%s", kind, name)
				}
				named, _ := out[kind].(map[string]any)
				if named == nil {
					named = map[string]any{}
					out[kind] = named
				}
				if named[name] == nil {
					named[name] = component
					return visit(component)
				}
			}
			for _, v := range value {
				if err := visit(v); err != nil {
					return err
				}
			}
		}
		return nil
	}
	return out, visit(value)
}

// reference returns the component that an object refers to.
func reference(object map[string]any) (kind, name string, ok bool) {
	target, _ := object["$ref"].(string)
	rest, ok := strings.CutPrefix(target, "#/components/")
	if !ok {
		return "", "", false
	}
	return strings.Cut(rest, "/")
}
