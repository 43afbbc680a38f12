package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// The exit codes.
const (
	asExpected  = 0
	unexpected  = 1
	wrong       = 2   // the scenario or the usage
	failed      = 3   // the simulator
	interrupted = 130 // by Ctrl-C
)

// An app is where the tool writes to.
type app struct {
	out, err io.Writer
	colour   bool // out shows colours
	terminal bool // err is a terminal
	piped    bool // out is none: nothing needs to be cut to its width
}

// An exit ends the tool with a code, without another word.
type exit int

// Error implements error.
func (e exit) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// code is an exit code as an error, nil where all is as expected.
func code(n int) error {
	if n == asExpected {
		return nil
	}
	return exit(n)
}

// execute runs the tool and returns the exit code.
func (a *app) execute(ctx context.Context, args []string) int {
	err := a.call(ctx, args)
	var e exit
	var problems source.Problems
	switch {
	case err == nil:
		return asExpected
	case errors.As(err, &e):
		return int(e)
	case errors.As(err, &problems):
		fmt.Fprint(a.err, problems)
	default:
		fmt.Fprintf(a.err, "harmproof: %s\n", source.Printable(err.Error()))
	}
	return wrong
}

const about = `harmproof simulates machines that talk to machines, under attack and fault,
and says which safety invariants break, when and why.

  harmproof run swat/attack-01    run a scenario: a file, or one of the library
  harmproof new my-plant          write a small scenario of your own, to run

`

// verbs are all that the tool can do.
func (a *app) verbs() []*verb {
	return []*verb{a.runVerb(), a.whyVerb(), a.replayVerb(), a.traceVerb(), a.hardenVerb(), a.capacityVerb(), a.monitorVerb(), a.checkVerb(), a.listVerb(), a.docVerb(), a.newVerb(), a.schemaVerb(), a.versionVerb()}
}

// call finds the verb and calls it.
func (a *app) call(ctx context.Context, args []string) error {
	verbs := a.verbs()
	var names []string
	for _, v := range verbs {
		names = append(names, v.name())
	}
	asked := len(args) > 0 && (args[0] == "help" || args[0] == "--help" || args[0] == "-h")
	if asked {
		args = args[1:]
	}
	if len(args) == 0 {
		_, err := fmt.Fprint(a.out, about+"Then: "+strings.Join(names, ", ")+". `harmproof help VERB` says more.\n")
		return err
	}
	i := slices.Index(names, args[0])
	if i < 0 {
		return noVerb(args[0], names)
	}
	v := verbs[i]
	rest, err := v.parse(args[1:])
	if asked || errors.Is(err, errHelp) {
		_, err = fmt.Fprint(a.out, v.help())
		return err
	}
	if err != nil {
		return err
	}
	if err := v.Args(v, rest); err != nil {
		return err
	}
	return v.Run(ctx, rest)
}

// noVerb says what is meant by a word that is no verb.
func noVerb(word string, verbs []string) error {
	if near, ok := source.Nearest(word, verbs); ok {
		return fmt.Errorf("there is no verb %s; did you mean `harmproof %s`?", source.Quote(word), near)
	}
	if known(word) {
		return fmt.Errorf("%s is a scenario; write `harmproof run %s`", source.Quote(word), word)
	}
	return fmt.Errorf("there is no verb %s; there are %s", source.Quote(word), strings.Join(verbs, ", "))
}

// exactly asks for one argument, in words.
func exactly(what, example string) func(*verb, []string) error {
	return func(c *verb, args []string) error {
		switch {
		case len(args) == 0:
			return fmt.Errorf("name %s: `%s %s`", what, c.path(), example)
		case len(args) > 1:
			return fmt.Errorf("%s takes %s at a time, not %d", c.path(), what, len(args))
		}
		return nil
	}
}

// nothing asks for no argument.
func nothing(c *verb, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no names, but there is %s", c.path(), source.Quote(args[0]))
	}
	return nil
}
