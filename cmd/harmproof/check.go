package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/report"
)

func (a *app) checkVerb() *verb {
	var verbose, asJSON bool
	c := &verb{
		Use:   "check NAME...",
		Short: "find mistakes in scenarios without running them",
		Long: `Check scenarios: files, names of the library, or globs of either. All mistakes
and warnings are shown at once, each with what to write instead.`,
		Example: "  harmproof check plant.yaml\n  harmproof check -v 'swat/*'",
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 {
				return errors.New("name what to check: `harmproof check plant.yaml`")
			}
			return nil
		},
	}
	c.Flags().BoolVarP(&verbose, "verbose", "v", false, "also say what each scenario is made of")
	c.Flags().BoolVar(&asJSON, "json", false, "one line of JSON for each scenario")
	c.Run = func(_ context.Context, args []string) error {
		names, err := scenarios.Expand(args)
		if err != nil {
			return err
		}
		worst := asExpected
		for _, name := range names {
			s, err := load(name)
			if err == nil {
				err = raisable(s)
			}
			if err != nil && !isSystem(err) {
				worst = wrong
			}
			if asJSON {
				err = a.checkedJSON(name, s, err)
			} else {
				err = a.checked(name, s, err, verbose)
			}
			if err != nil {
				return err
			}
		}
		return code(worst)
	}
	return c
}

// raisable finds mistakes in what the barriers of a scenario change.
func raisable(s *scenarios.Scenario) error {
	changes := slices.DeleteFunc(s.Barriers(), func(b scenarios.Barrier) bool { return b.Kind != "change" })
	wrong, err := unraisable(s, changes)
	if err == nil {
		err = wrong.Err()
	}
	return err
}

func isSystem(err error) bool {
	var system *scenarios.SystemError
	return errors.As(err, &system)
}

// checked says for people what is wrong with a scenario.
func (a *app) checked(name string, s *scenarios.Scenario, err error, verbose bool) error {
	var problems source.Problems
	switch {
	case isSystem(err):
		_, err = fmt.Fprintf(a.out, "%s: a system without mistakes of form; check a scenario that uses it\n", source.Printable(name))
	case errors.As(err, &problems):
		_, err = fmt.Fprintln(a.out, strings.TrimRight(problems.Render(""), "\n"))
	case err != nil:
		_, err = fmt.Fprintf(a.err, "harmproof: %v\n", err)
	case len(s.Warnings) > 0:
		_, err = fmt.Fprintln(a.out, strings.TrimRight(s.Warnings.Render(""), "\n"))
	default:
		_, err = fmt.Fprintf(a.out, "%s: no mistakes\n", source.Printable(name))
	}
	if err == nil && verbose && s != nil {
		_, err = fmt.Fprint(a.out, contents(s))
	}
	return err
}

// contents says what a scenario is made of.
func contents(s *scenarios.Scenario) string {
	p := s.Plan
	signals, members := 0, 0
	for s := range p.Signals.All() {
		if !s.Internal {
			signals++
		}
	}
	for i := range p.Devices {
		members += p.Devices[i].Count
	}
	var b strings.Builder
	fmt.Fprintf(&b, "  %s: run %v, seed %d", p.Name, p.Run.Sub(0), p.Seed)
	if s.Seeds > 1 {
		fmt.Fprintf(&b, ", %d seeds", s.Seeds)
	}
	fmt.Fprintf(&b, "\n  %d devices, %d members, %d signals\n", len(p.Devices), members, signals)
	// What has no mistake is compiled: there is no interpreter to fall back on.
	fmt.Fprintf(&b, "  %d expressions, all compiled: %v\n", s.Compiled.Total(), s.Compiled)
	for i := range p.Devices {
		d := &p.Devices[i]
		line := fmt.Sprintf("    %s: %s", d.ID, d.Kind)
		if d.Count > 1 {
			line += fmt.Sprintf(" x %d", d.Count)
		}
		if d.Tag != "" {
			line += ", " + d.Tag
		}
		if d.Owner != "" {
			line += ", answered for by " + d.Owner
		}
		b.WriteString(source.Printable(line) + "\n")
	}
	return b.String()
}

// checkedJSON says for scripts what is wrong with a scenario.
func (a *app) checkedJSON(name string, s *scenarios.Scenario, err error) error {
	out := struct {
		File     string           `json:"file"`
		Errors   []report.Problem `json:"errors"`
		Warnings []report.Problem `json:"warnings"`
	}{name, []report.Problem{}, []report.Problem{}}
	var problems source.Problems
	switch {
	case errors.As(err, &problems):
		for _, p := range problems.Sorted() {
			if p.Severity == source.Warning {
				out.Warnings = append(out.Warnings, plain(source.Problems{p})...)
			} else {
				out.Errors = append(out.Errors, plain(source.Problems{p})...)
			}
		}
	case err != nil && !isSystem(err):
		out.Errors = data(err)
	case s != nil:
		out.File = s.File
		out.Warnings = append(out.Warnings, plain(s.Warnings.Sorted())...)
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(out); err != nil {
		return err
	}
	_, err = a.out.Write(b.Bytes())
	return err
}
