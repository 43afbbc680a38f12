package inject_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

var lie = signal.Layer{Op: signal.Const, A: 9}

// at is the time of a step's report.
func at(d vtime.Duration) vtime.Time { return vtime.Time(d) }

func TestAfter(t *testing.T) {
	p := newPlant(t, 0)
	p.attack(10*s, 20*s, lie)
	p.step(inject.Step{Start: inject.After, Previous: 0, Delay: 5 * s, For: 10 * s, Ops: p.over(lie)}, nil)
	p.step(inject.Step{Start: inject.After, Previous: 1, Ops: p.over(lie)}, nil)                       // at once, for good
	p.step(inject.Step{Start: inject.After, Previous: 2, Delay: 7 * s, For: s, Ops: p.over(lie)}, nil) // after it began
	p.step(inject.Step{Start: inject.After, Previous: 5, Ops: p.over(lie)}, nil)
	p.step(inject.Step{Time: at(200 * s), Ops: p.over(lie)}, nil)
	o := p.play()
	for i, want := range []vtime.Time{at(10 * s), at(25 * s), at(35 * s), at(42 * s), vtime.Never, vtime.Never} {
		require.Equal(t, want, o.report(i).Applied, "step %d", i)
	}
	require.Equal(t, vtime.Never, o.report(2).Reverted)
	require.Equal(t, inject.NotTriggered, o.report(4).Outcome)
	require.Equal(t, inject.NotTriggered, o.report(5).Outcome)
}

func TestNeeds(t *testing.T) {
	p := newPlant(t, 0)
	p.attack(10*s, 20*s, signal.Layer{Op: signal.Add, A: 0}) // changes nothing
	p.attack(10*s, 20*s, lie)
	need := func(at vtime.Duration, steps ...int) {
		p.step(inject.Step{Time: vtime.Time(at), For: s, Needs: steps, Ops: p.over(lie)}, nil)
	}
	need(15*s, 0)
	need(15*s, 1)
	need(25*s, 1) // it is over, but it had an effect
	need(5*s, 1)  // not yet
	need(15*s, 1, 0)
	o := p.play()
	applied := func(i int) bool { return o.report(i).Applied != vtime.Never }
	require.False(t, applied(2))
	require.Equal(t, "it needs step 0, which had no effect", o.report(2).Missing)
	require.True(t, applied(3))
	require.True(t, applied(4))
	require.Equal(t, inject.NotTriggered, o.report(5).Outcome)
	require.Equal(t, inject.NotTriggered, o.report(6).Outcome)
}

// A condition on a continuous signal is met at the nanosecond.
func TestWhen(t *testing.T) {
	p := newPlant(t, 0)
	level := p.slot("tower", "level")
	p.step(inject.Step{Start: inject.When, For: 10 * s, Ops: p.over(lie)}, rises(level, 2.05, true))
	p.step(inject.Step{Start: inject.When, Ops: p.over(lie)}, rises(level, 5, true))
	p.step(inject.Step{Start: inject.When, For: s, Ops: p.over(lie)}, rises(level, 2, true)) // true at the start
	o := p.play()
	require.InDelta(t, float64(50*s), float64(o.report(0).Applied), 1)
	require.Equal(t, 10*s, o.report(0).Reverted.Sub(o.report(0).Applied))
	require.Equal(t, inject.NotTriggered, o.report(1).Outcome)
	require.Equal(t, vtime.Time(0), o.report(2).Applied)
}

// flap makes the command of the plc rise at the times that are given, and fall
// half a second before.
func (p *plant) flap(times ...vtime.Duration) *signal.Condition {
	for _, d := range times {
		p.set("plc", "high", d-s, d-900*ms, 1)
		p.set("plc", "low", d, d+100*ms, 4)
	}
	return rises(p.slot("plc", "command"), 0.5, false)
}

