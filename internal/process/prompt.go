package process

import (
	"bufio"
	"context"
	"errors"
	"io"

	"github.com/vendorgate/vendorgate/internal/sink"
)

// ErrStopped says that the process was told to stop while it waited for an answer.
var ErrStopped = errors.New("stopped before the last question; nothing was written")

// Prompt asks questions on a terminal.
type Prompt struct {
	env     Env
	answers *bufio.Scanner
}

// Prompt returns what asks the questions of a command. Standard input must be a terminal.
func (e Env) Prompt() *Prompt {
	return &Prompt{env: e, answers: bufio.NewScanner(io.LimitReader(e.Stdin, 1<<16))}
}

// Ask prints a question and returns the answer, or io.EOF if there are no more answers, or ErrStopped. After an error, it must not be
// called again.
func (p *Prompt) Ask(ctx context.Context, question string) (string, error) {
	p.env.Say(sink.Text(question))
	read := make(chan bool, 1)
	go func() { read <- p.answers.Scan() }() // a signal does not end it
	select {
	case <-ctx.Done():
		return "", ErrStopped
	case more := <-read:
		if ctx.Err() != nil { // the signal may also have ended the line
			return "", ErrStopped
		}
		if !more {
			return "", io.EOF
		}
		return p.answers.Text(), nil
	}
}
