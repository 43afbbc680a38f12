package sim

import (
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/network"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/station"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A pour is a flow as a rate, which carries items: as many as there would have been messages.
//
// Links carry it as a stream (sim/network, fluid.go), together with messages. A device with
// work serves it as a fluid, apart from messages. What is lost on the way delays everybody's next
// item, so that counts are right and moments nearly so. What is lost, used and stored is counted
// when data are copied, daily and at the end: that is when invariants hear of it.
//
// Who is down tells nothing meanwhile, and a store that is down gets nothing (poursdown.go, sim/data/rest.go):
// counts are those of single messages to the last one. But what many tell at once when they run again is no
// burst on links.
//
// How far that is from the same messages one by one is measured by scenarios/hybrid_test.go, over loads
// of links and stores from 0.01 to 1.5:
//
//	stored, used      0.4 %
//	lost              1.3 %, where that is 8 % or more of what comes; by a store that gets 1.04 of
//	                  what it can serve 6 %, as chance counts for as much there
//	lost in a flood   0.9 %
//	mean at a store   1.6 %, behind a link that is hardly used, busy or full, and 1 % through a flood; that
//	                  is of exponential times, of others see queueing.Behind
//	mean of single    1 % of what messages wait on a link behind a stream that does not fill it, see
//	messages          sim/network, beside.go
//
// What is lost by chance for want of room is counted of links (sim/network, beside.go: 0.3 % of what comes from
// what messages lose, 0.9 % where those who send are periodic, behind another link 1.4 %), and of stores with exponential times: 3 % of what messages lose
// behind a link that is hardly used, a tenth at 0.8 behind one that is used at 0.9 (scenarios/rateschance_test.go);
// with room for 2 it is 2.5 % of what comes too much where both are used at 0.8, and 6 % where at more.
// Stores with other times lose nothing while they keep up, of which Plan.Narrow warns.
//
// By radio (sim/network, voice.go) what is sent, lost, stored and drawn from batteries is within 1 % of the mean of
// ten runs by message, at loads of the channels from 0.04 to 0.5, and within 2 % where duty cycles withhold some
// (scenarios/radio_rates_test.go). One run by message scatters about that, where few tell at a period: who collides
// with whom is drawn once.
//
// Not covered: percentiles of what comes as a rate, and what acts on single messages, which is refused
// (scenarios/compile, rated.go).
type pour struct {
	flow, intake int32
	messages     float64 // a second
	bytes        float64 // of each
	aired        bool    // by radio, somewhere on the way
}

// A basin is a device with work into which is poured.
type basin struct {
	work   int32 // among Book.Works
	device int32
	fluid  *station.Fluid
	takes  float64    // seconds to serve a message, on average
	counts [2]float64 // messages that had come, and that were lost, when it was last looked at
}

func (b *basin) archive(a *snapshot.Archive) {
	b.fluid.Archive(a)
	snapshot.Float(a, &b.counts[0])
	snapshot.Float(a, &b.counts[1])
}

// pour notes of the flow that was added last that it is a rate.
func (p *Plan) pour(w *wire, path *network.Path) {
	if w.rate == 0 {
		return
	}
	flow := len(p.book.Flows) - 1
	size := p.book.Flows[flow].Bytes
	if size == 0 {
		size = network.Size(1)
	}
	latency, aired := vtime.Duration(0), false
	for _, h := range path.Hops {
		link := &p.book.Links[h.Link]
		if latency += link.Latency; link.Radio != nil {
			aired = true
			latency += link.Radio.OnAir(int32(size)) + link.Radio.Jitter/2
		}
	}
	p.pours = append(p.pours, pour{int32(flow), w.carries - 1, w.rate, float64(size), aired})
	p.Data.Intakes[w.carries-1].Rate.Latency = max(1, latency)
}

// makeBasins makes the basins of a plan.
func (p *Plan) makeBasins() (list []basin, err error) {
	for i := range p.book.Works {
		w := &p.book.Works[i]
		size, poured := 0.0, false
		for k := range p.pours {
			if x := &p.pours[k]; p.book.Flows[x.flow].Receiver == w.Device {
				size, poured = max(size, x.bytes), true
			}
		}
		if !poured {
			continue
		}
		b := basin{work: int32(i), device: w.Device}
		if b.fluid, err = station.NewFluid(w.Station.Service, int(size), w.Station.Servers, w.Station.Classes[0].Room); err != nil {
			return nil, fmt.Errorf("%s, to which messages come as a rate: %w", p.book.Name(w.Device), err)
		}
		b.takes, _ = w.Station.Service.Moments(int(size))
		list = append(list, b)
	}
	return list, nil
}

// startPours begins what comes as rates.
func (w *world) startPours() {
	for i := range w.plan.pours {
		x := &w.plan.pours[i]
		if !w.network.Blocks(int(x.flow)) {
			w.network.Surge(int(x.flow), float64(x.messages*x.bytes), 0)
		}
	}
}

// lag says of what comes as rates how much was lost since this was said last.
func (w *world) lag() {
	h, now := &w.holdings, w.kernel.Now()
	if now == h.lagged {
		return
	}
	came := make([]float64, len(w.plan.pours)) // messages, to the device
	for i := range w.plan.pours {
		x := &w.plan.pours[i]
		if w.network.Blocks(int(x.flow)) {
			h.Lag(x.intake, now.Sub(h.lagged))
			continue
		}
		sent, got, influence := w.network.Poured(int(x.flow))
		h.influence |= influence
		if !h.Deaf(x.intake) {
			came[i] = (got - h.got[i]) / x.bytes
		}
		if lost := (sent - h.sent[i]) - (got - h.got[i]); lost > 0 {
			h.Lag(x.intake, x.time(lost/x.bytes/max(1e-9, w.up(x)))) // of those who tell anything
		}
		h.sent[i], h.got[i] = sent, got
	}
	for i := range h.basins {
		w.fill(&h.basins[i], came, now)
	}
	h.lagged = now
}

// came returns how many messages have come to a basin since it was looked at last.
func (w *world) came(b *basin) (messages float64) {
	for i := range w.plan.pours {
		x := &w.plan.pours[i]
		if w.plan.book.Flows[x.flow].Receiver == b.device && !w.network.Blocks(int(x.flow)) && !w.holdings.Deaf(x.intake) {
			_, got, _ := w.network.Poured(int(x.flow))
			messages += (got - w.holdings.got[i]) / x.bytes
		}
	}
	return messages
}

// beside says what of a device with work comes as a rate.
func (w *world) beside(work int32) (l network.Load) {
	for i := range w.holdings.basins {
		if b := &w.holdings.basins[i]; b.work == work {
			now, since, fluid := w.kernel.Now(), w.holdings.lagged, *b.fluid
			if now > since && fluid.Flow(since, w.came(b)/now.Sub(since).Seconds()) != nil {
				continue // lag says so
			}
			c := fluid.Count(now)
			l.Waiting, l.Lost = fluid.Backlog(now), math.Floor(c.Lost)
			if now > 0 {
				l.Used = c.Busy / now.Seconds()
			}
		}
	}
	return l
}

// gaugePours has what comes as rates counted, and shown.
func (w *world) gaugePours() {
	w.lag()
	w.network.Refresh()
}

// time returns how long so many messages take to come.
func (x *pour) time(messages float64) vtime.Duration {
	return vtime.Duration(float64(messages / x.messages * 1e9))
}

// fill lets a basin serve what has come to it since the last time, and loses what it has no
// room for.
func (w *world) fill(b *basin, came []float64, now vtime.Time) {
	h := &w.holdings
	sum, used, share := 0.0, 0.0, 0.0
	for i := range w.plan.pours {
		if x := &w.plan.pours[i]; w.plan.book.Flows[x.flow].Receiver == b.device && came[i] > 0 {
			sum += came[i]
			u, s := w.network.Used(int(x.flow))
			used, share = used+float64(came[i]*u), share+float64(came[i]*s)
		}
	}
	b.fluid.Behind(used/max(sum, 1e-300), share/max(sum, 1e-300))
	if err := b.fluid.Flow(h.lagged, sum/now.Sub(h.lagged).Seconds()); err != nil {
		w.err = err
		return
	}
	c := b.fluid.Count(now)
	offered, lost := c.Offered-b.counts[0], c.Lost-b.counts[1]
	b.counts = [2]float64{c.Offered, c.Lost}
	if lost <= 0 || offered <= 0 {
		return
	}
	for i := range w.plan.pours {
		if x := &w.plan.pours[i]; w.plan.book.Flows[x.flow].Receiver == b.device {
			h.Lag(x.intake, x.time(float64(came[i]*(lost/offered))))
		}
	}
}

// gaugesEvery is how often figures of what comes as rates are looked at, besides when it matters: two
// hundred times in a run, every hour at most and every second at least.
func (p *Plan) gaugesEvery() vtime.Duration {
	every := vtime.Duration(p.Run) / 200
	return max(vtime.Second, min(data.PourEvery, every-every%vtime.Second))
}

// upToDate brings what comes as rates up to the end of the run.
func (w *world) upToDate() {
	if w.holdings.State != nil {
		w.lag()
		w.holdings.Pour(w.kernel.Now())
	}
}

// pouredLoads adds what came as rates to the loads of links and of devices with work.
func (w *world) pouredLoads(loads []Load) []Load {
	if len(w.plan.pours) == 0 {
		return loads
	}
	now := w.kernel.Now()
	for _, l := range w.network.LinkCounts() {
		if l.Poured > 0 {
			loads = append(loads, Load{
				Name: w.plan.LinkName(&l), Link: true, Rate: true, Utilisation: l.Utilisation(now),
				Offered: uint64(math.Round(l.PouredMessages)), Lost: uint64(math.Round(l.SpilledMessages)),
			})
		}
	}
	for i := range w.holdings.basins {
		b := &w.holdings.basins[i]
		c, state := b.fluid.Count(now), w.beside(b.work)
		load := Load{
			Name: w.plan.book.Name(b.device), Rate: true, Utilisation: state.Used,
			Offered: uint64(c.Offered), Lost: uint64(state.Lost), Waiting: int(state.Waiting),
		}
		if c.Served > 0 {
			load.Delay = Delay{Count: uint64(c.Served), Mean: c.Waited/c.Served + b.takes}
		}
		loads = append(loads, load)
	}
	return loads
}

// sentAsRate returns how many messages were sent as rates.
func (w *world) sentAsRate() (n uint64) {
	for i := range w.plan.pours {
		if x := &w.plan.pours[i]; !w.network.Blocks(int(x.flow)) {
			sent, _, _ := w.network.Poured(int(x.flow))
			n += uint64(math.Round(sent / x.bytes))
		}
	}
	return n
}