func TestWhenSeveralTimes(t *testing.T) {
	applied := func(times int, lasts vtime.Duration) (list []vtime.Time) {
		p := newPlant(t, 0)
		rises := p.flap(10*s, 20*s, 30*s, 40*s)
		p.step(inject.Step{Start: inject.When, Times: times, For: lasts, Ops: p.over(lie)}, rises)
		step := len(p.steps) - 1
		o := p.play()
		for _, e := range o.Story {
			if e.Kind == sim.AppliedStep && e.Index == step {
				list = append(list, e.At)
			}
		}
		return list
	}
	const told = vtime.Time(ms) // until the plc has the reading
	at := func(d vtime.Duration) vtime.Time { return vtime.Time(d) + told }
	require.Equal(t, []vtime.Time{at(10 * s)}, applied(0, s))
	require.Equal(t, []vtime.Time{at(10 * s)}, applied(1, s))
	require.Equal(t, []vtime.Time{at(10 * s), at(20 * s), at(30 * s)}, applied(3, s))
	require.Equal(t, []vtime.Time{at(10 * s), at(20 * s), at(30 * s), at(40 * s)}, applied(9, s))
	require.Equal(t, []vtime.Time{at(10 * s), at(30 * s)}, applied(2, 15*s), "what rises while it lasts is no new time")
}

func (p *plant) command(id, input string, x float64, every vtime.Duration) []inject.Op {
	return []inject.Op{{Kind: inject.CommandOp, Cell: p.slot(id, input), Value: x, Period: every, Unit: p.Rank(id)}}
}

// A command that is given once stands until the next message; the plc sends one
// each second, 2 ms after it. A step of it is over at once, so it can be given
// several times.
func TestCommandOnce(t *testing.T) {
	p := newPlant(t, 0)
	p.step(inject.Step{Time: at(10*s + 500*ms), Ops: p.command("pump", "run", 1, 0)}, nil)
	p.step(inject.Step{Time: at(20*s + 500*ms), Ops: p.command("pump", "run", 0, 0)}, nil) // as it is
	p.step(inject.Step{Start: inject.When, Times: 3, Ops: p.command("desk", "reads", 77, 0)}, p.flap(50*s, 60*s, 70*s))
	o := p.play()
	require.Equal(t, []sim.Change{{At: at(0)}, {At: at(10*s + 500*ms), Value: 1}, {At: at(11*s + 2*ms)}}, o.changes("pump.run")[:3])
	require.Equal(t, inject.Applied, o.report(0).Outcome)
	require.Equal(t, inject.NoEffect, o.report(1).Outcome)
	require.Equal(t, uint64(3), o.report(len(p.steps)-1).Effects)
}

func TestCommandEvery(t *testing.T) {
	p := newPlant(t, 0)
	p.step(inject.Step{Time: at(10*s + 100*ms), For: 2 * s, Ops: p.command("pump", "run", 1, 400*ms)}, nil)
	o := p.play()
	want := []sim.Change{{At: 0}}
	for _, d := range []vtime.Duration{10*s + 100*ms, 11*s + 300*ms} { // it wins till the plc speaks
		want = append(want, sim.Change{At: at(d), Value: 1}, sim.Change{At: at(d.Truncate(s) + s + 2*ms)})
	}
	require.Equal(t, want, o.changes("pump.run")[:5])
	require.Equal(t, uint64(2), o.report(0).Effects, "the others found it so")
}

// When a step begins again, what is left of its last time is void.
func TestCommandEveryAgain(t *testing.T) {
	p := newPlant(t, 0)
	p.step(inject.Step{Start: inject.When, Times: 2, For: 7 * s, Ops: p.command("desk", "reads", 77, 5*s)}, p.flap(10*s, 19*s))
	o := p.play()
	var given []vtime.Time
	for _, c := range o.changes("desk.reads") {
		if c.Value == 77 {
			given = append(given, c.At)
		}
	}
	const plc = ms
	require.Equal(t, []vtime.Time{at(10*s + plc), at(15*s + plc), at(19*s + plc), at(24*s + plc)}, given)
}

