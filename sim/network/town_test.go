package network

import (
	"fmt"
	"slices"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/des"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

const townsfolk = 5

// A town is devices that all speak through the same few links. Cell 1+d is what
// device d says; cell 101+f is what flow f was heard to say.
type town struct {
	*Network
	k      *des.Kernel
	s      *signal.Store
	script *script
	target uint32
	down   []uint16
	masks  []signal.Mask // by device
	logs   []string      // by device: when it heard what
	heard  []int32
}

// A script is all of a town but its state.
type script struct {
	links  []Link
	flows  []Flow
	period [townsfolk]vtime.Duration // of their own talking
	deeds  []deed
}

// A deed is something that an injection does for a while.
type deed struct {
	what     int
	flow     int
	from, to vtime.Time
	loss     float64
	every    vtime.Duration
	value    float64
}

const deeds = 5 // kinds: block, delay, flood, inject, crash

func drawScript(t *rapid.T) *script {
	s := &script{}
	for range rapid.IntRange(1, 4).Draw(t, "links") {
		s.links = append(s.links, Link{
			Latency: vtime.Duration(rapid.IntRange(0, 3).Draw(t, "latency")) * ms, Jitter: vtime.Duration(rapid.IntRange(0, 1).Draw(t, "jitter")) * 3 * ms,
			Loss: float64(rapid.IntRange(0, 2).Draw(t, "loss")) / 10, Unordered: rapid.Bool().Draw(t, "unordered"),
			Bandwidth: float64(rapid.IntRange(0, 3).Draw(t, "bandwidth")) * 100_000, Queue: rapid.IntRange(100, 600).Draw(t, "queue"),
			Shared: rapid.Bool().Draw(t, "shared"),
		})
	}
	for d := range s.period {
		s.period[d] = vtime.Duration(rapid.IntRange(3, 20).Draw(t, "every")) * ms
	}
	for range rapid.IntRange(2, 7).Draw(t, "flows") {
		s.flows = append(s.flows, drawFlow(t, len(s.links)))
	}
	for range rapid.IntRange(1, 4).Draw(t, "deeds") {
		s.deeds = append(s.deeds, drawDeed(t, s))
	}
	return s
}

func drawFlow(t *rapid.T, links int) Flow {
	f := Flow{
		Sender: rapid.Int32Range(0, townsfolk-1).Draw(t, "sender"), Receiver: rapid.Int32Range(0, townsfolk-1).Draw(t, "receiver"),
		Count: 1, Member: -1, Broadcast: true, Claims: -1, Guard: -1, Bytes: rapid.Int32Range(50, 200).Draw(t, "bytes"), Path: &Path{},
	}
	f.SenderAt, f.ReceiverAt, f.SendAs, f.AskAs = f.Sender, f.Receiver, des.Source(f.Sender), des.Source(f.Receiver)
	for _, link := range rapid.Permutation([]int{0, 1, 2, 3}[:links]).Draw(t, "path") {
		if len(f.Path.Hops) == 0 || rapid.Bool().Draw(t, "further") {
			f.Path.Hops = append(f.Path.Hops, Hop{Link: int32(link), Back: rapid.Bool().Draw(t, "back")})
		}
	}
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		f.Period = vtime.Duration(rapid.IntRange(3, 20).Draw(t, "period")) * ms
	case 1:
		f.Period, f.Subscribed = vtime.Duration(rapid.IntRange(1, 10).Draw(t, "period"))*ms, true
	case 2:
		f.QoS, f.Retry = uint8(rapid.IntRange(1, 2).Draw(t, "qos")), 7*ms
	case 3:
		f.Guard = 0
	}
	if f.Period > 0 {
		f.Session = vtime.Duration(rapid.IntRange(0, 15).Draw(t, "session")) * ms
	}
	return f
}

