package sim

import (
	"math"

	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// What members of a device send by radio as a rate has them on the air, and draws on their batteries, as long as
// they run: on average as their messages would, from one to the next (network.Admitted).

// makeVoices says who sends what goes by radio as a rate.
func (w *world) makeVoices() {
	w.holdings.silences = make([][]silence, len(w.plan.pours))
	for i := range w.plan.pours {
		if x := &w.plan.pours[i]; x.aired {
			rate := w.plan.Data.Intakes[x.intake].Rate
			every := vtime.Seconds(rate.Every)
			w.network.Senders(int(x.flow), max(1, int(math.Round(float64(x.messages*every)))), x.bytes/every, rate.Random)
			w.network.AsRate = w.onAirAsRate
		}
	}
}

// A silence is how long a member of a device has been down that tells something as a rate.
type silence struct {
	down  bool
	since vtime.Time
	all   vtime.Duration // but for that which lasts
}

func (s *silence) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &s.down)
	snapshot.Int(a, &s.since)
	snapshot.Int(a, &s.all)
}

// hush notes that a member of a device goes down that tells something as a rate, or runs again.
func (w *world) hush(pour, member int, down bool) {
	h, x := &w.holdings, &w.plan.pours[pour]
	if !x.aired {
		return
	}
	if h.silences[pour] == nil {
		h.silences[pour] = make([]silence, w.plan.Devices[w.plan.book.Flows[x.flow].Sender].Count)
	}
	s, now := &h.silences[pour][member], w.kernel.Now()
	if s.down && !down {
		s.all += now.Sub(s.since)
	}
	s.down, s.since = down, now
}

// onAirAsRate returns how long a member of the system has been on the air by now with what it tells as a rate.
func (w *world) onAirAsRate(member int) (d vtime.Duration) {
	now := w.kernel.Now()
	for i := range w.plan.pours {
		x := &w.plan.pours[i]
		f := &w.plan.book.Flows[x.flow]
		k := member - int(f.SenderAt)
		if !x.aired || k < 0 || k >= w.plan.Devices[f.Sender].Count || f.Member >= 0 && int(f.Member) != k {
			continue
		}
		told := now.Sub(0)
		if list := w.holdings.silences[i]; list != nil {
			s := &list[k]
			if told -= s.all; s.down {
				told -= now.Sub(s.since)
			}
		}
		d += vtime.Duration(float64(float64(told) * w.network.Admitted(int(x.flow))))
	}
	return d
}

// archiveSilences archives how long members were down that tell something by radio as a rate.
func (w *world) archiveSilences(a *snapshot.Archive) {
	h := &w.holdings
	for i := range h.silences {
		snapshot.Slice(a, &h.silences[i], func(a *snapshot.Archive, s *silence) { s.archive(a) })
		if n := len(h.silences[i]); a.Reading() {
			if count := w.plan.Devices[w.plan.book.Flows[w.plan.pours[i].flow].Sender].Count; n != 0 && n != count {
				a.Fail("of %d who tell something by radio there are %d", count, n)
				h.silences[i] = nil
			}
			if n == 0 {
				h.silences[i] = nil
			}
		}
	}
}