// A command that is forced at the input wins over every message.
func TestCommandForced(t *testing.T) {
	p := newPlant(t, 0)
	p.Force("pump", "run")
	op := inject.Op{Kind: inject.LayerOp, Point: p.StatePoint(p.slot("pump", "run")), Layer: signal.Layer{Op: signal.Const, A: 1}}
	p.step(inject.Step{Time: at(10 * s), For: 20 * s, Ops: []inject.Op{op}}, nil)
	o := p.play()
	require.Equal(t, []sim.Change{{At: 0}, {At: at(10 * s), Value: 1}, {At: at(30 * s)}}, o.changes("pump.run")[:3])
	require.Equal(t, o.changes("pump.run"), o.changes("pump.running"))
}

// Nobody hears a command while the device is down.
func TestCommandToADeviceThatIsDown(t *testing.T) {
	p := newPlant(t, 0)
	p.crash("pump", 10*s, 20*s)
	p.step(inject.Step{Time: at(15 * s), Ops: p.command("pump", "run", 1, 0)}, nil)
	require.Equal(t, inject.NoEffect, p.play().report(1).Outcome)
}

func (p *plant) crash(id string, from, to vtime.Duration, more ...inject.Op) {
	ops := append([]inject.Op{{Kind: inject.CrashOp, Unit: p.Rank(id)}}, more...)
	p.step(inject.Step{Kind: inject.Fault, Time: vtime.Time(from), For: to - from, Ops: ops}, nil)
}

// What is down hears and tells nothing; then it goes on. Twice down is down until
// both are over.
func TestCrash(t *testing.T) {
	p := newPlant(t, 0)
	p.crash("plc", 10*s, 20*s)
	p.crash("gauge", 30*s, 40*s)
	p.crash("desk", 50*s, 60*s)
	p.crash("desk", 55*s, 65*s)
	o := p.play()
	for i := range 70 {
		want, desk := told(i), told(i)
		switch {
		case i >= 10 && i < 20:
			want = told(9)
		case i >= 30 && i < 40:
			want, desk = told(29), told(29)
		case i >= 50 && i < 65:
			desk = told(49)
		}
		require.Equal(t, want, o.read(i), "plc, second %d", i)
		require.Equal(t, desk, o.reading("desk", i), "desk, second %d", i)
	}
	for i := range p.steps {
		require.Equal(t, inject.Applied, o.report(i).Outcome)
	}
}

// Volatile memory is lost in a crash: after the restart it is what it was at the
// start.
func TestRestart(t *testing.T) {
	p := newPlant(t, 0)
	p.set("plc", "low", 10*s, 11*s, 4) // latches the command
	p.crash("plc", 20*s, 30*s+500*ms, inject.Op{Kind: inject.RestoreOp, Cell: p.slot("plc", "command"), Value: 0})
	o := p.play()
	require.Equal(t, []sim.Change{{At: 0}, {At: at(10*s + ms), Value: 1}, {At: at(30*s + 500*ms)}}, o.changes("plc.command"))
	require.Equal(t, 1.0, o.at("pump.run", 31*s), "nobody was told yet")
	require.Equal(t, 0.0, o.at("pump.run", 31*s+2*ms))
}

// Without power a valve stays where it is; when power is back it goes on, to
// where it is commanded then.
func TestPowerLoss(t *testing.T) {
	p := newPlant(t, 0)
	p.set("plc", "low", 10*s, 11*s, 4)  // open, from 10.002 s on
	p.set("plc", "high", 16*s, 17*s, 1) // close, while there is no power
	op := inject.Op{Kind: inject.PowerOp, Unit: p.Rank("valve"), Point: p.StatePoint(p.slot("valve", "powered")), Layer: signal.Layer{Op: signal.Const}}
	p.step(inject.Step{Kind: inject.Fault, Time: at(14*s + 2*ms), For: 6 * s, Ops: []inject.Op{op}}, nil)
	o := p.play()
	require.InDelta(t, 0.4, o.at("valve.position", 14*s+2*ms), 1e-9)
	require.InDelta(t, 0.4, o.at("valve.position", 20*s+2*ms), 1e-9)
	require.InDelta(t, 0.2, o.at("valve.position", 22*s+2*ms), 1e-9, "it was told to close when nobody listened, and is told again at 21 s")
	require.Equal(t, 0.0, o.at("valve.position", 30*s))
}

