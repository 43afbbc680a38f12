package main

import (
	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/viz/view"
)

// newView makes a view in which devices and signals are chosen.
func newView(traces []*trace.Trace, o view.Options, chosen []string) (*view.View, error) {
	v, err := view.New(traces, o)
	if err != nil {
		return nil, err
	}
	choose(v, chosen)
	return v, nil
}

// choose chooses devices and signals.
func choose(v *view.View, list []string) {
	for _, path := range list {
		v.Select(path)
	}
}
