package attr_test

import (
	"bytes"
	"encoding/json"
	"io"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/vendorgate/vendorgate/internal/attr"
	"github.com/vendorgate/vendorgate/internal/manifest"
	"github.com/vendorgate/vendorgate/internal/policy"
	"github.com/vendorgate/vendorgate/internal/record"
	"github.com/vendorgate/vendorgate/internal/registry"
	"github.com/vendorgate/vendorgate/internal/yamltree"
)

var compiled sync.Map

// compileSchema gives the schema of a table to the validator.
func compileSchema(t *testing.T, table *attr.Table) *jsonschema.Schema {
	t.Helper()
	if schema, ok := compiled.Load(table); ok {
		return schema.(*jsonschema.Schema)
	}
	const id = "urn:vendorgate:schema:test:1"
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(table.JSONSchema(id)))
	if err != nil {
		t.Fatalf("schema of %s: %v", table.Title, err)
	}
	compiler := jsonschema.NewCompiler()
	compiler.DefaultDraft(jsonschema.Draft2020)
	compiler.AssertFormat()
	if err := compiler.AddResource(id, document); err != nil {
		t.Fatalf("schema of %s: %v", table.Title, err)
	}
	schema, err := compiler.Compile(id)
	if err != nil {
		t.Fatalf("schema of %s: %v", table.Title, err)
	}
	compiled.Store(table, schema)
	return schema
}

var number = regexp.MustCompile(`^-?[0-9]+(\.[0-9]+)?$`)

// value is a node as an editor hands it to a validator. Without quotes true, false and decimal numbers are no text; a
// date is, as in YAML 1.2.
func value(n *yamltree.Node) any {
	switch n.Kind {
	case yamltree.Map:
		out := map[string]any{}
		for _, p := range n.Pairs {
			out[p.Key] = value(p.Value)
		}
		return out
	case yamltree.List:
		out := []any{}
		for _, item := range n.Items {
			out = append(out, value(item))
		}
		return out
	case yamltree.Scalar:
		switch {
		case n.Quoted:
		case n.Text == "true", n.Text == "false":
			return n.Text == "true"
		case number.MatchString(n.Text):
			return json.Number(n.Text)
		}
		return n.Text
	default:
		return nil
	}
}

func tables() map[string]*attr.Table {
	return map[string]*attr.Table{
		"VendorManifest": manifest.Table(), "Vendor": record.Table(), "Waiver": registry.WaiverTable(), "Policy": policy.Table(), "sample": sample(),
	}
}

func TestSchemasCompile(t *testing.T) {
	t.Parallel()
	for name, table := range tables() {
		compileSchema(t, table)
		a, b := table.JSONSchema("urn:x"), table.JSONSchema("urn:x")
		if !bytes.Equal(a, b) {
			t.Errorf("%s: two schemas of one table differ", name)
		}
	}
}

func TestSchemaBytes(t *testing.T) {
	t.Parallel()
	table := attr.New("sample <1>", "Text & more.", []attr.Row{
		{Path: "z", Type: attr.ID, Required: true, Doc: "An <id>.", Seed: "S0a", Controls: []string{"MVSP 1.1"}},
		{Path: "a.y", Type: attr.Tri, Claim: true},
		{Path: "a.b", Type: attr.Period, Nullable: true, Also: []string{"never"}},
		{Path: "l", Type: attr.Word, List: true},
		{Path: "m[].k", Type: attr.Text, Required: true, Shorthand: true},
		{Path: "f.*.t", Type: attr.Int},
		{Path: "n", Type: attr.Enum, Values: []string{"1.0", "1.2", "x"}},
	})
	want := `{
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "$id": "urn:x",
  "title": "sample <1>",
  "description": "Text & more.",
  "type": "object",
  "properties": {
    "z": {
      "description": "An <id>.",
      "type": "string",
      "pattern": "^[a-z0-9][a-z0-9-]{0,62}$",
      "x-seed": "S0a",
      "x-controls": [
        "MVSP 1.1"
      ]
    },
    "a": {
      "type": "object",
      "properties": {
        "y": {
          "anyOf": [
            {
              "type": "boolean"
            },
            {
              "enum": [
                "unknown"
              ]
            }
          ]
        },
        "b": {
          "anyOf": [
            {
              "type": "string",
              "pattern": "^P([0-9]+[YMWD]|T[0-9])[0-9YMWDTHS]*$"
            },
            {
              "enum": [
                "never",
                null
              ]
            }
          ]
        }
      },
      "patternProperties": {
        "^x-": true
      },
      "additionalProperties": false
    },
    "l": {
      "type": "array",
      "items": {
        "type": "string",
        "pattern": "^[A-Za-z0-9_./@-]{1,100}$"
      },
      "maxItems": 1000,
      "uniqueItems": true
    },
    "m": {
      "type": "array",
      "items": {
        "anyOf": [
          {
            "type": "string",
            "minLength": 1,
            "maxLength": 2000
          },
          {
            "type": "object",
            "properties": {
              "k": {
                "type": "string",
                "minLength": 1,
                "maxLength": 2000
              }
            },
            "patternProperties": {
              "^x-": true
            },
            "additionalProperties": false,
            "required": [
              "k"
            ]
          }
        ]
      }
    },
    "f": {
      "type": "object",
      "patternProperties": {
        "^x-": true
      },
      "additionalProperties": {
        "type": "object",
        "properties": {
          "t": {
            "type": "integer",
            "minimum": 0
          }
        },
        "patternProperties": {
          "^x-": true
        },
        "additionalProperties": false
      }
    },
    "n": {
      "enum": [
        "1.0",
        "1.2",
        "x",
        1.0,
        1.2
      ]
    }
  },
  "patternProperties": {
    "^x-": true,
    "^\\$schema$": {
      "type": "string"
    }
  },
  "additionalProperties": false,
  "required": [
    "z"
  ]
}
`
	if got := string(table.JSONSchema("urn:x")); got != want {
		t.Errorf("JSONSchema: got\n%s\nwant\n%s", got, want)
	}
}

// The keys of the schema stand in the order of the table's rows, at the root as in every mapping.
func TestSchemaOrder(t *testing.T) {
	t.Parallel()
	for name, table := range tables() {
		var want []string
		for _, row := range table.Rows {
			key := strings.TrimSuffix(strings.Split(row.Path, ".")[0], "[]")
			if !slices.Contains(want, key) {
				want = append(want, key)
			}
		}
		if got := rootKeys(t, table.JSONSchema("urn:x")); !slices.Equal(got, want) {
			t.Errorf("%s: keys of the schema: got %q, want %q", name, got, want)
		}
	}
}

// rootKeys are the keys of the first "properties" of a schema, as they stand in its bytes.
func rootKeys(t *testing.T, schema []byte) []string {
	t.Helper()
	decoder := json.NewDecoder(bytes.NewReader(schema))
	var keys []string
	depth, inside, isKey := 0, false, false
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return keys
		}
		if err != nil {
			t.Fatal(err)
		}
		switch token {
		case json.Delim('{'), json.Delim('['):
			depth++
			isKey = true
			continue
		case json.Delim('}'), json.Delim(']'):
			depth--
			if depth < 2 && inside {
				return keys
			}
			isKey = true
			continue
		}
		switch {
		case depth == 1 && token == "properties":
			inside = true
			isKey = false
		case inside && depth == 2 && isKey:
			keys = append(keys, token.(string))
			isKey = false
		default:
			isKey = !isKey
		}
	}
}