// A clock that runs twice as fast samples twice as often.
func TestClockDrift(t *testing.T) {
	p := newPlant(t, 0)
	p.step(inject.Step{Kind: inject.Fault, Time: at(10 * s), For: 20 * s, Ops: []inject.Op{{Kind: inject.DriftOp, Unit: p.Rank("gauge"), Rate: 1}}}, nil)
	o := p.play()
	var samples []vtime.Duration
	for _, c := range o.changes("gauge.level")[9:] {
		samples = append(samples, vtime.Duration(c.At))
	}
	require.Equal(t, []vtime.Duration{9 * s, 10 * s, 10*s + 500*ms, 11 * s}, samples[:4])
	require.Equal(t, []vtime.Duration{29*s + 500*ms, 30 * s, 31 * s}, samples[40:43])
}

func TestDisturbances(t *testing.T) {
	p := newPlant(t, 0)
	disturb := func(from, to vtime.Duration, receiver string, d network.Disturbance) {
		p.step(inject.Step{Time: vtime.Time(from), For: to - from}, nil, sim.Disturb{Sender: "gauge", Receiver: receiver, Disturbance: d})
	}
	disturb(10*s, 20*s, "plc", network.Disturbance{Loss: 1})
	disturb(30*s, 40*s, "desk", network.Disturbance{Loss: 1})
	disturb(50*s, 60*s, "plc", network.Disturbance{Delay: 5 * s})
	disturb(70*s, 80*s, "", network.Disturbance{Loss: 1})
	disturb(70*s, 80*s, "float", network.Disturbance{Loss: 1}) // no such flow
	o := p.play()
	for i := range 90 {
		plc, desk := told(i), told(i)
		switch {
		case i >= 10 && i < 20:
			plc = told(9)
		case i >= 30 && i < 40:
			desk = told(29)
		case i >= 50 && i < 64: // in order: what follows waits
			plc = told(max(49, i-5))
		case i >= 70 && i < 80:
			plc, desk = told(69), told(69)
		}
		require.Equal(t, plc, o.read(i), "plc, second %d", i)
		require.Equal(t, desk, o.reading("desk", i), "desk, second %d", i)
	}
	for i := range 4 {
		require.Equal(t, inject.Applied, o.report(i).Outcome)
	}
	require.Equal(t, uint64(10), o.report(0).Effects)
	require.Equal(t, inject.NoEffect, o.report(4).Outcome)
}

// What changes nothing that anybody saw had no effect.
func TestNoEffect(t *testing.T) {
	p := newPlant(t, 0)
	p.step(inject.Step{Kind: inject.Fault, Time: at(10 * s), Ops: []inject.Op{
		{Kind: inject.LayerOp, Point: p.FaultPoints("float", "tripped")[0], Layer: signal.Layer{Op: signal.Hold}},
	}}, nil)
	p.attack(10*s, 20*s, signal.Layer{Op: signal.Scale, A: 1})
	private := inject.Op{Kind: inject.LayerOp, Point: p.PrivatePoints("gauge", "level", "plc")[0], Layer: lie}
	p.step(inject.Step{Time: at(30*s + 100*ms), For: 800 * ms, Ops: []inject.Op{private}}, nil) // between two messages
	p.step(inject.Step{Time: at(30*s + 200*ms), For: 500 * ms, Ops: []inject.Op{private}}, nil)
	o := p.play()
	for i := range p.steps {
		require.Equal(t, inject.NoEffect, o.report(i).Outcome, "step %d", i)
		require.Zero(t, o.report(i).Effects)
	}
}
