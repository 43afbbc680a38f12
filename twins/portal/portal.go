package portal

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of a portal.
type Spec struct {
	Repeats vtime.Duration `twin:"repeats" default:"0s" doc:"it asks again after so long, and again, until it hears that it was done by erased, opted_out or answered, as wired to it; 0: never"`
}

type portal struct {
	spec     Spec
	requests [3]request
}

// A request is what is asked for by a report, and what tells that it was done.
type request struct {
	report *device.ReportOut[int]
	done   *device.In[int]
	timer  *device.Timer
}

// New returns a portal with which nobody has asked for anything.
func New(s Spec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	if s.Repeats != 0 && s.Repeats < vtime.Minute {
		return nil, device.Invalid("repeats", "must be a minute or more")
	}
	return &portal{spec: s}, nil
}

// Kind describes the portal to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "portal",
		Summary: "where people ask for erasure, access, and to be left alone",
		Text: `A step of the timeline asks with it: act: ask, person: resident[3],
right: erasure, with: phone. With a count it is one for each person, such as an
app on phones. Stores that are wired to it hear of that by messages: erases:
phone.erasure, stops: phone.opt_out, answers: phone.access. Who withdraws
(right: withdraw) or objects (right: object) tells that by opt_out as well.

With repeats: 1d it asks again every day until it hears that it was done: by
erased:, opted_out: and answered:, such as erased: readings.erased. What nobody
would tell, it asks for once. A store tells once that it has done something: if
that is lost, the portal goes on.`,
		Source:  "GDPR (Regulation (EU) 2016/679) Art. 7, 12, 15, 17, 21",
		Example: "phone:\n  is: portal\n  count: 100",
	}, Spec{}, New)
}

// Look implements device.Looker.
func (*portal) Look() device.Look { return device.Look{Icon: "phone"} }

// Declare implements device.Device.
func (d *portal) Declare(p *device.Ports) {
	for i, r := range []struct{ asks, doc, done string }{
		{"erasure", "who asked to be forgotten last, by their number", "erased"},
		{"opt_out", "who opted out, withdrew or objected last, by their number and the purpose", "opted_out"},
		{"access", "who asked what is known of them last, by their number", "answered"},
	} {
		a := &d.requests[i]
		a.report = device.Report(p, r.asks, unit.One, 0, device.Doc(r.doc))
		if d.spec.Repeats == 0 {
			continue
		}
		a.done = device.Told[int](p, r.done, unit.One, device.Optional(unheard), device.Doc("whose request was done last: it is not repeated"))
		a.timer = p.Timer("ask again: "+r.asks, func(c *device.Context) { d.again(c, a) }, a.report, a.done)
		p.OnChange("asked: "+r.asks, func(c *device.Context) { d.wait(c, a) }, a.report)
	}
}

// unheard is what is said to have been done where nothing is wired that would say so.
const unheard = -1

// addressed is from where on a number names whom somebody asks, too (sim/data.Addressed); who did it leaves that out.
const addressed = 1 << 40

// settled reports whether nothing was asked for, or that was done, or nobody would say so.
func (d *portal) settled(c *device.Context, a *request) bool {
	asked, done := a.report.Get(c), a.done.Get(c)
	return asked == 0 || done == unheard || float64(done) == math.Mod(float64(asked), addressed)
}

// wait waits for a request to be done.
func (d *portal) wait(c *device.Context, a *request) {
	if !d.settled(c, a) {
		c.Start(a.timer, d.spec.Repeats)
	}
}

// again asks again for what was not done.
func (d *portal) again(c *device.Context, a *request) {
	if !d.settled(c, a) {
		a.report.Set(c, a.report.Get(c))
		c.Start(a.timer, d.spec.Repeats)
	}
}
