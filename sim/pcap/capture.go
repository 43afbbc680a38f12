package pcap

import (
	"fmt"
	"io"
	"strconv"
	"time"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

// A Capture writes what a run sends over its network. It is the run's sim.Tap.
type Capture struct {
	w     *Writer
	flows []route
	held  held
	err   error
}

// NewCapture begins a capture of all that a run of a plan sends; the run is
// given it with sim.Capture. The
// version is that of the tool, which the capture names beside scenario and seed.
func NewCapture(out io.Writer, p *sim.Plan, seed uint64, version string) (*Capture, error) {
	traffic := p.Traffic()
	start := time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC)
	if p.Starts != 0 {
		start = time.Unix(p.Starts, 0)
	}
	about := fmt.Sprintf("%s, seed %d, simulated by harmproof %s", p.Name, seed, version)
	w, err := New(out, Config{Zones: traffic.Zones, Start: start, About: about})
	if err != nil {
		return nil, err
	}
	c := &Capture{w: w, held: held{open: map[key]*event{}}}
	for i := range traffic.Flows {
		r, err := w.route(&traffic.Flows[i])
		if err != nil {
			return nil, err
		}
		c.flows = append(c.flows, r)
	}
	return c, nil
}

// Err returns why nothing more can be written.
func (c *Capture) Err() error { return c.err }

// Close writes what is held back, and what is still in a buffer. It does not close
// what the capture is written to.
func (c *Capture) Close() error {
	c.flush(0)
	if err := c.w.Close(); c.err == nil {
		c.err = err
	}
	return c.err
}

// Sent implements sim.Tap.
func (c *Capture) Sent(p *network.Packet, cause string) { c.send(p, cause) }

// send holds a message until it is known what becomes of it.
func (c *Capture) send(p *network.Packet, cause string) *event {
	r := &c.flows[p.Flow]
	e := c.held.add()
	e.key, e.at = r.key(p), p.At
	e.comment = r.said(e.comment[:0], p, cause)
	for i := range r.items {
		x := 0.0 // of what is sent without values
		if i < len(p.Values) {
			x = shown(&r.items[i], p.Values[i])
		}
		e.values = append(e.values, x)
	}
	if p.Request {
		e.values = e.values[:0]
	}
	c.held.open[e.key] = e
	return e
}

// Gone implements sim.Tap.
func (c *Capture) Gone(p *network.Packet, end sim.Ending, cause string) {
	if end.Fate == network.Blocked || end.Fate == network.NeedsLogin {
		c.send(p, cause)
	}
	key := c.flows[p.Flow].key(p)
	e := c.held.open[key]
	delete(c.held.open, key)
	lost := end.Fate != network.Arrived && end.Fate != network.Refused
	if e != nil {
		e.settled = true
		switch {
		case lost:
			e.lost = end.Why
		case end.Why != "":
			e.comment = append(append(e.comment, "; "...), end.Why...)
		}
	}
	if e == nil || !lost {
		a := c.held.add()
		a.key, a.at, a.arrival, a.settled = key, p.At, true, true
		a.comment = append(a.comment[:0], end.Why...)
		a.refusal = end.Refusal
		if lost {
			a.lost = end.Why
		}
	}
	c.flush(mostHeld)
}

// flush writes what is settled, in the order of time, and what is held beyond so many.
func (c *Capture) flush(most int) {
	for {
		e := c.held.first(most)
		if e == nil {
			return
		}
		if c.err == nil {
			c.err = c.write(e)
		}
		c.held.drop()
	}
}

func (c *Capture) write(e *event) error {
	if e.arrival {
		return c.w.Arrive(Arrival{
			At: e.at, Flow: e.flow, Number: e.number, Response: e.response, Refusal: e.refusal, Lost: e.lost, Comment: string(e.comment),
		})
	}
	return c.w.Send(Message{
		At: e.at, Flow: e.flow, Number: e.number, Response: e.response, Values: e.values, Lost: e.lost, Comment: string(e.comment),
	})
}

// said appends what is said of a message: "write 17, plc > pump: plc decides: reading".
func (r *route) said(b []byte, p *network.Packet, cause string) []byte {
	between := r.there
	if r.asked && !p.Request {
		b, between = append(b, "answer to "...), r.back
	}
	b = strconv.AppendUint(append(append(b, r.verb...), ' '), p.Serial, 10)
	if p.Again > 0 {
		b = append(b, " again"...)
	}
	return append(append(append(append(b, ", "...), between(p.Member)...), ": "...), cause...)
}
