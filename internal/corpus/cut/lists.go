package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/corpus"
)

// events are those that the tests of internal/action read examples of.
func events() []string {
	return []string{"merge_group", "pull_request", "push", "repository_dispatch", "workflow_dispatch"}
}

// cutPayloads writes the examples of each event.
func cutPayloads(tarball, out string) error {
	const index = "package/api.github.com/index.json"
	files, err := unpack(tarball, func(name string) bool { return name == index }, 1)
	if err != nil {
		return err
	}
	var all []struct {
		Name     string            `json:"name"`
		Examples []json.RawMessage `json:"examples"`
	}
	if err := json.Unmarshal(files[index], &all); err != nil {
		return fmt.Errorf("%s: %w", index, err)
	}
	examples := map[string][]json.RawMessage{}
	for _, event := range all {
		examples[event.Name] = event.Examples
	}
	for _, event := range events() {
		if len(examples[event]) == 0 {
			return fmt.Errorf("%s: no examples of %s", index, event)
		}
		if err := write(out, "webhooks/"+event+".json", examples[event]); err != nil {
			return err
		}
	}
	return nil
}

// cutYAML writes the cases of the suite. The package has one JavaScript module for each test, and a test has one case or
// several.
func cutYAML(tarball, out string) error {
	files, err := unpack(tarball, func(name string) bool {
		return path.Dir(name) == "package/data" && path.Ext(name) == ".js" && path.Base(name) != "index.js"
	}, 0)
	if err != nil {
		return err
	}
	var suite []corpus.YAMLCase
	invalid := 0
	for _, name := range slices.Sorted(maps.Keys(files)) {
		_, module, _ := bytes.Cut(files[name], []byte("export default "))
		var test struct {
			ID    string
			Cases []struct {
				Name, YAML string
				Fail       bool
			}
		}
		if err := json.Unmarshal([]byte(strings.TrimRight(string(module), ";\n")), &test); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
		for i, c := range test.Cases {
			id := test.ID
			if n := len(test.Cases); n > 1 {
				id = fmt.Sprintf("%s/%0*d", id, width(n), i)
			}
			if c.Fail {
				invalid++
			}
			suite = append(suite, corpus.YAMLCase{ID: id, Name: c.Name, YAML: c.YAML, Invalid: c.Fail})
		}
	}
	if len(suite) != 402 || invalid != 94 {
		return fmt.Errorf("%s: got %d cases, %d of them invalid; want 402 and 94", tarball, len(suite), invalid)
	}
	return write(out, corpus.YAMLSuite, suite)
}

// width is the number of digits that the suite numbers n cases of one test with.
func width(n int) int {
	if n > 9 {
		return 3
	}
	return 2
}
