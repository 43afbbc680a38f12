package main

import (
	"fmt"

	"github.com/harmproof/harmproof/sim/report"
)

// listSurface writes who may reach what in a scenario's system.
func (a *app) listSurface(name string, asJSON bool) error {
	s, err := load(name)
	if err != nil {
		return err
	}
	if len(s.Warnings) > 0 {
		fmt.Fprintln(a.err, s.Warnings.Render(""))
	}
	if !asJSON {
		return report.Surface(a.out, s.Plan, report.Options{Colour: a.colour})
	}
	line, err := report.SurfaceJSON(s.Plan, s.File)
	if err != nil {
		return err
	}
	_, err = a.out.Write(append(line, '\n'))
	return err
}
