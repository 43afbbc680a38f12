package inject_test

import (
	"math"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/rng"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

func round(x float64) float64 { return math.Round(1e3*x) / 1e3 }

// Every operation on what a gauge tells, from 10 s to 20 s. The sample of the
// instant at which it begins already lies, that of the instant at which it ends
// no longer does; to be held or to ramp begins with what was told last.
func TestOperationsOnAReport(t *testing.T) {
	luck := rng.New(1, "it", "")
	for _, test := range []struct {
		name  string
		layer signal.Layer
		want  func(second int) float64
	}{
		{"const", signal.Layer{Op: signal.Const, A: 5}, func(int) float64 { return 5000 }},
		{"add", signal.Layer{Op: signal.Add, A: 0.1}, func(i int) float64 { return told(i) + 100 }},
		{"scale", signal.Layer{Op: signal.Scale, A: 0.5}, func(i int) float64 { return told(i) / 2 }},
		{"drift", signal.Layer{Op: signal.Drift, A: 0.01}, func(i int) float64 { return told(i) + float64(10*(i-10)) }},
		{"ramp", signal.Layer{Op: signal.Ramp, A: -0.01}, func(i int) float64 { return told(9) - float64(10*(i-10)) }},
		{"hold", signal.Layer{Op: signal.Hold}, func(int) float64 { return told(9) }},
		{"noise", signal.Layer{Op: signal.Noise, A: 0.1}, func(i int) float64 {
			return round(told(i) + 100*luck.Normal(uint64(i-10)))
		}},
		{"replay", signal.Layer{Op: signal.Replay}, func(i int) float64 { return told(5 + i%5) }},
	} {
		for _, kind := range []inject.Kind{inject.Attack, inject.Fault} {
			t.Run(test.name+" "+kind.String(), func(t *testing.T) {
				p := newPlant(t, 0)
				ops := p.over(test.layer)
				if test.layer.Op == signal.Replay {
					ops[0].Tape = &signal.Tape{Span: 5 * s}
				}
				p.step(inject.Step{Name: "it", Kind: kind, Time: vtime.Time(10 * s), For: 10 * s, Ops: ops}, nil)
				o := p.play()
				for i := range 30 {
					want := told(i)
					if i >= 10 && i < 20 {
						want = test.want(i)
					}
					require.Equal(t, want, o.read(i), "second %d", i)
					require.Equal(t, want, o.reading("desk", i), "second %d, asked for", i)
				}
				require.Equal(t, round(2.1), round(o.at("tower.level", 100*s)), "the truth is as it was")
				r := o.report(0)
				require.Equal(t, inject.Applied, r.Outcome)
				require.Equal(t, []vtime.Time{vtime.Time(10 * s), vtime.Time(20 * s)}, []vtime.Time{r.Applied, r.Reverted})
			})
		}
	}
}

// Of several on one target: faults before attacks, then the later over the
// earlier, then the place in the file. Ending one uncovers what is beneath.
func TestPrecedence(t *testing.T) {
	p := newPlant(t, 0)
	value := func(x float64) signal.Layer { return signal.Layer{Op: signal.Const, A: x} }
	p.fault(10*s, 40*s, value(1))
	p.attack(25*s, 35*s, value(3))
	p.attack(20*s, 30*s, value(2))
	p.fault(22*s, 60*s, signal.Layer{Op: signal.Add, A: 0.5}) // over the other fault, beneath the attacks
	p.attack(70*s, 80*s, value(7))
	p.attack(70*s, 75*s, value(8))
	o := p.play()
	for _, span := range []struct {
		from, to int
		want     float64
	}{
		{10, 20, 1000}, {20, 25, 2000}, {25, 35, 3000}, {35, 40, 1500}, {70, 75, 8000}, {75, 80, 7000},
	} {
		for i := span.from; i < span.to; i++ {
			require.Equal(t, span.want, o.read(i), "second %d", i)
		}
	}
	for i := 40; i < 60; i++ {
		require.Equal(t, told(i)+500, o.read(i))
	}
	require.Equal(t, told(60), o.read(60))
	require.Equal(t, told(80), o.read(80))
}

// A sensor that gets stuck under a spoof is stuck at its own reading.
func TestStuckUnderASpoof(t *testing.T) {
	p := newPlant(t, 0)
	p.attack(10*s, 30*s, signal.Layer{Op: signal.Const, A: 9})
	p.fault(20*s, 50*s, signal.Layer{Op: signal.Hold})
	o := p.play()
	require.Equal(t, 9000.0, o.read(29))
	for i := 30; i < 50; i++ {
		require.Equal(t, told(19), o.read(i))
	}
	require.Equal(t, told(50), o.read(50))
}

// Where one step ends and another begins, the one is over before the other
// begins, whatever their places.
func TestEndsComeBeforeBegins(t *testing.T) {
	for _, second := range []bool{false, true} {
		p := newPlant(t, 0)
		spoof := func() { p.attack(10*s, 20*s, signal.Layer{Op: signal.Const, A: 9}) }
		if !second {
			spoof()
		}
		p.attack(20*s, 30*s, signal.Layer{Op: signal.Ramp, A: 0.001})
		if second {
			spoof()
		}
		o := p.play()
		require.Equal(t, 9000.0, o.read(19))
		require.Equal(t, told(19), o.read(20), "from the truth")
		for i := range p.steps {
			require.Equal(t, inject.Applied, o.report(i).Outcome)
			require.Equal(t, 10*s, o.report(i).Reverted.Sub(o.report(i).Applied))
		}
	}
}

// An attack on what one receiver is told leaves the others alone, and lies over
// what is done to all.
func TestOneReceiver(t *testing.T) {
	p := newPlant(t, 0)
	tape := &signal.Tape{Span: 5 * s}
	private := func(kind inject.Kind, from, to vtime.Duration, l signal.Layer, tape *signal.Tape) {
		op := inject.Op{Kind: inject.LayerOp, Point: p.PrivatePoints("gauge", "level", "plc")[0], Layer: l, Tape: tape}
		p.step(inject.Step{Kind: kind, Time: vtime.Time(from), For: to - from, Ops: []inject.Op{op}}, nil)
	}
	private(inject.Attack, 10*s, 20*s, signal.Layer{Op: signal.Replay}, tape)
	private(inject.Fault, 30*s, 50*s, signal.Layer{Op: signal.Add, A: 1}, nil)
	p.attack(40*s, 60*s, signal.Layer{Op: signal.Const, A: 5})
	private(inject.Attack, 45*s, 55*s, signal.Layer{Op: signal.Ramp, A: 0.1}, nil)
	o := p.play()
	for i := range 70 {
		plc, desk := told(i), told(i)
		switch {
		case i >= 10 && i < 20:
			plc = told(5 + i%5)
		case i >= 30 && i < 40:
			plc = told(i) + 1000
		case i >= 40 && i < 60:
			plc, desk = 5000, 5000
			if i < 45 {
				plc = 6000
			} else if i < 55 {
				plc = 6000 + float64(100*(i-45)) // from what it was told last
			}
		}
		require.Equal(t, plc, o.read(i), "plc, second %d", i)
		require.Equal(t, desk, o.reading("desk", i), "desk, second %d", i)
	}
	for i := range p.steps {
		require.Equal(t, inject.Applied, o.report(i).Outcome)
	}
}

// A fault of a contact reaches those who are hard-wired to it; an attack on the
// network does not.
func TestContact(t *testing.T) {
	run := func(wired bool) outcome {
		p := newPlant(t, 0)
		p.set("plc", "low", 10*s, 100*s, 4) // on
		point := p.ReportPoints("float", "tripped")[0]
		if wired {
			point = p.FaultPoints("float", "tripped")[0]
		}
		op := inject.Op{Kind: inject.LayerOp, Point: point, Layer: signal.Layer{Op: signal.Const, A: 1}}
		p.step(inject.Step{Kind: inject.Fault, Time: vtime.Time(20 * s), For: 10 * s, Ops: []inject.Op{op}}, nil)
		return p.play()
	}
	for _, wired := range []bool{false, true} {
		o := run(wired)
		require.Equal(t, 1.0, o.at("pump.running", 15*s))
		require.Equal(t, wired, o.at("pump.running", 20*s) == 0, "in the instant itself")
		require.Equal(t, 1.0, o.at("pump.running", 30*s))
		require.Equal(t, 0.0, o.at("float.tripped", 25*s), "the float itself has not tripped")
	}
}

// set changes a setting for a while.
func (p *plant) set(id, name string, from, to vtime.Duration, x float64) {
	op := inject.Op{Kind: inject.LayerOp, Point: p.StatePoint(p.slot(id, name)), Layer: signal.Layer{Op: signal.Const, A: x}}
	p.step(inject.Step{Kind: inject.Act, Time: vtime.Time(from), For: to - from, Ops: []inject.Op{op}}, nil)
}

// An actuator that is stuck keeps its position, one that is slow is slow; what
// happens to both at once multiplies.
func TestActuator(t *testing.T) {
	position := func(from, to vtime.Duration, factors ...float64) outcome {
		p := newPlant(t, 0)
		p.set("plc", "low", 10*s, 100*s, 4)
		for _, f := range factors {
			op := inject.Op{Kind: inject.LayerOp, Point: p.StatePoint(p.Factor("valve", "position", 0)), Layer: signal.Layer{Op: signal.Scale, A: f}}
			p.step(inject.Step{Kind: inject.Fault, Time: vtime.Time(from), For: to - from, Ops: []inject.Op{op}}, nil)
		}
		return p.play()
	}
	const begin = 10*s + 2*ms // reading and command take 1 ms each
	for _, test := range []struct {
		factors []float64
		speed   float64
	}{{nil, 1}, {[]float64{0}, 0}, {[]float64{0.25}, 0.25}, {[]float64{0, 0.25}, 0}, {[]float64{0.5, 0.25}, 0.125}} {
		o := position(begin+4*s, begin+8*s, test.factors...)
		require.InDelta(t, 0.4, o.at("valve.position", begin+4*s), 1e-9)
		require.InDelta(t, 0.4+0.4*test.speed, o.at("valve.position", begin+8*s), 1e-9)
		require.Equal(t, 1.0, o.at("valve.opened", begin+10*s+vtime.Duration(4e9*(1-test.speed))+1))
		require.Equal(t, 0.0, o.at("valve.opened", begin+10*s+vtime.Duration(4e9*(1-test.speed))-2))
	}
}

// Noise goes by the number of the sample: what other injections do changes
// nobody's luck, neither the sensor's own nor that of a fault.
func TestLuckOfOthers(t *testing.T) {
	run := func(others bool) outcome {
		p := newPlant(t, 0.01)
		p.fault(5*s, 95*s, signal.Layer{Op: signal.Noise, A: 0.1})
		if others {
			p.attack(20*s, 30*s, signal.Layer{Op: signal.Hold})
			p.fault(20*s+300*ms, 30*s-300*ms, signal.Layer{Op: signal.Noise, A: 0.5})
			p.set("plc", "low", 22*s, 33*s, 4)
		}
		return p.play()
	}
	alone, together := run(false), run(true)
	require.Equal(t, alone.changes("gauge.level"), together.changes("gauge.level"))
	for i := range 100 {
		if i < 20 || i >= 30 {
			require.Equal(t, alone.read(i), together.read(i), "second %d", i)
			require.Equal(t, alone.reading("desk", i), together.reading("desk", i), "second %d", i)
		}
	}
	require.NotEqual(t, alone.read(25), together.read(25))
}
