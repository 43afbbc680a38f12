package syntax

import (
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// file reads the whole file.
func (p *parser) file(f *source.File, v Value) *File {
	file := &File{Source: f}
	if v.Shape != Map {
		p.notAMap(v)
		return nil
	}
	_, p.overrides = v.Get("use")
	o, _ := p.object("a scenario", f.Whole(), v, nil,
		field{"scenario", p.given(&file.Scenario, path)},
		field{"about", p.text(&file.About)},
		field{"use", p.paths(&file.Use)},
		field{"run", p.positive(&file.Run)},
		field{"seed", p.integer(&file.Seed, 0)},
		field{"seeds", p.integer(&file.Seeds, 1)},
		field{"starts", p.date(&file.Starts)},
		field{"show", p.texts(&file.Show, "tower.level, pump.flow")},
		field{"system", func(e Entry) { file.System = p.system(e) }},
		field{"timeline", func(e Entry) { file.Timeline = p.timeline(e) }},
		field{"invariants", func(e Entry) { file.Invariants = p.invariants(e) }},
		field{"hazards", each(p, &file.Hazards, kebab, "crushing: {exposes: anna, severity: 3, when: anna.contact > 0}", p.hazard)},
		field{"barriers", each(p, &file.Barriers, kebab, "patch-spooler: {cost: 2, patch: spooler}", p.barrier)},
		field{"expect", func(e Entry) { file.Expect = p.expect(e) }},
	)
	p.scenarioOrSystem(o, file)
	return file
}

// notAMap reports a file that is not `key: value` lines at all.
func (p *parser) notAMap(v Value) {
	fix := "begin with `scenario: a-name` and `run: 10m`, or see `harmproof new NAME`"
	if k, ok := almostKeyed(v.Text.Value); ok && v.Shape == Scalar && strings.HasPrefix(v.Text.Value, k.key+":") {
		fix = write(k.key+": "+k.value, fix)
	}
	if v.Shape != Broken {
		p.errorf(v.Text.Span, fix, "a scenario is made of `key: value` lines, not %s", v.Shape)
	}
}

// scenarioOrSystem checks that a scenario says what it is and how long it runs,
// and that a system is only that.
func (p *parser) scenarioOrSystem(o *object, file *File) {
	if o.has("run") {
		if run, _ := o.key("run"); run.Broken && !file.Run.Present() {
			file.Run.Text = Text{Span: run.Span, Broken: true}
		}
		if !o.has("scenario") {
			p.errorf(o.keys[0].Span, "write `scenario: a-name` before it", "a file with `run:` is a scenario and needs its name")
		}
		return
	}
	for _, name := range []string{"scenario", "timeline", "expect", "seed", "seeds", "starts", "show"} {
		if key, ok := o.key(name); ok {
			p.errorf(key.Span, "write `run: 10m`, or remove `"+name+"`: a file without `run:` is a system to be used by others",
				"a file with `%s:` needs `run:`, how long it runs", name)
			file.Run.Text = Text{Span: key.Span, Broken: true}
			return
		}
	}
}

// given returns a reader of a name that is given here.
func (p *parser) given(to *Text, rule nameRule) func(Entry) {
	return func(e Entry) { *to = p.name(p.scalar(e, "write one name"), rule) }
}

// paths returns a reader of one path or a list of them.
func (p *parser) paths(to *[]Text) func(Entry) {
	return func(e Entry) {
		if e.Value.Shape == Scalar {
			*to = append(*to, e.Value.Text)
			return
		}
		p.texts(to, "plant.yaml")(e)
	}
}