// drawDeed draws a deed, with a silent flow of its own where it needs one.
func drawDeed(t *rapid.T, s *script) deed {
	d := deed{
		what: rapid.IntRange(0, deeds-1).Draw(t, "deed"), flow: rapid.IntRange(0, len(s.flows)-1).Draw(t, "flow"),
		from: vtime.Time(rapid.IntRange(0, 60).Draw(t, "from"))*vtime.Time(ms) + 1, loss: 1,
		every: vtime.Duration(rapid.IntRange(1, 40).Draw(t, "every")) * ms / 10, value: float64(rapid.IntRange(100, 109).Draw(t, "value")),
	}
	d.to = d.from + vtime.Time(rapid.IntRange(1, 40).Draw(t, "for"))*vtime.Time(ms)
	if rapid.Bool().Draw(t, "half") {
		d.loss = 0.5
	}
	if d.what == 2 || d.what == 3 {
		f := drawFlow(t, len(s.links))
		f.Period, f.Subscribed, f.Silent, f.QoS, f.Session = 0, false, true, 0, 0
		s.flows = append(s.flows, f)
		d.flow = len(s.flows) - 1
	}
	return d
}

// build makes a town of a script, without one of its deeds.
func (s *script) build(without int) *town {
	w := &town{s: signal.NewStore(200, nil), script: s, down: make([]uint16, townsfolk), masks: make([]signal.Mask, townsfolk), logs: make([]string, townsfolk)}
	w.k, _ = des.New(w, townsfolk+2)
	b := &Book{Links: s.links, Name: func(device int32) string { return fmt.Sprint("d", device) }}
	for i, f := range s.flows {
		b.Add(f)
		b.Carry(Pair{From: Cell{Slot: signal.Slot(1 + f.Sender)}, To: Cell{Slot: signal.Slot(101 + i)}, Point: -1, Object: 1})
	}
	w.Network = New(b, w.k, w.s, (*townHall)(w), w.down, 3)
	w.Gate = (*townHall)(w)
	w.target = w.k.Register(w)
	for d := range w.masks {
		w.k.Schedule(vtime.Time(d), des.React, des.Source(d), w.target, 0, uint64(d))
	}
	for i, d := range s.deeds {
		if i != without {
			w.k.Schedule(d.from, des.Inject, townsfolk, w.target, 1, uint64(i))
			w.k.Schedule(d.to, des.Inject, townsfolk, w.target, 2, uint64(i))
		}
	}
	w.Start()
	return w
}

// Handle has a device talk, or a deed begin or end.
func (w *town) Handle(e des.Event) {
	switch e.Member {
	case 0:
		w.talk(int(e.Arg), e)
	case 1:
		w.do(int(e.Arg), true)
	case 2:
		w.do(int(e.Arg), false)
	}
}

// talk has a device say something new, that depends on all it heard.
func (w *town) talk(d int, e des.Event) {
	w.k.Schedule(e.At.Add(w.script.period[d]), des.React, des.Source(d), w.target, 0, e.Arg)
	if w.down[d] > 0 {
		return
	}
	sum := float64(w.k.Now() / vtime.Time(20*ms))
	for i := range w.Flows {
		if int(w.Flows[i].Receiver) == d {
			sum += w.s.V[101+i]
		}
	}
	w.s.Put(signal.Slot(1+d), float64(int(sum)%7), w.masks[d], 0, w.k.Now())
	for i := range w.Flows {
		if f := &w.Flows[i]; int(f.Sender) == d && f.Period == 0 && !f.Silent {
			w.Send(i, 0)
		}
	}
}

func (w *town) do(i int, begin bool) {
	d := &w.script.deeds[i]
	root := signal.Mask(1) << i
	switch d.what {
	case 0, 1:
		w.disturb(i, d, root, begin)
	case 2:
		if begin {
			w.Flood(d.flow, d.every, root)
		} else {
			w.Quell(d.flow)
		}
	case 3:
		if begin {
			w.Inject(d.flow, 0, []float64{d.value}, root)
		}
	case 4:
		f := &w.Flows[d.flow]
		if begin {
			w.down[f.Sender]++
			(*townHall)(w).Missed(f.Sender, 0, root)
			w.silenced(f.Sender, root)
		} else {
			w.down[f.Sender]--
		}
	}
}

