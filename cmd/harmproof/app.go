package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

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
	root := a.root()
	root.SetArgs(args)
	root.SetOut(a.out)
	root.SetErr(a.err)
	err := root.ExecuteContext(ctx)
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

// root is the tool with its verbs.
func (a *app) root() *cobra.Command {
	root := &cobra.Command{
		Use: "harmproof", SilenceErrors: true, SilenceUsage: true, Args: cobra.ArbitraryArgs,
		Long:              strings.TrimSpace(about),
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
	}
	var verbs []string
	root.RunE = func(_ *cobra.Command, args []string) error {
		if len(args) == 0 {
			_, err := fmt.Fprint(a.out, about+"Then: "+strings.Join(verbs, ", ")+". `harmproof help VERB` says more.\n")
			return err
		}
		return noVerb(args[0], verbs)
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; `%s --help` shows what there is", err, c.CommandPath())
	})
	for _, verb := range []*cobra.Command{
		a.runVerb(), a.checkVerb(), a.listVerb(), a.docVerb(), a.newVerb(), a.schemaVerb(), a.versionVerb(),
	} {
		verbs = append(verbs, verb.Name())
		root.AddCommand(verb)
	}
	return root
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
func exactly(what, example string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return fmt.Errorf("name %s: `%s %s`", what, c.CommandPath(), example)
		case len(args) > 1:
			return fmt.Errorf("%s takes %s at a time, not %d", c.CommandPath(), what, len(args))
		}
		return nil
	}
}

// nothing asks for no argument.
func nothing(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("%s takes no names, but there is %s", c.CommandPath(), source.Quote(args[0]))
	}
	return nil
}
