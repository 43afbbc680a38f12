package main

import (
	"errors"
	"fmt"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/report"
)

// known reports whether there is a scenario or a file of the name.
func known(name string) bool {
	for _, e := range scenarios.Library() {
		if e.Name == name {
			return true
		}
	}
	_, err := os.Stat(name)
	return err == nil
}

// unknown says what else a name that does not exist may mean.
func unknown(e *scenarios.UnknownError) error {
	var near []string
	if e.Near != "" {
		near = append(near, e.Near)
	}
	for _, name := range begun(e.Name) {
		if name != e.Near && len(near) < 3 {
			near = append(near, name)
		}
	}
	for _, entry := range scenarios.Library() {
		if base := path.Base(e.Name); !slices.Contains(near, entry.Name) && len(near) < 3 && len(base) > 2 && strings.Contains(entry.Name, base) {
			near = append(near, entry.Name)
		}
	}
	if len(near) == 0 {
		return fmt.Errorf("there is no scenario or file %s; `harmproof list` shows the library", source.Quote(e.Name))
	}
	return fmt.Errorf("there is no scenario or file %s; did you mean %s? `harmproof list` shows all",
		source.Quote(e.Name), strings.Join(near, ", "))
}

// begun lists scenarios of the same folder whose name begins almost as a name does: tower/spoofd may be
// tower/spoofed-gauge.
func begun(name string) (near []string) {
	folder, base := path.Split(strings.TrimPrefix(name, "library:"))
	for _, entry := range scenarios.Library() {
		in, whole := path.Split(entry.Name)
		if in != folder || folder == "" {
			continue
		}
		var parts []string
		for i, c := range whole + "-" {
			if c == '-' {
				parts = append(parts, whole[:i])
			}
		}
		if _, ok := source.Nearest(base, parts); (ok || slices.Contains(parts, base)) && len(near) < 3 {
			near = append(near, entry.Name)
		}
	}
	return near
}

// load loads a scenario; its error reads well by itself.
func load(name string) (*scenarios.Scenario, error) {
	s, err := scenarios.Load(name)
	var no *scenarios.UnknownError
	if errors.As(err, &no) {
		return nil, unknown(no)
	}
	return s, err
}

// data returns an error of loading as problems for scripts.
func data(err error) (list []report.Problem) {
	var problems source.Problems
	if !errors.As(err, &problems) {
		cause, fix, _ := strings.Cut(err.Error(), "; ")
		return []report.Problem{{Message: cause, Fix: fix}}
	}
	return plain(problems.Errors().Sorted())
}

func plain(problems source.Problems) (list []report.Problem) {
	for _, p := range problems {
		list = append(list, report.Problem{Line: p.Line, Column: p.Column, Message: p.Message, Fix: p.Fix})
	}
	return list
}
