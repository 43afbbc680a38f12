package station

import (
	"errors"
	"fmt"
	"math"

	"github.com/harmproof/harmproof/sim/detmath"
	"github.com/harmproof/harmproof/sim/queueing"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Fluid is a station to which messages come as a rate. What waits is the time that an
// arrival would: it knows of no classes.
//
// Where times are exponential and there is limited room some are lost by chance while the servers keep up:
// in the stationary state as many as of M/M/c/K (queueing.Refused), behind a busy link fewer (chance). Of other times
// there is no closed form.
type Fluid struct {
	servers      int
	mean, second float64 // moments of the service times, seconds
	most         float64 // seconds that who comes last waits when there is no more room
	room         int     // places to wait, Unlimited where what is lost by chance is not known

	rate  float64 // state: messages a second
	link  float64 // state: how much of the link before it is used, from which they come the more evenly
	share float64 // state: what share they are of what comes from there
	wait  float64 // state: seconds that an arrival would wait, at since
	since vtime.Time
	count FluidCount
}

// A FluidCount is what a Fluid has carried, in messages.
type FluidCount struct {
	Offered float64
	Lost    float64 // for want of room
	Served  float64 // Offered less Lost, whether they have left or wait
	Busy    float64 // seconds that each server worked, on average
	Waited  float64 // seconds that Served wait, all together
	Most    float64 // seconds that one waited at most, on average
}

// NewFluid returns a station that begins empty at time 0: with such service times of messages
// of a size, so many servers, and room for so many to wait.
func NewFluid(service Service, size, servers, room int) (*Fluid, error) {
	m := Model{Servers: servers, Service: service, Classes: []Class{{Room: room}}}
	if err := m.Valid(); err != nil {
		return nil, err
	}
	f := &Fluid{servers: servers, most: math.Inf(1), room: Unlimited}
	f.mean, f.second = service.Moments(size)
	if !(f.mean > 0) {
		return nil, errors.New("a service takes no time: as a rate it would never be full")
	}
	if room != Unlimited {
		f.most = float64(float64(room)*f.mean) / float64(servers)
		if f.exponential() {
			f.room = room
		}
	}
	return f, nil
}

// Flow makes the rate, in messages a second, another one from now on.
func (f *Fluid) Flow(now vtime.Time, rate float64) error {
	if now < f.since {
		return fmt.Errorf("a rate from %v on, after %v", now, f.since)
	}
	if _, err := queueing.MGc(rate, f.mean, f.second, f.servers); err != nil {
		return err
	}
	f.advance(now)
	f.rate = rate
	if floor := f.floor(); !math.IsInf(floor, 1) {
		f.wait = max(f.wait, floor)
	}
	return nil
}

// Behind says how much is used of a link before it, which takes the same time for all messages, and what share
// they are of what that carries: from now on they wait the less. The others take as many away at random,
// and a few of many come as if there were no link (W. Whitt, The Queueing Network Analyzer, 1983).
func (f *Fluid) Behind(link, share float64) { f.link, f.share = link, share }

// Count returns what has been carried up to now.
func (f *Fluid) Count(now vtime.Time) FluidCount {
	then := *f
	then.advance(now)
	return then.count
}

// Wait returns how many seconds a message that comes now waits, on average.
func (f *Fluid) Wait(now vtime.Time) float64 {
	then := *f
	then.advance(now)
	return then.wait
}

// Backlog returns how many messages wait now, on average: those that would be served in the
// time that one more waits, less the rest of that which is being served.
func (f *Fluid) Backlog(now vtime.Time) float64 {
	wait := f.Wait(now)
	rest := f.second / float64(2*float64(f.mean*float64(f.servers)))
	return max(float64(min(f.rate, f.capacity())*min(wait, f.floor())), float64((wait-rest)*f.capacity()))
}

// capacity is how many messages a second the servers serve.
func (f *Fluid) capacity() float64 { return float64(f.servers) / f.mean }

// floor is the wait in the stationary state: +Inf in overload.
func (f *Fluid) floor() float64 {
	s, err := queueing.MGc(f.rate, f.mean, f.second, f.servers)
	if err != nil || s.Load >= 1 {
		return math.Inf(1)
	}
	wait := s.Wq
	if f.room != Unlimited && f.servers == 1 {
		if one, err := queueing.MM1K(f.rate, 1/f.mean, f.room+1); err == nil {
			wait = one.Wq
		}
	}
	return min(float64(wait*f.part(s.Load)), f.most)
}

// part is how long messages wait as a share of how long they would if they came at random.
func (f *Fluid) part(load float64) float64 {
	variation := f.second/float64(f.mean*f.mean) - 1
	return 1 - float64(f.share*(1-queueing.Behind(f.link, load, max(0, variation))))
}

// exponential reports whether the service times have the moments of exponential ones.
func (f *Fluid) exponential() bool {
	return math.Abs(f.second-float64(2*float64(f.mean*f.mean))) <= float64(1e-6*f.second)
}

// chance returns the share that is lost in the stationary state for want of room: of M/M/c/K that is
// (1-load) P / (1 - load P), where P is the share that would find so many there if there were more room. Behind a link
// messages come the more evenly. Then P falls with each place by another factor than the load, as in G/M/1: by that
// which makes them wait as long as they do (part).
func (f *Fluid) chance() float64 {
	if f.room == Unlimited {
		return 0
	}
	share, err := queueing.Refused(f.servers, f.room, float64(f.rate*f.mean))
	if err != nil {
		return 0
	}
	load := f.rate / f.capacity()
	part := f.part(load)
	if share == 0 || load >= 1 || part >= 1 {
		return share
	}
	if part <= 0 {
		return 0
	}
	ratio := float64(part*load) / (1 - load)
	power := detmath.Log(ratio/(1+ratio)) / detmath.Log(load)
	full := detmath.Pow(share/(1-load+float64(load*share)), power)
	return float64((1-load)*full) / (1 - float64(load*full))
}

// advance goes on to now: the wait changes at the rate of the load less one, until the room is
// full or the state stationary.
func (f *Fluid) advance(now vtime.Time) {
	left := vtime.Seconds(max(0, now.Sub(f.since)))
	f.since = max(now, f.since)
	load, floor := f.rate/f.capacity(), f.floor()
	slope, end, busy := load-1, f.most, 1.0
	if load < 1 {
		end, busy = floor, float64(load*(1-f.chance()))
	}
	way := 0.0 // seconds to the end
	if end != f.wait {
		way = max(0, (end-f.wait)/slope) // +Inf where nothing changes
	}
	if part := min(left, way); part > 0 {
		f.span(part, slope, 0, 1)
		left -= part
	}
	if left > 0 {
		f.wait = end
		f.span(left, 0, max(0, f.rate-f.capacity(), float64(f.rate*f.chance())), busy)
	}
}

// span goes on for so many seconds in which the wait changes at a constant rate.
func (f *Fluid) span(seconds, slope, lost, busy float64) {
	c, middle := &f.count, f.wait+float64(slope*float64(seconds/2))
	f.wait += float64(slope * seconds)
	passed := float64((f.rate - lost) * seconds)
	c.Offered += float64(f.rate * seconds)
	c.Lost += float64(lost * seconds)
	c.Served += passed
	c.Busy += float64(busy * seconds)
	c.Waited += float64(passed * middle)
	if passed > 0 {
		c.Most = max(c.Most, f.wait, middle+middle-f.wait)
	}
}

// Archive archives the state and the counts.
func (f *Fluid) Archive(a *snapshot.Archive) {
	c := &f.count
	for _, x := range []*float64{&f.rate, &f.link, &f.share, &f.wait, &c.Offered, &c.Lost, &c.Served, &c.Busy, &c.Waited, &c.Most} {
		snapshot.Float(a, x)
		if a.Reading() && !(*x >= 0 && *x < math.Inf(1)) {
			a.Fail("a rate or a wait of %v", *x)
			*x = 0
		}
	}
	snapshot.Int(a, &f.since)
}
