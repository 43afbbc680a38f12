package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/monitor"
	"github.com/harmproof/harmproof/sim/vtime"
)

// Dangers are the people of a system and what may harm them.
type Dangers struct {
	People  []Person
	Hazards []Hazard
	Ranges  []Range
}

// A Range is where something that is computed holds, by its source.
type Range struct {
	Device     string // with its member, where it has several
	What, Text string
	Outside    Invariant // never is it left
}

// A RangeResult is what became of a range: as of an invariant that it is never left.
type RangeResult struct {
	*Range
	Left InvariantResult
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
	// Of is the exposure that it harms by, of a dose that adds up beside that; From are from which amount on
	// it harms, in SI, from slight on.
	Of   string
	From [harm.Death]float64
	Own  string // the limit, where it is not the published one but the scenario's, for people
}

// A Hazard is something that may harm people.
type Hazard struct {
	Name, What string
	When       string // as written, for people
	Exposes    []string
	By         []string // exposures by which it harms, all where none is named
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
	Layer              string // that is this function, empty where that is not said
}

// A HarmResult is what became of a person.
type HarmResult struct {
	*Person
	Severity harm.Severity
	Exposure string     // that harmed them so badly first
	Model    string     // by which it did, where it has several
	At       vtime.Time // when they were harmed so badly first; Never where they were not
	Began    vtime.Time // when they were harmed first
	Causes   []Cause
	Tree     *Tree // where the run was to Explain
	// Strike is by what they were struck, in a collision.
	Strike Strike
	// Wired is what was wired to the exposure.
	Wired Wired
	// Let are the attacks and faults on a way to it beside the one that is blamed, by index.
	Let []int
	// Means are the steps without which those, or the one that is blamed, would not have been, by index: what
	// an attacker needed to come so far.
	Means   []int
	Margins []InvariantResult // of each exposure, as of an invariant that it is no harm
	Amounts []Amount          // of each exposure, when its margin was least
	Harms   []HarmedBy        // by each exposure that harmed them, as they are exposed
}

// A HarmedBy is the harm that an exposure did.
type HarmedBy struct {
	Exposure string
	Severity harm.Severity // the worst
	At       vtime.Time    // when it was so bad first
	// Levels are, from slight on up to the worst, those of invariants that it is not so bad.
	Levels []InvariantResult
	Models []string // by which it was so bad first, of each level; empty where there is but one
	Spells []Spell  // the first few times of any harm
}

// Worst is as of an invariant that it is not as bad as it was.
func (h *HarmedBy) Worst() *InvariantResult { return &h.Levels[len(h.Levels)-1] }

// A HazardResult is what became of a hazard: as an invariant, that it is never there, how
// often and how badly it was; and its layers.
type HazardResult struct {
	*Hazard
	Presence InvariantResult
	Demands  int   // how often it came
	Let      []int // as those of a HarmResult
	Means    []int // as well
	Acted    []LayerResult
}

// A peril is what an invariant is about that the file does not name as one.
type peril struct {
	kind        perilKind
	index, part int // the person and the exposure, the hazard and the layer
	severity    harm.Severity
	causes      int // the invariant whose causes are told, of people
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
	layerPeril   // a layer acts
	demandPeril  // a layer is demanded
	fittingPeril // a layer is there
	rangePeril   // a range is left
)

// endanger adds the invariants of dangers to those of a plan.
func (p *Plan) endanger(d Dangers) {
	p.named, p.Dangers = len(p.invariants), d
	p.invariants = slices.Clip(p.invariants) // whose they are must not find ours behind them
	add := func(i Invariant, of peril) {
		p.invariants, p.perils = append(p.invariants, i), append(p.perils, of)
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
		p.acting = append(p.acting, nil)
		for k := range d.Hazards[i].Layers { // before what demands it: a layer that ends as that comes does not act
			l, of := &d.Hazards[i].Layers[k], peril{index: i, part: k}
			if of.kind = fittingPeril; l.Lacking != nil {
				add(*l.Lacking, of)
			}
			of.kind = layerPeril
			p.acting[i] = append(p.acting[i], len(p.invariants))
			add(l.Idle, of)
			if of.kind = demandPeril; l.Calm != nil {
				add(*l.Calm, of)
			}
		}
		add(d.Hazards[i].Absent, peril{kind: hazardPeril, index: i})
	}
	for i := range d.Ranges {
		add(d.Ranges[i].Outside, peril{kind: rangePeril, index: i})
	}
}

