package sim

import (
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A judging is a scale by which one exposure of a person harms, and the cell of what it is of. Of air there
// are several: who was harmed by it was harmed by one model.
type judging struct {
	*device.Scale
	slot signal.Slot
}

// judgesOf finds, by invariant of the dangers, the scales with models that a harm may be judged by, doses first;
// nil where there is nothing to tell apart.
func (p *Plan) judgesOf() [][]judging {
	list := make([][]judging, len(p.perils))
	for i := range p.perils {
		if of := &p.perils[i]; of.kind == harmPeril {
			who := &p.Dangers.People[of.index]
			list[i] = p.judgingsOf(who, who.Exposed[of.part].Name)
		}
	}
	return list
}

// judgingsOf are those of an exposure of a person; of many people at once nobody can tell.
func (p *Plan) judgingsOf(who *Person, exposure string) (list []judging) {
	d, member, ok := p.Signals.owner(who.Device)
	if !ok {
		return nil
	}
	for _, s := range p.LookOf(d).Scales {
		cell, there := p.CellOf(d, s.Signal)
		if s.Exposure != exposure || s.Above == "" && s.Below == "" || !there {
			continue
		}
		if one := (judging{&s, cell.At(member)}); s.Adds {
			list = slices.Insert(list, 0, one)
		} else {
			list = append(list, one)
		}
	}
	return list
}

// model names the model by which what there is harms as badly as a severity; it is empty where no dose is enough
// for that.
func (j *judging) model(x float64, severity harm.Severity) string {
	switch {
	case x < j.Down[severity-1]:
		return j.Below
	case x >= j.Up[severity-1] || !j.Adds: // what is felt is at least as much as what there is
		return j.Above
	}
	return ""
}

// models of all scales, by number; that of none is empty.
func models(list []judging) []string {
	names := []string{""}
	for _, j := range list {
		names = append(names, j.Above, j.Below)
	}
	return names
}

// sentence notes by which model somebody is harmed, when they are so badly first.
func (w *world) sentence(peril int, now vtime.Time) {
	list := w.plan.judges[peril]
	if len(list) == 0 || w.models[peril] != 0 {
		return
	}
	for k := range list {
		if name := list[k].model(w.valueOf(list[k].slot, now), w.plan.perils[peril].severity); name != "" {
			w.models[peril] = slices.Index(models(list), name)
			return
		}
	}
}

// modelOf names the model by which somebody was harmed, empty where nobody can tell or there is but one.
func (w *world) modelOf(peril int) string {
	names := models(w.plan.judges[peril])
	if at := w.models[peril]; at >= 0 && at < len(names) {
		return names[at]
	}
	return ""
}

// judgedBy notes the model of the harm that was added last.
func (h *HarmResult) judgedBy(model string) {
	by := &h.Harms[len(h.Harms)-1]
	if by.Models = append(by.Models, model); h.Exposure == by.Exposure && h.Severity == by.Severity {
		h.Model = model
	}
}
