package around

import "strings"

// The functions below say what a host is for, by its name in lower case.

// CodeHost reports whether the paths of a host start with an owner and a repository.
func CodeHost(name string) bool {
	switch strings.TrimPrefix(name, "www.") {
	case "github.com", "ghcr.io", "raw.githubusercontent.com", "gist.githubusercontent.com", "gitlab.com", "bitbucket.org", "codeberg.org", "huggingface.co", "sourceforge.net", "git.sr.ht", "gitea.com", "salsa.debian.org":
		return true
	}
	return false
}

// Reversed reports whether a name starts like a reversed domain, such as the package com.example.pay.
func Reversed(name string) bool {
	label, _, _ := strings.Cut(name, ".")
	switch label {
	case "com", "org", "net", "io", "dev", "java", "javax", "kotlin", "android", "androidx", "jakarta", "co", "ai", "app", "me", "edu", "gov", "uk", "de":
		return true
	}
	return false
}

// Distribution reports whether a host hands out packages or charts, by its first label.
func Distribution(name string) bool {
	label, _, _ := strings.Cut(name, ".")
	switch label {
	case "helm", "charts", "apt", "deb", "rpm", "yum", "dl", "fastdl", "repo", "repos", "packages":
		return true
	}
	return false
}
