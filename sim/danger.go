package sim

import (
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Dangers are the people of a system and what may harm them.
type Dangers struct {
	People  []Person
	Hazards []Hazard
}

// A Person is a device that is a human.
type Person struct {
	Device  string // with its member, where it has several
	Of      string // the device alone
	Role    string
	Exposed []Exposure
}

// ProtectiveDistance is the name of an exposure that is no harm itself: somebody was nearer
// to a machine than it needs to stop in time.
const ProtectiveDistance = "protective distance"

// An Exposure is something that may harm a person.
type Exposure struct {
	Name   string
	Signal string    // that is its margin
	Safe   Invariant // never is its margin, in its own unit, below 0
	// Spared say that it never harms slightly, and so on up to death; none of what is no harm
	// itself.
	Spared []Invariant
}

// A Hazard is something that may harm people.
type Hazard struct {
	Name, What string
	When       string // as written, for people
	Exposes    []string
	Severity   harm.Severity
	Prevented  Prevention
	Absent     Invariant // never is it there
	Layers     []Layer
}

// A Prevention is the safety function that is to keep a hazard from harming: a device, a
// check or an invariant, what it was made for (SIL 2, PL d), and the devices it lives in.
// All is empty where the file names none.
type Prevention struct {
	Kind, Name, Target string
	In                 []string
}

// A Layer is a layer of protection. It is demanded whenever the hazard comes.
type Layer struct {
	Name   string
	Text   string         // as written, for people
	Within vtime.Duration // in which it must act, 0 for ever
	Idle   Invariant      // never does it act
}

// A HarmResult is what became of a person.
type HarmResult struct {
	*Person
	Severity harm.Severity
	Exposure string     // that harmed them so badly first
	At       vtime.Time // when they were harmed so badly first; Never where they were not
	Began    vtime.Time // when they were harmed first
	Causes   []Cause
	Tree     *Tree             // where the run was to Explain
	Margins  []InvariantResult // of each exposure, as of an invariant that it is no harm
}

// A HazardResult is what became of a hazard: as an invariant, that it is never there, how
// often and how badly it was; and its layers.
type HazardResult struct {
	*Hazard
	Presence InvariantResult
	Demands  int // how often it came
	Acted    []LayerResult
}

// A LayerResult is how often a layer of protection acted of those times that it was to; those
// that are open had time left at the end of the run.
type LayerResult struct {
	*Layer
	Acted, Failed, Open int
}

// A peril is what an invariant is about that the file does not name as one.
type peril struct {
	kind        perilKind
	index, part int // the person and the exposure, the hazard and the layer
	severity    harm.Severity
	causes      int // the invariant whose causes are told
	harm        int // of harmPeril: in Plan.Harms
}

// A Harm is that a person is harmed by an exposure as badly as a severity.
type Harm struct {
	Person   int // of Dangers
	Exposure string
	Severity harm.Severity
}

// Harms lists how people may be harmed.
func (p *Plan) Harms() []Harm { return p.harms }

type perilKind uint8

const (
	harmPeril perilKind = iota
	exposurePeril
	hazardPeril
	layerPeril
)

// endanger adds the invariants of dangers to those of a plan.
func (p *Plan) endanger(d Dangers) {
	p.named, p.Dangers = len(p.invariants), d
	add := func(i Invariant, of peril) {
		p.invariants, p.perils = append(p.invariants[:len(p.invariants):len(p.invariants)], i), append(p.perils, of)
	}
	for i := range d.People {
		for k := range d.People[i].Exposed {
			e, safe := &d.People[i].Exposed[k], len(p.invariants)
			add(e.Safe, peril{kind: exposurePeril, index: i, part: k, causes: safe})
			for s := range e.Spared {
				x := Harm{i, e.Name, harm.Severity(s + 1)}
				add(e.Spared[s], peril{kind: harmPeril, index: i, part: k, severity: x.Severity, causes: safe, harm: len(p.harms)})
				p.harms = append(p.harms, x)
			}
		}
	}
	for i := range d.Hazards {
		for k := range d.Hazards[i].Layers { // before the hazard: a layer that ends as it comes does not act
			add(d.Hazards[i].Layers[k].Idle, peril{kind: layerPeril, index: i, part: k, causes: len(p.invariants)})
		}
		add(d.Hazards[i].Absent, peril{kind: hazardPeril, index: i, causes: len(p.invariants)})
	}
}

// causesOf is the invariant whose causes say why one was violated: harm by an exposure comes
// of the exposure.
func (p *Plan) causesOf(invariant int) int {
	if invariant < p.named {
		return invariant
	}
	return p.perils[invariant-p.named].causes
}

// layerState is how a layer of protection does in a run.
type layerState struct {
	acts          bool
	acted, failed int
	waiting       []demand // by deadline
}

// A demand is how many demands have a deadline.
type demand struct {
	until vtime.Time
	count int
}

func (l *layerState) archive(a *snapshot.Archive) {
	snapshot.Bool(a, &l.acts)
	snapshot.Int(a, &l.acted)
	snapshot.Int(a, &l.failed)
	snapshot.Slice(a, &l.waiting, func(a *snapshot.Archive, d *demand) {
		snapshot.Int(a, &d.until)
		snapshot.Int(a, &d.count)
	})
}

// demanded notes that the hazard came.
func (l *layerState) demanded(now vtime.Time, within vtime.Duration) {
	l.expire(now)
	until := vtime.Never
	if within > 0 {
		until = now.Add(within)
	}
	switch n := len(l.waiting); {
	case l.acts:
		l.acted++
	case n > 0 && l.waiting[n-1].until == until:
		l.waiting[n-1].count++
	default:
		l.waiting = append(l.waiting, demand{until, 1})
	}
}

// acting notes that the layer acts: for all who still wait.
func (l *layerState) acting(now vtime.Time) {
	l.expire(now)
	l.acts = true
	for _, d := range l.waiting {
		l.acted += d.count
	}
	l.waiting = l.waiting[:0]
}

// expire gives up those whose deadline has passed.
func (l *layerState) expire(now vtime.Time) {
	k := 0
	for ; k < len(l.waiting) && l.waiting[k].until < now; k++ {
		l.failed += l.waiting[k].count
	}
	l.waiting = append(l.waiting[:0], l.waiting[k:]...)
}

// makeLayers makes room for the layers of all hazards.
func (w *world) makeLayers() {
	w.layers = make([][]layerState, len(w.plan.Dangers.Hazards))
	for i := range w.layers {
		w.layers[i] = make([]layerState, len(w.plan.Dangers.Hazards[i].Layers))
	}
}

func (w *world) archiveLayers(a *snapshot.Archive) {
	for i := range w.layers {
		snapshot.Column(a, w.layers[i], func(a *snapshot.Archive, l *layerState) { l.archive(a) })
	}
}

// endangered hears that what an invariant of the dangers forbids has come, or has gone.
func (w *world) endangered(invariant int, now vtime.Time, came bool) {
	p := w.plan.perils[invariant-w.plan.named]
	switch {
	case p.kind == harmPeril && came:
		w.story.harmed(now, w.plan.harms, p.harm)
	case p.kind == hazardPeril && !came:
		w.story.add(now, HazardEnded, p.index)
	case p.kind == hazardPeril:
		w.story.add(now, HazardBegan, p.index)
		for k := range w.layers[p.index] {
			w.layers[p.index][k].demanded(now, w.plan.Dangers.Hazards[p.index].Layers[k].Within)
		}
	case p.kind == layerPeril && came:
		w.layers[p.index][p.part].acting(now)
	case p.kind == layerPeril:
		w.layers[p.index][p.part].acts = false
	}
}

// dangerResults takes what became of dangers out of the results of all invariants.
func (w *world) dangerResults(r *Result) {
	all := r.Invariants[w.plan.named:]
	r.Invariants = r.Invariants[:w.plan.named:w.plan.named]
	d := &w.plan.Dangers
	for i := range d.People {
		r.Harm = append(r.Harm, HarmResult{Person: &d.People[i], At: vtime.Never, Began: vtime.Never})
	}
	for i := range d.Hazards {
		r.Hazards = append(r.Hazards, HazardResult{Hazard: &d.Hazards[i]})
	}
	for i := range all {
		switch p := w.plan.perils[i]; {
		case p.kind == hazardPeril:
			r.Hazards[p.index].Presence, r.Hazards[p.index].Demands = all[i], all[i].Count
		case p.kind == layerPeril:
			r.Hazards[p.index].Acted = append(r.Hazards[p.index].Acted, w.layerResult(p, r.Ended))
		case p.kind == exposurePeril:
			r.Harm[p.index].Margins = append(r.Harm[p.index].Margins, all[i])
		case all[i].Verdict == monitor.Violated:
			r.Harm[p.index].add(p, &all[i])
		}
	}
}

// add notes that an exposure harmed.
func (h *HarmResult) add(p peril, i *InvariantResult) {
	h.Began = min(h.Began, i.At)
	if p.severity > h.Severity || p.severity == h.Severity && i.At < h.At {
		h.Severity, h.Exposure, h.At, h.Causes, h.Tree = p.severity, h.Exposed[p.part].Name, i.At, i.Causes, i.Tree
	}
}

func (w *world) layerResult(p peril, end vtime.Time) LayerResult {
	l := w.layers[p.index][p.part]
	r := LayerResult{Layer: &w.plan.Dangers.Hazards[p.index].Layers[p.part], Acted: l.acted, Failed: l.failed}
	for _, d := range l.waiting {
		if d.until > end && d.until != vtime.Never {
			r.Open += d.count
		} else {
			r.Failed += d.count
		}
	}
	return r
}
