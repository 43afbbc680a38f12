package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/device"
)

func (a *app) docVerb() *verb {
	c := &verb{
		Use: "doc [TOPIC | KIND]", Short: "explain a topic of the language, an injection, or a kind of device",
		Example: "  harmproof doc timeline\n  harmproof doc spoof\n  harmproof doc tank",
		Args: func(c *verb, args []string) error {
			if len(args) == 0 {
				return nil
			}
			return exactly("a topic or a kind", "tank")(c, args)
		},
	}
	c.Run = func(_ context.Context, args []string) error {
		if len(args) == 0 {
			return a.listed(explained(), "`harmproof doc NAME` explains one")
		}
		text, err := explanation(args[0])
		if err != nil {
			return err
		}
		_, err = fmt.Fprint(a.out, text)
		return err
	}
	return c
}

// explained lists what has an explanation, topics first, with a line each.
func explained() (rows [][2]string) {
	for _, t := range scenarios.Topics() {
		rows = append(rows, [2]string{t.Name, t.Summary})
	}
	catalog, err := scenarios.Catalog()
	if err != nil {
		return rows
	}
	for _, k := range catalog.Kinds() {
		rows = append(rows, [2]string{k.Name, k.Summary})
	}
	return rows
}

// explanation is what there is to know about a topic or a kind.
func explanation(name string) (string, error) {
	for _, t := range scenarios.Topics() {
		if t.Name == name {
			return page(&t), nil
		}
	}
	catalog, err := scenarios.Catalog()
	if err != nil {
		return "", err
	}
	if k := catalog.Kind(name); k != nil {
		return explain(k)
	}
	return "", noPage(catalog, name)
}

// noPage says which topic or kind may be meant by a name of neither.
func noPage(catalog *device.Catalog, name string) error {
	var names []string
	for _, row := range explained() {
		names = append(names, row[0])
	}
	near, ok := source.Nearest(name, names)
	if !ok {
		near, ok = akin(name, names)
	}
	if ok {
		return fmt.Errorf("there is no topic or kind %s; did you mean %q? `harmproof doc` shows all %d", source.Quote(name), near, len(names))
	}
	return fmt.Errorf("there is no topic or kind %s; `harmproof doc` shows all %d (%d of them kinds), `harmproof doc custom` how to write a kind of your own", source.Quote(name), len(names), len(catalog.Kinds()))
}

// akin returns the page that a name begins as, or that begins as it does; else one that is a part of it; else the
// first topic that speaks of what the name is a form of, as accountability is of
// accountable.
func akin(name string, names []string) (string, bool) {
	name = strings.ToLower(name)
	const least = 4 // letters: fewer say nothing
	if len(name) < least {
		return "", false
	}
	for _, n := range names {
		if len(n) >= least && (strings.HasPrefix(name, n) || strings.HasPrefix(n, name)) {
			return n, true
		}
	}
	for part := range strings.SplitSeq(name, "-") { // an insulin-pump may be a pump
		if slices.Contains(names, part) {
			return part, true
		}
	}
	stem := name[:max(min(len(name), least+1), len(name)*2/3)]
	for _, t := range scenarios.Topics() {
		if len(stem) > least && strings.Contains(t.Text, stem) {
			return t.Name, true
		}
	}
	return "", false
}

// page writes a topic.
func page(t *scenarios.Topic) string {
	var b strings.Builder
	b.WriteString(strings.Join(wrapped(t.Name+": "+t.Summary, columns), "\n  ") + "\n\n" + indented("", t.Text))
	where := "below `" + t.Below + "`"
	if !strings.HasSuffix(t.Below, ":") {
		where = t.Below
	}
	b.WriteString("\nExample, to paste " + where + "\n" + indented("  ", t.Example))
	return b.String()
}
