package view

import (
	"fmt"
	"math"
	"slices"
	"time"

	"github.com/harmproof/harmproof/sim/trace"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/viz/draw"
	"github.com/harmproof/harmproof/viz/look"
	"github.com/harmproof/harmproof/viz/player"
)

// Options are how a replay opens.
type Options struct {
	Light bool // the theme
	// At is where it opens; nil: five seconds before the first violation.
	At *vtime.Time
	// Select is a device or a signal that is chosen.
	Select string
	// Names are what the traces are called: their files.
	Names []string
	// Notes are those of the reviewer, Save keeps them; nil where they cannot be kept.
	Notes []Note
	Save  func([]Note) error
	// Eager reads all of the story before the first picture.
	Eager bool
}

// A View is a replay: of one trace, or of two side by side.
type View struct {
	sides   []*side
	player  *player.Player
	theme   *look.Theme
	in      Input
	frame   frame
	hits    []hit
	held    hit // what the button went down on
	holding bool
	grip    draw.Point
	moved   bool
	window  span // of time, that the timeline shows
	marks   [2]*vtime.Time
	chosen  int // a device, or -1
	plots   []int
	offered []int // those of the plots that nobody asked for
	panel   panel
	notes   notes
	save    func([]Note) error
	help    bool
	told    bool // the plant as it is told
	showing showing
	since   time.Duration
	differ  *difference
	say     string // to the reviewer, for a while
	until   time.Duration
	curves  curves
	ledger  ledger
	strip   draw.Rect    // of the timeline, where time runs
	clip    draw.Rect    // of the plant that is drawn
	way     []draw.Point // room for a line
}

// New returns the replay of one trace or two.
func New(traces []*trace.Trace, o Options) (*View, error) {
	if len(traces) == 0 || len(traces) > 2 {
		return nil, fmt.Errorf("a replay is of one trace or two, not of %d", len(traces))
	}
	v := &View{theme: &look.Dark, chosen: -1, save: o.Save}
	if o.Light {
		v.theme = &look.Light
	}
	from, to := vtime.Never, vtime.Time(0)
	for i, t := range traces {
		s, err := newSide(t, o.name(i), 2.1/float32(len(traces)))
		if err != nil {
			return nil, err
		}
		if o.Eager || t.Last() < 1 {
			_ = s.read.Story.ReadAll() // what cannot be read is said with the story
		}
		v.sides = append(v.sides, s)
		from, to = min(from, t.Header.From), max(to, t.Last())
	}
	v.window = span{from, max(to, from+1)}
	v.notes.list = slices.Clone(o.Notes)
	for range soon {
		v.listen()
	}
	v.player = player.New(from, to, v.violations())
	v.player.Events, v.player.Injuries = v.events(), v.injuries()
	if o.At != nil {
		v.player.Seek(*o.At)
	}
	v.plots = v.main().atFirst()
	v.offered = slices.Clone(v.plots)
	v.panel.broken = v.main().firstBroken()
	if o.Select != "" {
		v.Select(o.Select)
	}
	v.compare()
	return v, v.look()
}

// soon is how many pages of a story are read before the first picture.
const soon = 24

func (o *Options) name(i int) string {
	if i < len(o.Names) {
		return o.Names[i]
	}
	return ""
}

// main is the trace that lists and plots are of.
func (v *View) main() *side { return v.sides[0] }

// listen reads on in the stories. It reports whether there was something to read.
func (v *View) listen() (more bool) {
	for _, s := range v.sides {
		if !s.read.Story.Done() {
			s.read.Story.Read()
			more = true
		}
	}
	return more
}

