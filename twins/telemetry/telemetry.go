package telemetry

import (
	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of telemetry.
type Spec struct {
	Every   vtime.Duration `twin:"every" above:"0s" doc:"how far apart readings are; on average where they come at random"`
	Jitter  vtime.Duration `twin:"jitter" default:"0s" min:"0s" doc:"each reading comes up to so much later"`
	Random  bool           `twin:"random" default:"false" doc:"readings come at random times"`
	InStep  bool           `twin:"in_step" default:"false" doc:"all members tell at the same times"`
	Rejoins vtime.Duration `twin:"rejoins" default:"0s" min:"0s" doc:"when it runs again after it was down, its first reading comes within so long; 0s: at once"`
	AsRate  bool           `twin:"as_rate" default:"false" doc:"single messages do not matter: stores take in as many as there would be"`
}

type telemetry struct {
	spec    Spec
	reading *device.ReportOut[float64]
	luck    *device.Chance
	delay   *device.Out[float64] // of the last reading
	due     *device.Out[float64] // when the next reading is, in seconds since the start
	tick    *device.Timer
}

// Kind describes telemetry to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "telemetry",
		Summary: "tells readings again and again: meters, trackers, locks, city sensors",
		Text: `reading is how many there were. They come every period, each member at a
moment of its own within it (in_step: all at once), each up to jitter later;
random: at the times of a Poisson process. rejoins: 10s has all that were down
when their readings were due come back as a burst does, each at a moment that is
distributed as Beta(3, 4) over that time (but for those that were due less than
1 % of a period before). as_rate: there are no single messages, but links are as
full and stores get as much as if there were; only stores can be wired to it.

As a rate, against message by message: what is stored and how much is used
differs by 0.4 %, what is lost by 1.3 % (6 % of a store that is hardly
overloaded), how long it takes on average by 2 %, in a store whose times are
exponential (others: 5 %, 8 % where it is used at 0.9). There are no
percentiles. Who is down tells nothing; that all come back at once fills no
link, and that they stay in step after that and collide on a radio link again
and again is not counted (a warning says so): take single messages for that, or
give them rejoins: of a period. The jitter of links is left out.

Chance: links with little room lose what M/D/1 with bounded work does, within
0.3 % of what comes where readings are random:, 0.9 % where they come every
period, behind one another 1.4 %; a store with exponential times what M/M/c/K
does, and less behind a busy link: within 2.5 % of what comes, 6 % where both
are used at more than 0.8 and two may wait. With other times it loses nothing
while it keeps up: a warning says where that would be more than 0.1 %.

By LoRa what collides is what pure ALOHA says, what duty cycles withhold and
what batteries give is counted, within 2 %: ` + "`harmproof doc lora`" + `.
What acts on single messages is refused: loss:, limit:, checks, drop, block,
delay, link-loss, clock-drift, spoof, a broker that keeps it (takes: of an
mqtt-broker); and in_step where something can be full.`,
		Source:  "periodic reporting with jitter, and Poisson arrivals; bursts: 3GPP TR 37.868, traffic model 2",
		Example: "meter:\n  is: telemetry\n  every: 15m\n  count: 100",
	}, Spec{Every: vtime.Minute}, New)
}

// New returns telemetry that has told nothing yet.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.AsRate && s.Jitter > 0 {
		return nil, device.Invalid("jitter", "is of single messages, and as_rate has none")
	}
	if s.Jitter >= s.Every && !s.Random {
		return nil, device.Invalid("jitter", "must be below every, or readings would overtake one another")
	}
	return &telemetry{spec: s}, nil
}

// Look implements device.Looker.
func (t *telemetry) Look() device.Look { return device.Look{Icon: "antenna"} }

// Rate implements device.Rater.
func (t *telemetry) Rate() *device.Rate {
	if !t.spec.AsRate {
		return nil
	}
	return t.rate()
}

func (t *telemetry) rate() *device.Rate {
	return &device.Rate{Every: t.spec.Every, InStep: t.spec.InStep, Random: t.spec.Random, Rejoins: t.spec.Rejoins}
}

// Declare implements device.Device.
func (t *telemetry) Declare(p *device.Ports) {
	t.reading = device.Report(p, "reading", unit.One, 0.0, device.Doc("how many readings there were"))
	if t.spec.AsRate {
		return
	}
	if t.spec.Random || !t.spec.InStep || t.spec.Jitter > 0 || t.spec.Rejoins > 0 {
		t.luck = p.Chance("moments")
	}
	if t.spec.Jitter > 0 {
		t.delay = device.State(p, "late", unit.Second, 0.0, device.Doc("how late the last reading was"))
	}
	if t.spec.Rejoins > 0 {
		t.due = device.State(p, "due", unit.Second, 0.0, device.Doc("when its next reading is due"))
	}
	t.tick = p.Timer("reading", t.read)
	p.OnStart(func(c *device.Context) { t.next(c, t.first(c)) })
}

// first returns when the first reading comes.
func (t *telemetry) first(c *device.Context) vtime.Duration {
	switch {
	case t.spec.Random:
		return t.gap(c)
	case t.spec.InStep:
		return t.late(c)
	}
	return vtime.Duration(float64(t.luck.Float64(c)*float64(t.spec.Every))) + t.late(c)
}

// read tells a reading, and waits for the next one.
func (t *telemetry) read(c *device.Context) {
	if t.due != nil && vtime.Seconds(vtime.Duration(c.Now()))-t.due.Get(c) > float64(device.WasDown*vtime.Seconds(t.spec.Every)) {
		t.next(c, t.rate().Rejoin(func() float64 { return t.luck.Float64(c) }))
		return
	}
	t.reading.Set(c, t.reading.Get(c)+1)
	t.next(c, t.gap(c))
}

// next waits for the next reading.
func (t *telemetry) next(c *device.Context, d vtime.Duration) {
	if t.due != nil {
		t.due.Set(c, vtime.Seconds(vtime.Duration(c.Now().Add(d))))
	}
	c.Start(t.tick, d)
}

// gap returns how long it is until the next reading. Jitter does not add up: what a reading
// was late the next one is early.
func (t *telemetry) gap(c *device.Context) vtime.Duration {
	switch {
	case t.spec.Random:
		return max(1, vtime.Duration(float64(-detmath.Log(t.luck.Float64(c))*float64(t.spec.Every))))
	case t.spec.Jitter == 0:
		return t.spec.Every
	}
	was := vtime.Duration(float64(t.delay.Get(c) * 1e9))
	return max(1, t.spec.Every-was+t.late(c))
}

// late draws how late a reading is.
func (t *telemetry) late(c *device.Context) vtime.Duration {
	if t.spec.Jitter == 0 {
		return 0
	}
	d := vtime.Duration(float64(t.luck.Float64(c) * float64(t.spec.Jitter)))
	t.delay.Set(c, vtime.Seconds(d))
	return d
}
