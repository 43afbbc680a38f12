package main

import (
	"context"
	"errors"
	"fmt"
	"testing"

	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/scenarios"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What matters is in the tree of causes: whenever a run without a step ends otherwise
// for an invariant, or at another time, that step was a root. More cases:
//
//	go test ./cmd/harmproof -run Complete -rapid.checks=5000
func TestWhyIsComplete(t *testing.T) {
	var runs, changed, roots, steps int
	rapid.Check(t, func(t *rapid.T) {
		g := mill{t: t}
		text := g.scenario()
		s, err := scenarios.Parse("drawn.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		all, err := sim.Run(context.Background(), s.Plan, sim.Explain())
		if err != nil {
			skipModel(t, err, text)
		}
		for i := range all.Invariants {
			wellFormed(t, all.Invariants[i].Tree, text)
		}
		for k, name := range g.steps {
			plan, err := s.Plan.Without(name)
			if err != nil {
				t.Fatal(err)
			}
			without, err := sim.Run(context.Background(), plan)
			if err != nil {
				skipModel(t, err, text)
			}
			runs++
			for i := range all.Invariants {
				a, b := &all.Invariants[i], &without.Invariants[i]
				steps++
				if a.Tree.Has(k) {
					roots++
				}
				if same(a, b) {
					continue
				}
				changed++
				if !a.Tree.Has(k) {
					t.Fatalf("without %s, %s is %v at %v and not %v at %v (margins %v, %v), but it is no root of it\n%s",
						name, a.Name, b.Verdict, b.At, a.Verdict, a.At, b.Margin, a.Margin, text)
				}
			}
		}
	})
	t.Logf("%d runs without a step; of %d pairs of step and invariant %d changed the verdict, its time or margin, %d were in the tree", runs, steps, changed, roots)
}

// wellFormed checks that each link of a tree is a cause of one before it and no later
// than that, where it is not a step that never began, and that the way of each root ends
// with it.
func wellFormed(t *rapid.T, tree *sim.Tree, text string) {
	for k := range tree.Links {
		if e := tree.Links[k].Effect; e < -1 || e >= k {
			t.Fatalf("link %d is a cause of link %d", k, e)
		} else if l := &tree.Links[k]; e >= 0 && l.At > tree.Links[e].At && !(l.Kind == sim.InjectionCause && l.At == vtime.Never) {
			t.Fatalf("link %d, at %v, is a cause of link %d, at %v\n%s", k, tree.Links[k].At, e, tree.Links[e].At, text)
		}
	}
	for _, root := range tree.Roots {
		way := tree.Way(root)
		if len(way) == 0 || way[len(way)-1].Kind != sim.InjectionCause || way[len(way)-1].Injection != root.Injection {
			t.Fatalf("the way of step %d does not end with it", root.Injection)
		}
	}
}

// What is known of causes is kept in a snapshot: a run that was taken up in the middle
// explains all as the one that was not.
func TestWhyIsKept(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := mill{t: t}
		text := g.scenario()
		s, err := scenarios.Parse("drawn.yaml", []byte(text))
		if err != nil {
			t.Fatalf("%v\n%s", err, text)
		}
		ctx := context.Background()
		all, err := sim.Run(ctx, s.Plan, sim.Explain())
		if err != nil {
			skipModel(t, err, text)
		}
		first, err := sim.New(s.Plan, sim.Explain())
		if err == nil {
			err = first.RunTo(ctx, vtime.Time(vtime.Duration(1+g.number("at", 0, 28))*vtime.Second))
		}
		if err != nil {
			skipModel(t, err, text)
		}
		data, err := first.Snapshot()
		if err != nil {
			t.Fatal(err)
		}
		rest, err := sim.Run(ctx, s.Plan, sim.From(data), sim.Explain())
		if err != nil {
			skipModel(t, err, text)
		}
		for i := range all.Invariants {
			if a, b := all.Invariants[i].Tree, rest.Invariants[i].Tree; fmt.Sprintf("%+v", a) != fmt.Sprintf("%+v", b) {
				t.Fatalf("%s: %+v\nis %+v\n%s", all.Invariants[i].Name, a, b, text)
			}
		}
	})
}

// same reports whether an invariant ended alike.
func same(a, b *sim.InvariantResult) bool {
	return a.Verdict == b.Verdict && (a.Verdict == monitor.Violated && a.At == b.At || a.Verdict != monitor.Violated && a.Margin == b.Margin)
}

// skipModel skips a case whose model contradicts itself; what else breaks is a failure.
func skipModel(t *rapid.T, err error, text string) {
	var b *sim.BrokenError
	if errors.As(err, &b) && b.OfModel() {
		t.Skip(err)
	}
	if b != nil {
		text += "\n" + b.Stack
	}
	t.Fatalf("%v\n%s", err, text)
}
