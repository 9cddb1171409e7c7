package around

import (
	"bytes"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// testAttribute matches the attribute of a test case of Rust, of the language or a library.
var testAttribute = regexp.MustCompile(`^#\[(?:[a-z_]+::)*(?:rs|sqlx_)?test(?:_case)?\b`)

// DeclaresTests reports whether a file defines test cases of a test framework.
func DeclaresTests(data []byte) bool {
	for line := range bytes.Lines(data) {
		line = bytes.TrimLeft(line, " \t")
		if bytes.HasPrefix(line, []byte("#[")) && testAttribute.Match(line) {
			return true
		}
		for _, start := range []string{
			"describe(", "describe ", "describe.", "it(", "it.each", "test(", "test.each", "test.describe", "suite(", "Deno.test(", "context ", "RSpec.describe", "def test_", "async def test_", "func Test", "@Test", "[Test", "[Fact",
			"public function test", "defmodule ", "Feature(", "Scenario(", "import unittest", "from unittest", "import pytest", "import XCTest",
		} {
			if bytes.HasPrefix(line, []byte(start)) {
				return true
			}
		}
	}
	return false
}

// OfTests reports whether a folder is named after the project that its tests are for, as Acme.Tests and AcmeUITests.
func OfTests(dir string) bool {
	words := Words(strings.ReplaceAll(dir, ".", "_"))
	last := words[len(words)-1]
	return len(words) > 1 && (slices.Contains([]string{"tests", "unittests", "uitests"}, last) || last == "test" && strings.Contains(dir, ".")) // Acme.Core.Test
}

// mocked matches the text in front of an address that a library for tests answers: nock("…"), stub_request(:get, "…"), and so on.
var mocked = regexp.MustCompile(`(?:\b(?:nock|stub_request|stubFor|urlEqualTo|httpretty\.\w+|requests_mock\.\w+|responses\.(?:add|get|post|put|patch|delete)|respx\.\w+|httpmock\.\w+|gock\.New|fetchMock\.\w+|` +
	`[mM]ock(?:Agent|Server|Adapter|Pool|er)?\.(?:on\w+|get|post|put|patch|delete|when|route)|ignore_hosts|disable_net_connect!|cy\.intercept|(?:page|context)\.route)\b!?|WebMock\S*)[ (][^;]*$`)

// handled matches what follows the address in a handler of Mock Service Worker.
var handled = regexp.MustCompile(`^["'` + "`" + `]\s*,[^;]{0,80}(?:HttpResponse\.|\bres\(|\bctx\b)`)

// answers matches the function of Mock Service Worker that answers the address after it.
var answers = regexp.MustCompile(`\b(?:http|rest)\.(?:get|post|put|patch|delete|head|options|all)\(["'` + "`" + `]$`)

// Mocked reports whether an address is one that a test answers itself, instead of the server.
func Mocked(data []byte, start, end int) bool {
	from, to := search.Line(data, start)
	if bytes.IndexByte(data[from:start], '(') < 0 && bytes.IndexByte(data[from:start], ' ') < 0 {
		return false // the usual case, quickly
	}
	if bytes.HasSuffix(bytes.TrimRight(data[from:start], "\"'`"), []byte("(")) && answers.Match(data[from:start]) && (bytes.Contains(data, []byte("'msw'")) || bytes.Contains(data, []byte(`"msw"`))) {
		return true
	}
	rest := data[end:to]
	if i := bytes.IndexAny(rest, "\"'`"); i >= 0 && handled.Match(rest[i:]) {
		return true
	}
	return mocked.Match(data[max(from, start-200):start])
}

// SetsTests reports whether a name is one for a setting of tests, such as E2E_BASE_URL.
func SetsTests(name string) bool {
	words := Words(name)
	return slices.Contains(words, "e2e") || slices.Contains(words, "test") || slices.Contains(words, "playwright") || slices.Contains(words, "cypress")
}

// ProfileOfTests reports whether a name is that of settings for tests: application-e2e.yml of Spring, appsettings.Testing.json of .NET, .env.test,
// docker-compose.test.yml.
func ProfileOfTests(stem string) bool {
	profile, ok := "", false
	for _, start := range []string{"application-", "appsettings.", ".env.", "docker-compose.", "docker-compose-", "compose."} {
		if profile, ok = strings.CutPrefix(stem, start); ok {
			break
		}
	}
	switch profile {
	case "test", "tests", "testing", "e2e", "it", "integration", "integrationtest", "integration-test", "unittest", "unittests":
		return ok
	}
	return false
}

// TestClass reports whether the last word of a class is one for tests. Contest and Latest are other words.
func TestClass(name string) bool {
	words := Words(name)
	switch words[len(words)-1] {
	case "test", "tests", "testcase", "spec":
		return true
	case "case":
		return len(words) > 1 && words[len(words)-2] == "test"
	}
	return false
}

// Recorded reports whether a folder holds what tests replay, by the words of its name: mock_data, http-fixtures, test_assets.
func Recorded(dir string) bool {
	if !strings.Contains(dir, "mock") && !strings.Contains(dir, "fixture") && !strings.Contains(dir, "cassette") && !strings.Contains(dir, "test") {
		return false // the usual case, quickly
	}
	words := Words(dir)
	has := func(list ...string) bool {
		return slices.ContainsFunc(words, func(word string) bool { return slices.Contains(list, word) })
	}
	return has("mock", "mocks", "fixture", "fixtures", "cassette", "cassettes", "mockdata", "testfixtures") ||
		has("test", "tests", "testing") && has("data", "assets", "files", "resources", "inputs", "cases", "samples", "payloads", "responses")
}

// ResemblesTest reports whether the name of a file ends in -test, which people also call things that are no tests of a program, such as an
// A/B test, a speed test or a test of blood.
func ResemblesTest(base string) bool {
	return strings.HasSuffix(strings.TrimSuffix(base, path.Ext(base)), "-test")
}
