package github_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/vendorgate/vendorgate/internal/github"
	"github.com/vendorgate/vendorgate/internal/wire"
)

func TestTokenHides(t *testing.T) {
	t.Parallel()
	token := wire.NewToken(canary)
	type outer struct {
		Shown  wire.Token
		hidden wire.Token
		m      map[string]wire.Token
	}
	holder := outer{token, token, map[string]wire.Token{"a": token}}
	client, _ := connect(t, "https://api.github.com", nil)
	options := github.Options{Token: token}
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%p", "%T", "%t", "%08b", "%-10s|"} {
		for _, value := range []any{token, &token, holder, &holder, []wire.Token{token}, client, *client, options, &options} {
			leakFree(t, verb, fmt.Sprintf(verb, value))
			leakFree(t, verb, fmt.Sprint(value))
		}
		leakFree(t, verb, strings.ToLower(fmt.Sprintf(verb, fmt.Errorf("x %w", fmt.Errorf("%v", token)))))
	}
	if got := fmt.Sprintf("%v %s %q %#v %d", token, token, token, token, token); got != "*** *** *** *** ***" {
		t.Errorf("got %s", got)
	}
	if token.String() != "***" || token.GoString() != "***" {
		t.Errorf("got %s and %s", token.String(), token.GoString())
	}
	data, err := json.Marshal(map[string]any{"a": holder, "b": token, "c": &token, "d": map[wire.Token]int{token: 1}})
	if err != nil || !strings.Contains(string(data), `"b":"***"`) {
		t.Errorf("got %s, %v", data, err)
	}
	leakFree(t, "JSON", string(data))
	_ = holder.hidden
	_ = holder.m
}

func TestTokenIsZero(t *testing.T) {
	t.Parallel()
	if !(wire.Token{}).IsZero() || !wire.NewToken("").IsZero() || !wire.NewToken(" \n").IsZero() || wire.NewToken("x").IsZero() {
		t.Error("IsZero is wrong")
	}
}