// violations are when those of all traces begin.
func (v *View) violations() (list []vtime.Time) {
	for _, s := range v.sides {
		list = append(list, s.read.Story.Violations()...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// offer plots what harmed people once all of a long story is read, unless somebody chose plots.
func (v *View) offer() {
	if s := v.main(); s.read.Story.Done() && slices.Equal(v.plots, v.offered) {
		v.plots = s.atFirst()
		v.offered = slices.Clone(v.plots)
	}
}

// injuries are when somebody was harmed in any trace.
func (v *View) injuries() (list []vtime.Time) {
	for _, s := range v.sides {
		list = append(list, s.read.Story.Injuries()...)
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// events are when something happened.
func (v *View) events() (list []vtime.Time) {
	for _, s := range v.sides {
		for i := range s.read.Story.Lines {
			list = append(list, s.read.Story.Lines[i].At)
		}
	}
	slices.Sort(list)
	return slices.Compact(list)
}

// Update takes what happened since the last picture.
func (v *View) Update(in Input) error {
	v.in = in
	v.since += in.Elapsed
	if v.say != "" && v.since > v.until {
		v.say = ""
	}
	if v.listen() {
		v.player.Events, v.player.Violations, v.player.Injuries = v.events(), v.violations(), v.injuries()
		v.compare()
		v.offer()
	}
	v.player.Advance(in.Elapsed)
	v.keys()
	v.pointer()
	if v.player.Playing {
		v.follow()
	}
	return v.look()
}

// look reads the scenes of now. Where a trace is damaged the last one stays, and that is said.
func (v *View) look() error {
	for _, s := range v.sides {
		err := s.look(v.player.Now, v.within())
		if err != nil && s.scene == nil {
			return err
		}
		if err != nil {
			v.tell("What is so here cannot be read, what is shown is older: %v", err)
		}
	}
	return nil
}

// within is how long a message is to be seen: four tenths of a second for who watches.
func (v *View) within() vtime.Duration {
	speed := v.player.Speed
	if !v.player.Playing {
		speed = math.Min(speed, 1)
	}
	return vtime.Duration(0.4e9 * speed)
}

// Draw draws the picture of now.
func (v *View) Draw(l *draw.List) {
	v.hits = v.hits[:0]
	v.frame = v.place()
	l.Fill(v.frame.all, 0, v.theme.Back)
	v.top(l)
	for i, s := range v.sides {
		v.plant(l, s, v.plantRoom(i), i)
		v.surface(l, s, i)
	}
	v.caption(l)
	v.side(l)
	v.timeline(l)
	if v.help {
		v.manual(l)
	}
}

// tell says something to the reviewer for four seconds.
func (v *View) tell(format string, args ...any) {
	v.say, v.until = fmt.Sprintf(format, args...), v.since+4*time.Second
}

// Seek goes to a time.
func (v *View) Seek(when vtime.Time) {
	v.player.Seek(when)
	v.follow()
}

// Select chooses a device, or a signal of one, which is plotted. It reports whether there
// is one.
func (v *View) Select(path string) bool {
	s := v.main()
	if d, ok := s.names[path]; ok {
		v.choose(d)
		return true
	}
	cell, err := s.read.Trace.Cell(path)
	if err != nil {
		v.tell("There is no device or signal %s", path)
		return false
	}
	if !slices.Contains(v.plots, cell) {
		v.plot(cell)
	}
	v.choose(s.deviceOf(cell))
	if v.chosen >= 0 {
		v.panel.signal, v.panel.reveal = max(0, slices.Index(s.cells[v.chosen], cell)), true
	}
	return true
}

// choose chooses a device, and shows what is known of it.
func (v *View) choose(device int) {
	v.chosen = device
	if device >= 0 {
		v.panel.tab = inspectTab
		v.panel.scroll[inspectTab], v.panel.signal = 0, 0
	}
}

// mostPlots is how many signals are plotted at a time.
const mostPlots = 4

// plot plots a signal, or does not any more.
func (v *View) plot(cell int) {
	if i := slices.Index(v.plots, cell); i >= 0 {
		v.plots = slices.Delete(v.plots, i, i+1)
		return
	}
	if len(v.plots) == mostPlots {
		v.plots = slices.Delete(v.plots, 0, 1)
	}
	v.plots = append(v.plots, cell)
}
