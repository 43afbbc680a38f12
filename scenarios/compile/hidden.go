package compile

import (
	"errors"
	"slices"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A twin refuses one value at a time, and none is made of values that cannot be read. So that one mistake hides no
// other, a stand-in is made of those that are left, with the defaults of the others.

// hidden tells what else is wrong with the values of a device, and notes which signals it could have. Refused is a
// parameter that its twin refused, or empty.
func (b *builder) hidden(d *dev, values []device.Assignment, given map[string]syntax.Entry, refused string) {
	wrong := map[string]bool{refused: true}
	for i := range d.kind.Parameters {
		p := &d.kind.Parameters[i]
		_, is := given[p.Name]
		if p.Required && !is {
			return
		}
		if is && !slices.ContainsFunc(values, func(v device.Assignment) bool { return v.Name == p.Name }) {
			wrong[p.Name] = true
		}
	}
	wired := func(input string) bool { _, is := given[input]; return is }
	for range d.kind.Parameters {
		twin, err := fitted(d.kind, sound(values, wrong), wired)
		if twin != nil {
			d.couldHave(values, wrong)
		}
		var v *device.ValueError
		if !errors.As(err, &v) || wrong[v.Parameter] {
			return
		}
		if _, is := given[v.Parameter]; !is && twin == nil {
			return
		}
		if whatever(d.kind, values, wrong, v.Parameter, wired) {
			b.invalid(d, given, err)
		}
		wrong[v.Parameter] = true
	}
}

// fitted makes a twin of values and fits it; where it cannot be fitted it is returned beside the mistake.
func fitted(k *device.Kind, values []device.Assignment, wired func(input string) bool) (device.Device, error) {
	twin, err := k.New(values)
	fitter, ok := twin.(device.Fitter)
	if err != nil || !ok {
		return twin, err
	}
	_, err = fitter.Fit(wired)
	return twin, err
}

// sound are the values but for those that are wrong.
func sound(values []device.Assignment, wrong map[string]bool) []device.Assignment {
	return slices.DeleteFunc(slices.Clone(values), func(v device.Assignment) bool { return wrong[v.Name] })
}

// whatever reports whether a parameter is refused whatever stands for those that are wrong: what is refused only
// beside a default that nobody wrote is no mistake.
func whatever(k *device.Kind, values []device.Assignment, wrong map[string]bool, refused string, wired func(input string) bool) bool {
	for _, other := range variants(k, values, wrong) {
		_, err := fitted(k, other, wired)
		var v *device.ValueError
		if err == nil || errors.As(err, &v) && v.Parameter != refused && !wrong[v.Parameter] {
			return false
		}
	}
	return true
}

// variants are values with others for one of those that are wrong.
func variants(k *device.Kind, values []device.Assignment, wrong map[string]bool) (list [][]device.Assignment) {
	for i := range k.Parameters {
		p := &k.Parameters[i]
		if !wrong[p.Name] {
			continue
		}
		for _, other := range others(p) {
			list = append(list, append(sound(values, wrong), device.Assignment{Name: p.Name, Value: other}))
		}
	}
	return list
}

// others are values that a parameter could have had.
func others(p *device.Parameter) (list []any) {
	texts := []string{p.Default, p.Min, p.Max}
	switch p.Type {
	case device.BoolParameter:
		return []any{true, false}
	case device.TextParameter:
		texts = p.Choices
	case device.NumberParameter, device.IntParameter, device.DurationParameter:
	default:
		return nil
	}
	for _, text := range texts {
		v, err := p.Parse(text)
		if err != nil || text == "" {
			continue
		}
		list = append(list, v)
		for _, by := range []float64{1e-3, 0.1, 0.5, 2, 3.5, 10, 1e3, 1e6} {
			switch x := v.(type) {
			case float64:
				list = append(list, float64(x*by))
			case int:
				list = append(list, int(float64(float64(x)*by)))
			case vtime.Duration:
				list = append(list, vtime.FromSeconds(float64(vtime.Seconds(x)*by)))
			}
		}
	}
	return list
}

// couldHave notes the signals that a device would have with other values for those that are wrong.
func (d *dev) couldHave(values []device.Assignment, wrong map[string]bool) {
	for i := range d.kind.Parameters {
		if p := &d.kind.Parameters[i]; p.Type == device.EntriesParameter && wrong[p.Name] {
			return // any
		}
	}
	d.could = signalsOf(nil, d.kind.Sample)
	for _, other := range append(variants(d.kind, values, wrong), sound(values, wrong)) {
		if twin, err := d.kind.New(other); err == nil {
			d.could = signalsOf(d.could, twin)
		}
	}
}

// signalsOf adds the signals of a twin; one that another twin has as something else stands there twice.
func signalsOf(all []device.Signal, twin device.Device) []device.Signal {
	declared, err := device.Declare(twin)
	for i := range declared.Signals {
		s := &declared.Signals[i]
		same := func(other device.Signal) bool {
			return other.Name == s.Name && other.Role == s.Role && other.Type == s.Type && other.Unit.SameDim(s.Unit)
		}
		if err == nil && !s.Internal && !slices.ContainsFunc(all, same) {
			all = append(all, *s)
		}
	}
	return all
}

// canHave are the signals that a device could have that has mistakes, none where that cannot be said.
func (d *dev) canHave() []device.Signal {
	if d.could == nil && d.kind != nil && d.kind.Sample != nil && !d.kind.Open() {
		return signalsOf(nil, d.kind.Sample)
	}
	return d.could
}

// lacks reports whether a device that has mistakes has no signal, or parameter, of a name for certain, and which
// signals it could have.
func (d *dev) lacks(name string, parameters bool) (names []string, certain bool) {
	for _, s := range d.canHave() {
		if !slices.Contains(names, s.Name) {
			names = append(names, s.Name)
		}
	}
	has := slices.Contains(names, name) || parameters && d.kind != nil && d.kind.Parameter(name) != nil
	return names, len(names) > 0 && !has
}

// surely is a signal of a device that has mistakes, or nil where it depends on these what it is.
func (d *dev) surely(name string) (is *device.Signal) {
	if d.custom != nil {
		role, shape, ok := d.custom.Shape(name)
		if !ok || shape.Unknown {
			return nil
		}
		return &device.Signal{Name: name, Role: role, Type: shape.Type, Unit: shape.Unit, Labels: shape.Labels}
	}
	all := d.canHave()
	for i := range all {
		if all[i].Name != name {
			continue
		}
		if is != nil {
			return nil
		}
		is = &all[i]
	}
	return is
}

// hides reports whether a device that is written in the file has a signal of which a mistake elsewhere hides what it is.
func (d *dev) hides(name string) bool {
	if d.custom == nil {
		return false
	}
	_, shape, _ := d.custom.Shape(name)
	return shape.Unknown
}

// size is how many members a device has.
func (d *dev) size() int {
	if d.spec.Count.Usable() {
		return int(min(d.spec.Count.Value, maxMembers))
	}
	return 1
}
