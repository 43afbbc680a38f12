package main

import "github.com/harmproof/harmproof/sim"

// option samples the signals during the run.
func (t *table) option() sim.Option {
	return sim.Sample(t.every, t.paths, t.row)
}