// endangered hears that what an invariant of the dangers forbids has come, or has gone.
func (w *world) endangered(invariant int, now vtime.Time, came bool) {
	switch p := &w.plan.perils[invariant-w.plan.named]; p.kind {
	case harmPeril:
		if came {
			w.sentence(invariant-w.plan.named, now)
			w.story.harmed(now, w.plan.harms, p.harm)
		}
	case hazardPeril:
		w.hazardous(p.index, now, came)
	case demandPeril:
		w.demand(p.index, p.part, now, came)
	case fittingPeril:
		l := &w.layers[p.index][p.part]
		l.fitted, l.ever = came, l.ever || came
	case layerPeril:
		l, within := w.acts(invariant)
		if l.acts = came; came {
			l.acting(now, within)
		}
	}
}

// hazardous tells that a hazard came or is gone, and the layers that it demands.
func (w *world) hazardous(hazard int, now vtime.Time, came bool) {
	kind := HazardEnded
	if came {
		kind = HazardBegan
	}
	w.story.add(now, kind, hazard)
	for k := range w.layers[hazard] {
		if w.plan.Dangers.Hazards[hazard].Layers[k].Calm == nil {
			w.demand(hazard, k, now, came)
		}
	}
}

// dangerResults takes what became of dangers out of the results of all invariants.
func (w *world) dangerResults(r *Result) {
	all := r.Invariants[w.plan.named:]
	r.Invariants, r.perils = r.Invariants[:w.plan.named:w.plan.named], all
	d := &w.plan.Dangers
	for i := range d.People {
		r.Harm = append(r.Harm, HarmResult{Person: &d.People[i], At: vtime.Never, Began: vtime.Never})
	}
	for i := range d.Hazards {
		r.Hazards = append(r.Hazards, HazardResult{Hazard: &d.Hazards[i]})
	}
	for i := range all {
		switch p := &w.plan.perils[i]; {
		case p.kind == hazardPeril:
			h := &r.Hazards[p.index]
			all[i].Hazard = h.Name
			h.Presence, h.Demands, h.Let, h.Means = all[i], all[i].Count, w.blames[i].let, w.blames[i].means
		case p.kind == rangePeril:
			r.Ranges = append(r.Ranges, RangeResult{&d.Ranges[p.index], all[i]})
		case p.kind == layerPeril:
			r.Hazards[p.index].Acted = append(r.Hazards[p.index].Acted, w.layerResult(p.index, p.part, &all[i], r.Ended))
		case p.kind == exposurePeril:
			h := &r.Harm[p.index]
			h.Margins, h.Amounts = append(h.Margins, all[i]), append(h.Amounts, w.amount(i, &all[i]))
		case p.kind == harmPeril:
			if all[i].Harm = &w.plan.harms[p.harm]; all[i].Verdict == monitor.Violated {
				r.Harm[p.index].add(p, &all[i], &w.blames[i], w.again[i])
				r.Harm[p.index].judgedBy(w.modelOf(i))
			}
		}
	}
}

// add notes that an exposure harmed; of one they come from slight on.
func (h *HarmResult) add(p *peril, i *InvariantResult, b *blame, again []recurrence) {
	name := h.Exposed[p.part].Name
	if n := len(h.Harms); n == 0 || h.Harms[n-1].Exposure != name {
		h.Harms = append(h.Harms, HarmedBy{Exposure: name})
	}
	by := &h.Harms[len(h.Harms)-1]
	by.Severity, by.At, by.Levels = p.severity, i.At, append(by.Levels, *i)
	by.spells(p.severity, i, append([]recurrence{{i.At, i.Causes, i.Tree, *b}}, again...))
	h.Began = min(h.Began, i.At)
	if p.severity > h.Severity || p.severity == h.Severity && i.At < h.At {
		h.Severity, h.Exposure, h.At, h.Causes, h.Tree, h.Let, h.Means, h.Strike, h.Wired = p.severity, name, i.At, i.Causes, i.Tree, b.let, b.means, b.strike, b.wired
	}
}
