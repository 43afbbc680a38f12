package scenarios

import (
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/compile"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/vtime"
)

// atLarge follows the name of an attacker who keeps to no script.
const atLarge = "_at_large"

// approaching are the steps by which attackers come to where they do harm.
var approaching = []string{"scan", "connect", "login", "exploit", "pivot", "sniff", "hijack"}

// tries is how often an attacker who keeps to no script tries a device.
const tries = vtime.Minute

// Adaptive returns the plan of the scenario with its attackers let off their script, and
// with some barriers raised: from the devices that they stand on they try every weakness
// of every device, and every credential that they hold or find, all the time; where they
// come to a device from which the script did harm, they do that harm. It is nil where no
// attacker of the scenario acts from a foothold.
func (s *Scenario) Adaptive(barriers ...string) (*sim.Plan, error) {
	let := 0
	p, err := s.again(compile.Options{Raise: barriers, Adapted: true}, func(f *syntax.File) { let = letLoose(f) })
	if let == 0 {
		return nil, nil
	}
	return p, err
}

// letLoose lets attackers off their script: they spread as malware does. It returns how
// many do.
func letLoose(f *syntax.File) (n int) {
	for i := range f.System.Attackers {
		a := &f.System.Attackers[i]
		if m, script, ok := loose(f, a); ok {
			f.System.Malware = append(slices.Clone(f.System.Malware), m)
			f.Timeline, f.Expect = script, syntax.Expect{}
			n++
		}
	}
	return n
}

// loose makes malware of an attacker, and the timeline without its steps.
func loose(f *syntax.File, a *syntax.Attacker) (m syntax.Malware, rest []syntax.Step, ok bool) {
	text := func(value string) syntax.Text { return syntax.Text{Value: value, Span: a.Name.Span} }
	m = syntax.Malware{Name: text(a.Name.Value + atLarge), Holds: a.Holds, Spreads: tryAll(f, text), Aware: true}
	begins := vtime.Duration(f.Run.Value)
	for _, step := range f.Timeline {
		at, mine := standing(f, a, &step)
		if !mine {
			rest = append(rest, step)
			continue
		}
		if step.At.Present() {
			begins = min(begins, step.At.Value)
		}
		if slices.Contains(approaching, step.Kind.Value) {
			continue
		}
		step.At, step.When, step.After, step.Needs, step.From = syntax.Duration{}, syntax.Text{}, syntax.Text{}, nil, syntax.Text{}
		step.Params = slices.DeleteFunc(slices.Clone(step.Params), func(e syntax.Entry) bool { return e.Key.Value == "by" && step.Kind.Value != "delay" })
		m.Payloads = append(m.Payloads, syntax.Payload{On: []syntax.Text{at}, Step: step})
	}
	for _, at := range a.At {
		rest = append(rest, syntax.Step{
			Span: a.Name.Span, At: syntax.Duration{Text: text(begins.String()), Value: begins}, Class: syntax.Attack, Kind: text("release"),
			Params: []syntax.Entry{
				{Key: text("malware"), Value: syntax.Value{Shape: syntax.Scalar, Text: m.Name}},
				{Key: text("on"), Value: syntax.Value{Shape: syntax.Scalar, Text: at}},
			},
		})
	}
	return m, rest, len(m.Payloads) > 0
}

// tryAll is a way to spread for each weakness, and one for logins. What malware only
// carries from host to host is of no use from afar.
func tryAll(f *syntax.File, text func(string) syntax.Text) (list []syntax.Vector) {
	n := hosts(f)
	addresses := syntax.Integer{Text: text(strconv.FormatInt(n, 10)), Value: n}
	every := syntax.Duration{Value: max(1, tries*vtime.Duration(len(f.System.Devices))/vtime.Duration(n))}
	every.Text = text(every.Value.String())
	add := func(name string, login ...source.Text) {
		if !slices.ContainsFunc(list, func(v syntax.Vector) bool { return v.Name.Value == name }) {
			list = append(list, syntax.Vector{Name: text(name), Over: text("network"), To: text("random"), Every: every, Addresses: addresses, Login: login})
		}
	}
	carried := map[string]bool{}
	for i := range f.System.Malware {
		for _, v := range f.System.Malware[i].Spreads {
			carried[v.Name.Value] = v.Over.Value != "network"
		}
	}
	remote := false
	for i := range f.System.Devices {
		d := &f.System.Devices[i]
		for k := range d.Weaknesses {
			if name := d.Weaknesses[k].Name.Value; !carried[name] {
				add(name)
			}
		}
		remote = remote || len(d.Remote) > 0
	}
	if remote {
		add("login", text("held"))
		for _, c := range f.System.Credentials {
			if c.Default.Value { // everybody knows it
				add("login-with-"+c.Name.Value, c.Name)
			}
		}
	}
	return list
}

// hosts is how many there are, those of populations counted.
func hosts(f *syntax.File) (n int64) {
	for i := range f.System.Devices {
		n += max(1, f.System.Devices[i].Count.Value)
	}
	for i := range f.System.Kinds { // each device may be a group of these
		n += int64(len(f.System.Kinds[i].Devices) * len(f.System.Devices))
	}
	return n
}

// standing reports whether a step is an attacker's, and from which device.
func standing(f *syntax.File, a *syntax.Attacker, step *syntax.Step) (at syntax.Text, mine bool) {
	if step.Class != syntax.Attack || !step.From.Present() || len(a.At) == 0 {
		return at, false
	}
	if step.From.Value == a.Name.Value {
		return a.At[0], true
	}
	for _, e := range step.Params {
		if e.Key.Value == "by" && step.Kind.Value != "delay" {
			return step.From, e.Value.Text.Value == a.Name.Value
		}
	}
	here := slices.ContainsFunc(a.At, func(t syntax.Text) bool { return t.Value == step.From.Value })
	return step.From, here || len(f.System.Attackers) == 1 && len(f.System.Malware) == 0
}
