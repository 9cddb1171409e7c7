package around

import (
	"bytes"
	"path"
	"slices"
	"strings"

	"github.com/vendorgate/vendorgate/internal/search"
)

// downloads reports whether a command saves what it gets, or runs or installs it.
func downloads(line []byte) bool {
	for _, mark := range []string{
		" -O ", " -LO ", " -sSLO ", " -fsSLO ", "apt-key", "bash <(", "/etc/apt/", "/etc/yum",
		"repo add ", "add-apt-repository ", "git clone ", "pip install ", "npm install ", " -OutFile ", "ADD http",
	} {
		if bytes.Contains(line, []byte(mark)) {
			return true
		}
	}
	return installs(string(line)) || saves(string(line))
}

// installs reports whether a line pipes what a command gets into one that runs, unpacks or trusts it, as in "curl x | sudo CHANNEL=y sh -".
func installs(line string) bool {
	_, pipes, _ := strings.Cut(line, "|")
	for pipe := range strings.SplitSeq(pipes, "|") {
		for word := range strings.FieldsSeq(pipe) {
			if word == "sudo" || strings.HasPrefix(word, "-") || strings.Contains(word, "=") {
				continue
			}
			switch strings.TrimRight(path.Base(word), "\"'`;),&0123456789.") {
			case "sh", "bash", "zsh", "tar", "gunzip", "python", "perl", "ruby", "node", "php", "iex", "gpg":
				return true
			}
			break
		}
	}
	return false
}

// saves reports whether curl or wget gets a file: it writes to one, and sends nothing that an API would want.
func saves(line string) bool {
	has := func(marks ...string) bool {
		return slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(line, mark) })
	}
	curl := has("curl ")
	switch {
	case !curl && !has("wget "): // the usual case
		return false
	case has("?", " -H ", " --header", " -u ", " --user", " -X ", " -d ", " --data", " --request", " -F ", " --post", "secrets.", "/dev/null", "/dev/stdout", " -o -"):
		return false
	case curl:
		return has(" -o ", " --output ", " --remote-name ") || redirected(line)
	}
	return !has("O-", "O -", "--spider", "--output-document=-")
}

// redirected reports whether a shell writes what a command prints to a file that a program or a person unpacks or installs.
func redirected(line string) bool {
	_, target, ok := strings.Cut(line, " > ")
	file, _, _ := strings.Cut(strings.TrimLeft(target, " \"'"), " ")
	return ok && (IsDownload(strings.Trim(file, "\"'")) || ends(file, ".pem", ".crt"))
}

// Download reports whether a command on the line of an offset downloads a file: curl -O, wget of an archive, a script for a shell.
func Download(data []byte, at int) bool {
	from, to := search.Line(data, at)
	line := append(data[from:to:to], ' ')
	const most = 3 // lines below on which a command goes on
	for range most {
		if !bytes.HasSuffix(line, []byte("\\ ")) || to == len(data) {
			break
		}
		from, to = search.Line(data, to+1)
		line = append(append(line[:len(line)-2], data[from:to]...), ' ')
	}
	return downloads(line)
}
