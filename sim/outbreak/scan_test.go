package outbreak

import (
	queue "container/heap"
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"github.com/harmproof/harmproof/sim/simtest/trials"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A scan is a host's next try, or its reboot, in a simulation of every single try.
type scan struct {
	at     vtime.Time
	host   int
	reboot bool
	life   int // how often the host had been infected when this was drawn
}

type scans []scan

func (s scans) Len() int           { return len(s) }
func (s scans) Less(i, j int) bool { return s[i].at < s[j].at }
func (s scans) Swap(i, j int)      { s[i], s[j] = s[j], s[i] }
func (s *scans) Push(x any)        { *s = append(*s, x.(scan)) }
func (s *scans) Pop() any {
	last := len(*s) - 1
	x := (*s)[last]
	*s = (*s)[:last]
	return x
}

// scanned is what both simulations are of: hosts in a space of addresses, which lie at its
// beginning.
type scanned struct {
	hosts, space, first int
	rate                float64 // tries a second
	fixed               bool
	reboots, hardens    float64
}

// model is the same for an Outbreak.
func (w scanned) model() *Model {
	m := worm(int32(w.hosts), w.rate)
	c := &m.Classes[0]
	c.Scanners[0].Targets[0].Share = float64(w.hosts) / float64(w.space)
	c.Reboots, c.Hardens = w.reboots, w.hardens
	if w.fixed {
		c.Scanners[0].Every = vtime.FromSeconds(1 / w.rate)
	}
	return m
}

// scanByScan returns when so many infections had been, by simulating every try.
func (w scanned) scanByScan(chance *rand.Rand, marks []int) []float64 {
	var q scans
	state, lives, ever, times := make([]State, w.hosts), make([]int, w.hosts), 0, []float64(nil)
	wait := func() vtime.Duration {
		if w.fixed {
			return vtime.FromSeconds(1 / w.rate)
		}
		return vtime.FromSeconds(chance.ExpFloat64() / w.rate)
	}
	infect := func(h int, now vtime.Time) {
		state[h] = Infected
		lives[h]++
		if ever++; len(times) < len(marks) && ever == marks[len(times)] {
			times = append(times, now.Seconds())
		}
		queue.Push(&q, scan{now.Add(wait()), h, false, lives[h]})
		if w.reboots > 0 {
			queue.Push(&q, scan{now.Add(vtime.FromSeconds(chance.ExpFloat64() / w.reboots)), h, true, lives[h]})
		}
	}
	for h := range w.first {
		infect(h, 0)
	}
	for len(q) > 0 && len(times) < len(marks) {
		s := queue.Pop(&q).(scan)
		switch {
		case state[s.host] != Infected || lives[s.host] != s.life:
		case s.reboot && chance.Float64() < w.hardens:
			state[s.host] = Immune
		case s.reboot:
			state[s.host] = Clean
		default:
			queue.Push(&q, scan{s.at.Add(wait()), s.host, false, s.life})
			if victim := chance.IntN(w.space); victim < w.hosts && state[victim] == Clean {
				infect(victim, s.at)
			}
		}
	}
	for len(times) < len(marks) {
		times = append(times, math.Inf(1))
	}
	return times
}

// hitByHit returns the same of an Outbreak.
func (w scanned) hitByHit(m *Model, seed uint64, marks []int) []float64 {
	o, times := begun(m, seed, w.first), []float64(nil)
	for len(times) < len(marks) && o.Next() != vtime.Never {
		now := o.Next()
		o.Advance(now)
		for len(times) < len(marks) && int(o.Tally(0).Ever) >= marks[len(times)] {
			times = append(times, now.Seconds())
		}
	}
	for len(times) < len(marks) {
		times = append(times, math.Inf(1))
	}
	return times
}

// The times to 10, 50 and 90 % of as many infections as hosts are distributed like those of a
// simulation of every single try: at random times and at a fixed rate, with and without
// reboots, some of which harden.
func TestLikeScanByScan(t *testing.T) {
	trials.Long(t)
	const runs = 200
	marks := []int{60, 300, 540}
	for _, fixed := range []bool{false, true} {
		for _, reboots := range []float64{0, 0.02} {
			w := scanned{hosts: 600, space: 1 << 13, first: 3, rate: 2.5, fixed: fixed, reboots: reboots, hardens: 0.25}
			t.Run(fmt.Sprintf("fixed %v, reboots %v", fixed, reboots), func(t *testing.T) {
				m, chance := w.model(), rand.New(rand.NewPCG(1, 2))
				ours, theirs := make([][]float64, len(marks)), make([][]float64, len(marks))
				for seed := range uint64(runs) {
					a, b := w.hitByHit(m, seed, marks), w.scanByScan(chance, marks)
					for i := range marks {
						ours[i], theirs[i] = append(ours[i], a[i]), append(theirs[i], b[i])
					}
				}
				for i, n := range marks {
					requireAlike(t, ours[i], theirs[i], fmt.Sprintf("time to %d infections", n))
				}
			})
		}
	}
}

// With few addresses and a slow clock the times of tries matter: most of them hit, all of
// them at the same instants of each host.
func TestLikeScanByScanWhereMostTriesHit(t *testing.T) {
	const runs = 1500
	marks := []int{6, 30, 54}
	w := scanned{hosts: 60, space: 80, first: 1, rate: 1, fixed: true, reboots: 0.05, hardens: 0.1}
	m, chance := w.model(), rand.New(rand.NewPCG(3, 4))
	ours, theirs := make([][]float64, len(marks)), make([][]float64, len(marks))
	for seed := range uint64(runs) {
		a, b := w.hitByHit(m, seed, marks), w.scanByScan(chance, marks)
		for i := range marks {
			ours[i], theirs[i] = append(ours[i], a[i]), append(theirs[i], b[i])
		}
	}
	for i, n := range marks {
		requireAlike(t, ours[i], theirs[i], fmt.Sprintf("time to %d infections", n))
	}
}
