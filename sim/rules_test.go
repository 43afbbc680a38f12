package sim_test

import (
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// always is that the first condition holds at all times.
var always = formula.New(formula.Always, formula.Of(0))

// neverFor is that the first condition never lasts so long.
func neverFor(d vtime.Duration) *formula.Formula {
	return formula.New(formula.Always, formula.New(formula.Not, formula.In(formula.Always, 0, d, formula.Of(0))))
}

// answered is that whenever the first condition holds, the second does so soon.
func answered(within vtime.Duration) *formula.Formula {
	return formula.New(formula.Always, formula.New(formula.Implies, formula.Of(0), formula.In(formula.Eventually, 0, within, formula.Of(1))))
}

func atoms(list ...*signal.Condition) []*signal.Condition { return list }