// silenced taints what a device that is down does not say.
func (w *town) silenced(device int32, root signal.Mask) {
	w.Swayed(device, root)
	for i := range w.Flows {
		if f := &w.Flows[i]; f.Sender == device {
			(*townHall)(w).Missed(f.Receiver, 0, root)
			w.Swayed(f.Receiver, root)
		}
	}
}

func (w *town) disturb(i int, d *deed, root signal.Mask, begin bool) {
	if !begin {
		w.Calm(d.flow, uint32(i), 0)
		return
	}
	what := w.disturbanceOf(i)
	what.Roots = root
	w.Disturb(d.flow, what)
}

func (w *town) disturbanceOf(i int) Disturbance {
	d := &w.script.deeds[i]
	x := Disturbance{Name: fmt.Sprint("deed", i), Place: uint32(i), Roots: 1 << i}
	if d.what == 0 {
		x.Loss = d.loss
	} else {
		x.Delay = 10 * d.every
	}
	return x
}

// Commit shows what was written and notes who heard what.
func (w *town) Commit(des.Phase) {
	w.s.Commit(w.k.Now())
	w.Flush()
	slices.Sort(w.heard)
	for _, d := range slices.Compact(w.heard) {
		w.logs[d] += fmt.Sprint(w.k.Now(), ":")
		for i := range w.Flows {
			if w.Flows[i].Receiver == d {
				w.logs[d] += fmt.Sprint(" ", w.s.V[101+i])
			}
		}
		w.logs[d] += "\n"
	}
	w.heard = w.heard[:0]
}

func (w *town) Settle() error { return nil }

func (w *town) run(t require.TestingT, until vtime.Duration) {
	require.NoError(t, w.k.Run(vtime.Time(until), nil))
}

// The townHall is the town as a host.
type townHall town

func (w *townHall) Delivered(device int32, _ int, m signal.Mask) {
	w.masks[device] |= m
	w.heard = append(w.heard, device)
}

func (*townHall) Carried(int32, int, float64, vtime.Time, signal.Mask) {}
func (*townHall) Strayed(int32, vtime.Time)                            {}

func (w *townHall) Missed(device int32, _ int, m signal.Mask) { w.masks[device] |= m }

func (w *townHall) Span(_ int32, d vtime.Duration) vtime.Duration { return d }

// Admit refuses what is divisible by three.
func (w *townHall) Admit(_ int32, _ int, o *check.Offer) bool {
	return len(o.Values) == 0 || int(o.Values[0])%3 != 0
}

func (w *town) archive(a *snapshot.Archive) {
	w.k.Archive(a, func(uint32) bool { return true })
	w.s.Archive(a, nil)
	w.Archive(a, func(place, _ uint32) (Disturbance, bool) { return w.disturbanceOf(int(place)), true })
	for d := range w.masks {
		snapshot.Int(a, &w.masks[d])
		snapshot.Int(a, &w.down[d])
		snapshot.String(a, &w.logs[d])
	}
}

// underWay counts the messages that are on their way, or asked for.
func (w *town) underWay() uint64 {
	given := 0
	for _, list := range w.pool.free {
		given += len(list)
	}
	return uint64(len(w.pool.messages) - given)
}

// String tells a script in a few lines.
func (s *script) String() (text string) {
	text = fmt.Sprintf("%+v\n", s.links)
	for i, f := range s.flows {
		text += fmt.Sprintf("flow %d: d%d to d%d over %v, %d bytes, every %v, subscribed %v, silent %v, QoS %d, guard %d\n",
			i, f.Sender, f.Receiver, f.Path.Hops, f.Bytes, f.Period, f.Subscribed, f.Silent, f.QoS, f.Guard)
	}
	return text + fmt.Sprintf("talk every %v, deeds %+v", s.period, s.deeds)
}
