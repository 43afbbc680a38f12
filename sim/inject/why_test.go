package inject_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/monitor/formula"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// The chain of causes leads to the injection, whatever sort it is of: one that
// shows another value, to all or to one alone, one that keeps a message away or
// late, one that takes a device down. What is over long ago is not blamed.
func TestWhyLeadsToTheInjection(t *testing.T) {
	disturb := func(d network.Disturbance) func(*plant) {
		return func(p *plant) {
			p.step(inject.Step{Name: "it", Time: at(15 * s)}, nil, sim.Disturb{Sender: "plc", Receiver: "pump", Disturbance: d})
		}
	}
	layer := func(point func(p *plant) int) func(*plant) {
		return func(p *plant) {
			op := inject.Op{Kind: inject.LayerOp, Point: point(p), Layer: signal.Layer{Op: signal.Const, A: 1}}
			p.step(inject.Step{Name: "it", Time: at(15 * s), Ops: []inject.Op{op}}, nil)
		}
	}
	for name, do := range map[string]func(*plant){
		"block":         disturb(network.Disturbance{Loss: 1}),
		"delay":         disturb(network.Disturbance{Delay: 50 * s}),
		"spoof":         layer(func(p *plant) int { return p.ReportPoints("gauge", "level")[0] }),
		"spoof one":     layer(func(p *plant) int { return p.PrivatePoints("gauge", "level", "plc")[0] }),
		"spoof command": layer(func(p *plant) int { return p.PrivatePoints("plc", "command", "pump")[0] }),
		"crash":         func(p *plant) { p.crash("plc", 15*s, 0) },
		"old block, then crash": func(p *plant) {
			p.step(inject.Step{Name: "old", Time: at(5 * s), For: 2 * s}, nil, sim.Disturb{Sender: "plc", Receiver: "pump", Disturbance: network.Disturbance{Loss: 1}})
			p.crash("plc", 15*s, 0)
		},
	} {
		t.Run(name, func(t *testing.T) {
			p := newPlant(t, 0)
			p.set("plc", "low", 10*s, 11*s, 4)   // the pump runs
			p.set("plc", "high", 20*s, 100*s, 2) // and should stop
			do(p)
			step := len(p.steps) - 1
			running := p.slot("pump", "running")
			stopped := &signal.Condition{
				Holds:  func(v []float64, _ int) bool { return v[running] == 0 },
				Margin: func(v []float64, _ int) float64 { return 0.5 - v[running] },
				Reads:  []signal.Read{{Slot: running, Count: 1}},
			}
			p.rule = []sim.Invariant{{
				Name: "stops", Atoms: []*signal.Condition{rises(p.slot("tower", "level"), 2.021, true), stopped},
				Formula: formula.New(formula.Always, formula.New(formula.Implies,
					formula.Of(0), formula.In(formula.Eventually, 0, vtime.Second, formula.Of(1)))),
			}}
			causes, err := p.play().Why("stops")
			require.NoError(t, err)
			require.NotEmpty(t, causes)
			last := causes[len(causes)-1]
			require.Equal(t, sim.InjectionCause, last.Kind, "%v", causes)
			require.Equal(t, step, last.Injection)
			require.GreaterOrEqual(t, last.At, at(15*s))
		})
	}
}
