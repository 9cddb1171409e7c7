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
	case "helm", "charts", "apt", "deb", "rpm", "yum", "dl", "fastdl", "repo", "repos", "packages", "keys", "mirror", "mirrors", "ftp", "debian", "ubuntu":
		return true
	}
	return false
}

// NamesSchemas reports whether the URLs of a host are names of schemas, by its first label.
func NamesSchemas(name string) bool {
	label, _, ok := strings.Cut(name, ".")
	return ok && (label == "schema" || label == "schemas" || label == "xmlns" || label == "ns")
}

// Profiles reports whether people have pages of their own on a host, to which others link.
func Profiles(name string) bool {
	switch strings.TrimPrefix(name, "www.") {
	case "facebook.com", "instagram.com", "twitter.com", "x.com", "linkedin.com", "tiktok.com", "youtube.com", "pinterest.com", "reddit.com", "snapchat.com", "discord.com", "discord.gg", "t.me", "telegram.me",
		"wa.me", "twitch.tv", "vk.com", "weibo.com", "vimeo.com", "flickr.com", "github.com", "medium.com", "threads.net", "tumblr.com", "soundcloud.com", "open.spotify.com", "behance.net", "dribbble.com", "bsky.app", "patreon.com", "line.me":
		return true
	}
	return false
}
