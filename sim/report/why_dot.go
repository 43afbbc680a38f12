package report

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/why"
	"github.com/harmproof/harmproof/sim/inject"
)

// Colours that people with any sort of colour vision tell apart (Okabe and Ito, 2008),
// lightened so that black text stands out on them. Shapes and lines say the same.
var dotFill = map[inject.Kind]string{inject.Attack: "#F5D28A", inject.Fault: "#B5DDF5", inject.Act: "#DDDDDD"}

// dotWide is how many characters a line of a node has at most: on a page of A4 a tree of
// six nodes side by side can still be read.
const dotWide = 26

// WhyDot returns the graph of causes in the language of Graphviz: time runs upwards,
// from causes to their effects. What was done has corners, and a thick border where
// it was necessary; what was only under an influence stands together in one node.
func WhyDot(r *sim.Result, f *why.Finding) []byte {
	d := dot{Result: r, Finding: f}
	d.line("digraph %s {", quoted(f.Name))
	d.line(`  graph [rankdir=BT, nodesep=0.15, ranksep=0.3, fontname="Helvetica,sans-serif", fontsize=9, labelloc=b]`)
	d.line(`  node [shape=box, style="rounded,filled", fillcolor=white, fontname="Helvetica,sans-serif", fontsize=11, margin="0.08,0.05"]`)
	d.line(`  edge [arrowsize=0.7]`)
	d.line(`  0 [shape=octagon, style=filled, fillcolor="#F2A98A", label=%s]`, quoted(crown(r, f)))
	if violated(f) {
		d.legend()
		for k := range f.Tree.Links {
			d.node(k)
		}
		d.vague()
	}
	d.line("}")
	return []byte(d.String())
}

// A dot writes a graph.
type dot struct {
	strings.Builder
	*sim.Result
	*why.Finding
}

func (d *dot) line(format string, args ...any) { fmt.Fprintf(&d.Builder, format+"\n", args...) }

// legend says how to read it, of what is there.
func (d *dot) legend() {
	text := "Time runs upwards: an arrow leads from a cause to its effect."
	for _, k := range []inject.Kind{inject.Attack, inject.Fault, inject.Act} {
		if slices.ContainsFunc(d.Roots, func(root why.Root) bool { return d.Injections[root.Injection].Step.Kind == k }) {
			text += " " + map[inject.Kind]string{inject.Attack: "Yellow: an attack.", inject.Fault: "Blue: a fault.", inject.Act: "Grey: an act."}[k]
		}
	}
	if slices.ContainsFunc(d.Roots, func(root why.Root) bool { return root.Necessary }) {
		text += " Thick border: necessary in this model."
	}
	if slices.ContainsFunc(d.Tree.Links, func(l sim.Link) bool { return omission(&l.Cause) }) {
		text += " Dashed: left as it was, or kept away."
	}
	d.line("  label=%s", quoted(strings.Join(wrap(text, 3*dotWide, 3*dotWide), "\n")))
}

// omission reports whether a cause is that something did not happen.
func omission(c *sim.Cause) bool {
	return c.Kind == sim.OmissionCause || c.Omitted == sim.InjectionCause && c.Kind == sim.InjectionCause
}

// node writes a link and its arrows.
func (d *dot) node(k int) {
	l := &d.Tree.Links[k]
	if d.isVague(k) {
		return
	}
	style := ""
	if l.Injection >= 0 {
		style = fmt.Sprintf(", style=filled, fillcolor=%q", dotFill[d.Injections[l.Injection].Step.Kind])
		if slices.ContainsFunc(d.Roots, func(root why.Root) bool { return root.Injection == l.Injection && root.Necessary }) {
			style += ", penwidth=3"
		}
	}
	d.line("  %d [label=%s%s]", k+1, quoted(strings.Join(wrap(linked(d.Result, &l.Cause), dotWide, dotWide), "\n")), style)
	dash := ""
	if omission(&l.Cause) {
		dash = " [style=dashed]"
	}
	d.line("  %d -> %d%s", k+1, l.Effect+1, dash)
	for _, a := range l.Also {
		d.line("  %d -> %d%s", k+1, a.Effect+1, dash)
	}
}

// isVague reports whether of a link nothing is known but that it had influence.
func (d *dot) isVague(k int) bool {
	l := &d.Tree.Links[k]
	return l.Injection >= 0 && l.Signal.Signal == "" && l.Needed == "" && len(l.Also) == 0 &&
		!slices.ContainsFunc(d.Roots, func(root why.Root) bool { return root.Injection == l.Injection && root.Necessary }) &&
		!slices.ContainsFunc(d.Tree.Links, func(other sim.Link) bool {
			return other.Effect == k || slices.ContainsFunc(other.Also, func(a sim.Also) bool { return a.Effect == k })
		})
}

// vague writes those, of each effect in one node.
func (d *dot) vague() {
	names := make([][]string, len(d.Tree.Links)+1)
	for k := range d.Tree.Links {
		if l := &d.Tree.Links[k]; d.isVague(k) {
			names[l.Effect+1] = append(names[l.Effect+1], d.Injections[l.Injection].Step.Name)
		}
	}
	for effect, list := range names {
		if len(list) == 0 {
			continue
		}
		text := clean(strings.Join(list, ", ")) + ": had influence on this; how, cannot be told link by link"
		d.line("  v%d [style=dotted, label=%s]", effect, quoted(strings.Join(wrap(text, dotWide, dotWide), "\n")))
		d.line("  v%d -> %d [style=dotted]", effect, effect)
	}
}

// crown is what stands above all causes.
func crown(r *sim.Result, f *why.Finding) string {
	if (f.Harm != nil || f.Hazard != "") && violated(f) {
		return strings.Join(wrap(befell(r, f.InvariantResult)+dated(f), dotWide, dotWide), "\n")
	}
	return strings.Join(wrap(f.Name, dotWide, dotWide), "\n") + "\n" + f.Verdict.String() + dated(f)
}

func dated(f *why.Finding) string {
	if !violated(f) {
		return ""
	}
	return " at " + f.At.Short()
}

// quoted writes a text as Graphviz reads it.
func quoted(text string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`).Replace(text) + `"`
}
