package main

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// The contract keeps names, types and limits of what is required or read, and no prose. This test is internal because
// a command exports nothing.
func TestContractOf(t *testing.T) {
	t.Parallel()
	const description = `{"openapi": "3.0.3", "info": {"title": "prose"}, "paths": {"/things/{id}": {"get": {
		"operationId": "things/get", "summary": "prose", "description": "prose", "tags": ["prose"], "x-github": {"prose": true},
		"parameters": [{"$ref": "#/components/parameters/id"}],
		"responses": {"200": {"description": "prose", "headers": {"Link": {"$ref": "#/components/headers/link"}}, "content": {"application/json": {
			"schema": {"$ref": "#/components/schemas/thing"}, "examples": {"default": {"$ref": "#/components/examples/thing"}}}}}}}}},
		"components": {"parameters": {"id": {"name": "id", "in": "path", "required": true, "description": "prose", "schema": {"type": "integer"}}},
			"headers": {"link": {"example": "prose"}}, "examples": {"thing": {"value": "prose"}},
			"schemas": {"other": {"type": "string"}, "thing": {"title": "prose", "type": "object", "required": ["description"], "properties": {
				"description": {"type": "string", "description": "prose", "example": "prose"}, "size": {"type": "integer"}, "extra": {"$ref": "#/components/schemas/other"}}}}}}`
	const want = `{"openapi": "3.0.3", "paths": {"/things/{id}": {"get": {
		"operationId": "things/get", "parameters": [{"$ref": "#/components/parameters/id"}],
		"responses": {"200": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/thing"}}}}}}}},
		"components": {"parameters": {"id": {"name": "id", "in": "path", "required": true, "schema": {"type": "integer"}}},
			"schemas": {"thing": {"type": "object", "required": ["description"], "properties": {"description": {"type": "string"}, "size": {"type": "integer"}}}}}}`
	var given map[string]any
	var wanted any
	if err := json.Unmarshal([]byte(description), &given); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(want), &wanted); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(wanted, any(contractOf(given))); diff != "" {
		t.Errorf("contractOf: want, got:\n%s", diff)
	}
}
