// Harmproof runs scenarios of machines under attack or fault and says which
// safety invariants break, when and why.
//
// Exit codes: 0 as expected, 1 an expectation failed, 2 the scenario or the usage
// is wrong, 3 the simulator failed; of several the highest; 130 after Ctrl-C.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	// A second Ctrl-C ends the tool at once.
	context.AfterFunc(ctx, stop)
	a := &app{
		out: os.Stdout, err: os.Stderr,
		colour:   isTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb",
		terminal: isTerminal(os.Stderr) && os.Getenv("TERM") != "dumb",
		piped:    !isTerminal(os.Stdout),
	}
	os.Exit(a.execute(ctx, os.Args[1:]))
}

// isTerminal reports whether a person may be looking at the file.
func isTerminal(f *os.File) bool {
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}
