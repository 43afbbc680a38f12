package main

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// An onlooker cancels once it has read that a set holds.
type onlooker struct {
	cancel context.CancelFunc
	text   bytes.Buffer
}

var someHold = regexp.MustCompile(`; [1-9][0-9]* hold`)

func (w *onlooker) Write(p []byte) (int, error) {
	if w.text.Write(p); someHold.Match(p) {
		w.cancel()
	}
	return len(p), nil
}

// Interrupted once it has found a set, it prints those that it has, and ends with 130.
func TestHardenInterruptedWithASet(t *testing.T) {
	if testing.Short() {
		t.Skip("it searches for seconds")
	}
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var out bytes.Buffer
	w := &onlooker{cancel: cancel}
	a := &app{out: &out, err: w, terminal: true}
	require.Equal(t, interrupted, a.execute(ctx, []string{"harden", "centrifuge/flat"}), "%s", w.text.String())
	require.Contains(t, out.String(), "INTERRUPTED: these hold")
	require.Contains(t, out.String(), "Barriers that hold")
}

// A process that is interrupted ends with 130 and prints what it knows. One that does not listen yet
// is interrupted again, later.
func TestHardenInterruptedAsAProcess(t *testing.T) {
	if testing.Short() {
		t.Skip("it searches for seconds")
	}
	for wait := time.Second; ; wait += wait / 2 {
		var out bytes.Buffer
		c := exec.Command("harmproof", "harden", "centrifuge/flat")
		c.Stdout = &out
		require.NoError(t, c.Start())
		ended := make(chan error, 1)
		go func() { ended <- c.Wait() }()
		var err error
		select {
		case <-time.After(wait):
			require.NoError(t, c.Process.Signal(os.Interrupt))
			err = <-ended
		case err = <-ended:
		}
		var exit *exec.ExitError
		if errors.As(err, &exit) && exit.ExitCode() < 0 {
			continue // it came before anybody listened
		}
		require.True(t, errors.As(err, &exit), "it ended by itself: %s", out.String())
		require.Equal(t, interrupted, exit.ExitCode())
		require.Contains(t, out.String(), "INTERRUPTED")
		require.Equal(t, strings.Contains(out.String(), "INTERRUPTED: these hold"), strings.Contains(out.String(), "Barriers that hold"))
		return
	}
}
