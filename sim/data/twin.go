package data

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Twin is a store as a device: it hears of what comes to it, and of what people ask for,
// by messages, and shows how much it holds. What it holds lies in the State of the run.
type Twin struct {
	*Model
	Store  int32
	Inputs []Input
	// After is by right how long it takes to do what is asked for.
	After [Wired]vtime.Duration
	// Extends is by how much it extends the time that it has, and Told how long after it has heard of
	// a request it tells the person so; 0 where it does not extend it.
	Extends, Told [Wired]vtime.Duration
	Warning       *Warning // nil where nothing warns it of breaches

	// HandsOn says that it is a broker: it hands on at once what comes to it.
	HandsOn bool

	items               *device.ReportOut[float64]
	bytes, people, left *device.Out[float64]
	asked               [Wired]request
	timer               *device.Timer
}

// An Input is a signal by which items come to a store.
type Input struct {
	Name   string
	Type   signal.Type
	Unit   unit.Unit
	Labels []string
}

// A request is how a store hears of a right, and what it tells of having done it.
type request struct {
	heard, news, done *device.Cell
}

// Items is the report of a store by which others copy from it: how many items it holds.
const Items = "items"

// SurveyEvery is how often a store counts what it holds.
const SurveyEvery = vtime.Hour

// Forever is what a store that never becomes full has left, in days.
const Forever = 36500.0

// Look implements device.Looker.
func (t *Twin) Look() device.Look { return device.Look{Icon: "historian"} }

// Declare implements device.Device.
func (t *Twin) Declare(p *device.Ports) {
	for _, in := range t.Inputs {
		told := device.Signal{Name: in.Name, Role: device.RoleTold, Type: in.Type, Unit: in.Unit, Labels: in.Labels, Optional: true, Doc: "by which items come"}
		if t.HandsOn {
			t.handsOn(p, told)
		} else {
			p.Add(told)
		}
	}
	t.items = device.Report(p, Items, unit.One, 0.0, device.Doc("items that it holds, counted every hour"))
	t.bytes = device.State(p, "bytes", unit.One, 0.0, device.Doc("bytes that they take"))
	t.people = device.State(p, "people", unit.One, 0.0, device.Doc("people about whom it has something"))
	if t.Stores[t.Store].Limit > 0 {
		t.left = device.State(p, "days_left", unit.One, Forever, device.Doc("days until it is full, if it goes on as in the last day"))
	}
	for r := range t.asked {
		t.hears(p, Right(r))
	}
	t.timer = p.Timer("do what is asked for", t.due)
	t.warned(p)
	p.OnStart(t.survey)
	p.Every("survey", SurveyEvery, t.survey)
}

// hears declares how the store hears of a right.
func (t *Twin) hears(p *device.Ports, r Right) {
	a := &t.asked[r]
	a.news = p.Add(device.Signal{Name: r.Heard() + "_heard", Role: device.RoleState, Type: signal.Int, Internal: true})
	a.heard = p.Add(device.Signal{
		Name: r.Heard(), Role: device.RoleTold, Type: signal.Int, Unit: unit.One, Optional: true, News: a.news, Doc: "who asks for " + r.String() + ", by their number from 1 on",
	})
	a.done = p.Add(device.Signal{
		Name: r.Done(), Role: device.RoleReport, Type: signal.Int, Unit: unit.One, Doc: "whose request for " + r.String() + " was done last, by their number",
	})
	p.Handle(device.Handler{Name: r.String(), Kind: device.OnChange, Reads: []*device.Cell{a.news}, Do: func(c *device.Context) { t.ask(c, r) }})
}

// ask takes in a request.
func (t *Twin) ask(c *device.Context, r Right) {
	s, due, told := c.Data().(*State), c.Now().Add(t.After[r]), c.Now().Add(t.Told[r])
	if !s.plead(t.Store, r, due, told, t.Extends[r]) { // it came by no flow of the store's own
		s.Hear(t.Store, r, c.Column().V[t.asked[r].heard.At(c.Member())])
		s.plead(t.Store, r, due, told, t.Extends[r])
	}
	t.wait(c, s, 0)
}

// Pace is how long a store takes for a request: thousands that are due at once are not done in no
// time.
const Pace = vtime.Millisecond

// wait arms the timer for what is due next, not before so long a time.
func (t *Twin) wait(c *device.Context, s *State, least vtime.Duration) {
	if q := s.pending[t.Store]; len(q) > 0 {
		c.Start(t.timer, max(least, q[0].At.Sub(c.Now())))
	}
}

// due does what is due, one request at a time: of each it tells.
func (t *Twin) due(c *device.Context) {
	s := c.Data().(*State)
	d, ok := s.next(t.Store, c.Now())
	if ok && s.do(t.Store, d, c.Now()) {
		c.Set(t.asked[d.Right].done, d.Number)
		c.Tell(t.asked[d.Right].done)
	}
	t.wait(c, s, Pace)
}

// survey shows what the store holds.
func (t *Twin) survey(c *device.Context) {
	s := c.Data().(*State)
	s.Pour(c.Now())
	n, bytes := s.Items(t.Store)
	t.items.Set(c, float64(n))
	t.bytes.Set(c, bytes)
	t.people.Set(c, float64(s.subjects[t.Store]))
	if t.left != nil {
		t.left.Set(c, s.daysLeft(t.Store, c.Now(), bytes))
	}
}
