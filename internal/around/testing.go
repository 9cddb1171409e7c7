package around

import "bytes"

// DeclaresTests reports whether a file defines test cases of a test framework.
func DeclaresTests(data []byte) bool {
	for line := range bytes.Lines(data) {
		line = bytes.TrimLeft(line, " \t")
		for _, start := range []string{
			"describe(", "describe ", "describe.", "it(", "it.each", "test(", "test.each", "test.describe", "suite(", "Deno.test(", "context ", "RSpec.describe", "def test_", "async def test_", "func Test", "@Test", "[Test", "[Fact", "#[test]",
			"public function test", "defmodule ", "Feature(", "Scenario(", "import unittest", "from unittest", "import pytest", "import XCTest",
		} {
			if bytes.HasPrefix(line, []byte(start)) {
				return true
			}
		}
	}
	return false
}
