package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
)

func (a *app) listVerb() *verb {
	var kinds, asJSON bool
	var surface string
	c := &verb{
		Use: "list", Short: "list the scenarios of the library, the kinds of devices, or who may reach what",
		Example: "  harmproof list\n  harmproof list --kinds\n  harmproof list --surface plant.yaml",
		Args:    nothing,
	}
	c.Flags().BoolVar(&kinds, "kinds", false, "the kinds of devices that a scenario can be made of")
	c.Flags().StringVar(&surface, "surface", "", "who may reach what over the network of a scenario, a `file` or a name")
	c.Flags().BoolVar(&asJSON, "json", false, "one line of JSON, with --surface")
	c.Run = func(_ context.Context, _ []string) error {
		if asJSON && surface == "" {
			return errors.New("--json goes with --surface: write `harmproof list --surface plant.yaml --json`")
		}
		if surface != "" {
			return a.listSurface(surface, asJSON)
		}
		if kinds {
			return a.listKinds()
		}
		var rows [][2]string
		for _, e := range scenarios.Library() {
			rows = append(rows, [2]string{e.Name, source.Printable(e.About)})
		}
		return a.listed(rows, "run one with `harmproof run NAME`")
	}
	return c
}

func (a *app) listKinds() error {
	catalog, err := scenarios.Catalog()
	if err != nil {
		return err
	}
	var rows [][2]string
	for _, k := range catalog.Kinds() {
		rows = append(rows, [2]string{k.Name, k.Summary})
	}
	return a.listed(rows, "`harmproof doc KIND` shows how to write one")
}

// listed writes names with one line each, whole where no terminal shows them, and what to do with them.
func (a *app) listed(rows [][2]string, next string) error {
	name := 0
	for _, row := range rows {
		name = max(name, len(row[0]))
	}
	var b strings.Builder
	for _, row := range rows {
		line := row[1]
		if !a.piped {
			line = cut(line, columns-1-name-2)
		}
		fmt.Fprintln(&b, strings.TrimRight(fmt.Sprintf("%-*s  %s", name, row[0], line), " "))
	}
	fmt.Fprintf(&b, "\n%d; %s\n", len(rows), next)
	_, err := fmt.Fprint(a.out, b.String())
	return err
}

// columns is the width of what is written.
const columns = 80

// cut shortens a line to a width, at a blank.
func cut(text string, width int) string {
	runes := []rune(text)
	if len(runes) <= width {
		return text
	}
	short := string(runes[:width-3])
	if i := strings.LastIndex(short, " "); i >= width/3 {
		short = short[:i]
	}
	return strings.TrimRight(short, " ,.;:") + "..."
}
