package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// anchors returns the anchors that GitHub gives the headings of a page.
func anchors(page string) map[string]bool {
	out := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?m)^#+ (.*)$`).FindAllStringSubmatch(page, -1) {
		kept := regexp.MustCompile(`[^\p{L}\p{N} _-]`).ReplaceAllString(strings.ToLower(m[1]), "")
		out[strings.ReplaceAll(kept, " ", "-")] = true
	}
	return out
}

// Every relative link between our pages leads to a file, and to a heading if it has an anchor.
func TestDocsLinks(t *testing.T) {
	t.Parallel()
	community, err := filepath.Glob("../../.github/*.md")
	if err != nil || len(community) < 4 {
		t.Fatalf("%d pages in .github: %v", len(community), err)
	}
	link := regexp.MustCompile(`\]\(([^)#\s]*)(?:#([^)\s]+))?\)`)
	count := 0
	for _, page := range append(append(community, "../../CHANGELOG.md"), pages(t)...) {
		data, err := os.ReadFile(page)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range link.FindAllStringSubmatch(string(data), -1) {
			if strings.Contains(m[1], "://") {
				continue
			}
			count++
			target := page
			if m[1] != "" {
				target = filepath.Join(filepath.Dir(page), filepath.FromSlash(m[1]))
			}
			text, err := os.ReadFile(target)
			if err != nil {
				t.Errorf("%s: the link %s leads nowhere: %v", page, m[0], err)
			} else if m[2] != "" && !anchors(string(text))[m[2]] {
				t.Errorf("%s: %s has no heading for #%s", page, target, m[2])
			}
		}
	}
	if count < 20 {
		t.Errorf("found %d links; this test no longer finds them", count)
	}
}

// Dependabot updates the pinned actions in every folder that has some.
func TestDependabotFindsPins(t *testing.T) {
	t.Parallel()
	config, err := os.ReadFile("../../.github/dependabot.yml")
	if err != nil {
		t.Fatal(err)
	}
	m := regexp.MustCompile(`package-ecosystem: github-actions\n +directories: \[(.*)\]\n`).FindSubmatch(config)
	if m == nil {
		t.Fatal("dependabot.yml has no directories for github-actions")
	}
	listed := map[string]bool{}
	for dir := range strings.SplitSeq(string(m[1]), ", ") {
		if dir == "/" {
			listed[""], listed["/.github/workflows"] = true, true // what "/" stands for
			continue
		}
		listed[dir] = true
	}
	pinned := regexp.MustCompile(`uses: *[\w.-]+/[\w./-]+@[0-9a-f]{40}`)
	found := 0
	for _, pattern := range []string{"*.yml", ".github/*/*.yml", ".github/actions/*/*.yml", "docs/*/*.yml", "docs/*/*/*.yml"} {
		files, err := filepath.Glob(filepath.Join("../..", pattern))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if !pinned.Match(data) {
				continue
			}
			found++
			dir := strings.TrimPrefix(filepath.ToSlash(filepath.Dir(file)), "../..")
			if !listed[dir] {
				t.Errorf("%s pins actions, and dependabot.yml does not list %s", file, dir)
			}
		}
	}
	if found < 5 {
		t.Errorf("found %d files with pinned actions; this test no longer finds them", found)
	}
}
