package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/network"
)

// Surface writes who may reach what over the network of a plan, and what of that is
// worth a second thought.
func Surface(w io.Writer, p *sim.Plan, o Options) error {
	s := newSheet(o)
	x := p.Surface()
	name, about := clean(p.Name), "  who may reach what over the network"
	if width(name)+width(about) > s.width {
		s.line("%s", s.bold(name))
		name = ""
	}
	s.line("%s%s", s.bold(name), about)
	s.line("")
	s.services(x.Services)
	if len(x.Services) == 0 {
		s.line("Nothing: no device can be asked or told anything.")
		s.line("")
	}
	s.keys(x.Keys)
	s.flaws(x.Flaws)
	_, err := io.WriteString(w, s.String())
	return err
}

// entry writes a word with what is said of it below the others.
func (s *sheet) entry(word, text string) {
	const room = 2 + len("configure") + 2
	s.block("  "+left(word, room-2), strings.Repeat(" ", room), wrap(text, s.width-room, s.width-room))
}

// services writes what is open: first to whom, then what, by what it asks for.
func (s *sheet) services(list []sim.Service) {
	done := make([]bool, len(list))
	for i := range list {
		if done[i] {
			continue
		}
		head, reach := heading(&list[i]), s.reach(&list[i])
		s.line("%s%s", s.bold(head[0]), head[1])
		for _, line := range reach {
			s.line("%s", line)
		}
		for k := i; k < len(list); k++ {
			if x := &list[k]; !done[k] && heading(x) == head && slices.Equal(s.reach(x), reach) {
				done[k] = true
				s.service(x)
			}
		}
		s.line("")
	}
}

// service writes what can be asked and told, and what that asks for.
func (s *sheet) service(x *sim.Service) {
	for _, o := range offers(x.Protocol, x.Offers) {
		s.entry(o.verb, o.what)
	}
	asks := asked(x.Asks)
	if len(x.Asks) == 0 {
		asks += trusted(x.Offers)
	}
	s.entry("  asks", asks)
}

// trusted says what it comes to that nothing is asked for.
func trusted(list []sim.Offer) string {
	switch {
	case slices.ContainsFunc(list, func(o sim.Offer) bool { return o.Writes() }):
		return ": whoever reaches it is believed"
	case !slices.ContainsFunc(list, func(o sim.Offer) bool { return o.Verb != network.Read && o.Verb != network.Subscribe }):
		return ": whoever reaches it may read it"
	}
	return ""
}

// heading says where something is, and how it is spoken to.
func heading(x *sim.Service) [2]string {
	where := "In the one network"
	if len(x.Zones) > 0 {
		where = "In " + clean(strings.Join(x.Zones, " and "))
	}
	return [2]string{where, ", by " + x.Protocol.String() + ", " + protection(x.Security)}
}

// reach is the lines that say who comes to a service, and who does not.
func (s *sheet) reach(x *sim.Service) []string {
	var t sheet
	t.width = s.width
	from := "nobody else"
	if len(x.From) > 0 {
		from = approaches(x.From, true)
	}
	t.entry("from", from)
	if len(x.Stopped) > 0 {
		t.entry("not from", approaches(x.Stopped, false))
	}
	return strings.Split(strings.TrimSuffix(t.String(), "\n"), "\n")
}

func protection(s network.Security) string {
	return [...]string{"neither signed nor encrypted", "signed", "signed and encrypted"}[min(int(s), 2)]
}

// An offer is what can be asked and told by one verb, or by some.
type offer struct{ verb, what string }

// offers groups what can be asked and told by its verb. Settings are configured and
// downloaded alike.
func offers(p network.Protocol, list []sim.Offer) (out []offer) {
	both := alike(list)
	for from := 0; from < len(list); {
		first := &list[from]
		end := from + 1
		for end < len(list) && list[end].Verb == first.Verb && list[end].Weakness == first.Weakness {
			end++
		}
		one := offer{first.Verb.String(), objects(list[from:end])}
		switch {
		case first.Weakness != "":
			one = offer{"exploit", clean(first.Weakness) + " of " + one.what}
		case first.Signal == "":
			one.what = "at " + one.what
		}
		one.what += asking(p, list[from:end])
		if first.Verb != network.Download || !both { // else it is said already
			out = append(out, one)
		}
		from = end
	}
	slices.SortStableFunc(out, func(a, b offer) int { return order(a.verb) - order(b.verb) })
	return out
}

// asking names the functions of a protocol by which something is asked for: " (function 4)".
func asking(p network.Protocol, list []sim.Offer) string {
	var functions []network.Function
	for i := range list {
		if f := list[i].Function; f != 0 {
			functions = append(functions, f)
		}
	}
	slices.Sort(functions)
	var numbers []string
	for _, f := range slices.Compact(functions) {
		numbers = append(numbers, p.FunctionNumber(f))
	}
	switch len(numbers) {
	case 0:
		return ""
	case 1:
		return " (" + p.FunctionWord() + " " + numbers[0] + ")"
	}
	return " (" + p.FunctionWord() + "s " + strings.Join(numbers, ", ") + ")"
}

// order is the place of a verb among those of one service.
func order(verb string) int {
	if v, ok := network.ParseVerb(verb); ok {
		return int(v)
	}
	return len(network.VerbNames())
}

// alike reports whether the settings that can be configured are those that can be
// downloaded.
func alike(list []sim.Offer) bool {
	var verbs [2][]string
	for i := range list {
		switch o := &list[i]; o.Verb {
		case network.Configure:
			verbs[0] = append(verbs[0], o.Device+"."+o.Signal)
		case network.Download:
			verbs[1] = append(verbs[1], o.Device+"."+o.Signal)
		}
	}
	return slices.Equal(verbs[0], verbs[1])
}

// objects names signals, those of one name together: "level of a, b; run of c".
func objects(list []sim.Offer) string {
	var names []string
	devices := map[string][]string{}
	for i := range list {
		o := &list[i]
		if devices[o.Signal] == nil {
			names = append(names, o.Signal)
		}
		devices[o.Signal] = append(devices[o.Signal], o.Device)
	}
	var parts []string
	for at := 0; at < len(names); at++ {
		name := names[at]
		same := []string{name}
		for k := at + 1; k < len(names); k++ { // of the same devices: "low, high of plc"
			if slices.Equal(devices[names[k]], devices[name]) {
				same = append(same, names[k])
				names = slices.Delete(names, k, k+1)
				k--
			}
		}
		text := some(devices[name])
		if name != "" {
			text = some(same) + " of " + text
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// asked says what who comes must have or pass.
func asked(list []sim.Ask) string {
	if len(list) == 0 {
		return "nothing"
	}
	var parts []string
	for i := range list {
		a := &list[i]
		text := clean(a.Check)
		if a.Kind != a.Check {
			text += " (" + a.Kind + ")"
		}
		if len(a.Credentials) > 0 {
			text += ": " + clean(strings.Join(a.Credentials, " or "))
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// approaches says who comes, or who does not and why.
func approaches(list []sim.Approach, pass bool) string {
	var parts []string
	if !pass {
		list = gathered(list)
	}
	for i := range list {
		a := &list[i]
		if n := len(list) - i; i == waysMost && n > 1 {
			parts = append(parts, fmt.Sprintf("and %d more ways", n))
			break
		}
		who := slices.Concat(a.Zones, a.Devices)
		text := "anybody"
		if len(who) > 0 {
			text = some(who)
		}
		if len(a.Over) > 0 {
			text += " over " + clean(strings.Join(a.Over, ", "))
		}
		for _, login := range a.Logins {
			text += ", with " + clean(strings.Join(login, " or "))
		}
		if !pass {
			text += ": " + stops(a)
		}
		parts = append(parts, text)
	}
	return strings.Join(parts, "; ")
}

// waysMost is how many ways to one thing are told of at most.
const waysMost = 8

// gathered makes one of many conduits that have no rule for something.
func gathered(list []sim.Approach) (out []sim.Approach) {
	var silent sim.Approach
	var conduits []string
	for _, a := range list {
		if a.By == "" || a.Rule > 0 || isDiode(&a) {
			out = append(out, a)
			continue
		}
		silent.Zones, silent.Devices = append(silent.Zones, a.Zones...), append(silent.Devices, a.Devices...)
		conduits = append(conduits, a.By)
	}
	if len(conduits) < 3 {
		return list
	}
	silent.Why = some(conduits) + " have no rule that allows it"
	return append(out, silent)
}

func isDiode(a *sim.Approach) bool { return strings.Contains(a.Why, " is a diode") }

// stops says what stops those who do not come.
func stops(a *sim.Approach) string {
	switch {
	case a.Rule > 0:
		return fmt.Sprintf("rule %d of %s denies it", a.Rule, clean(a.By))
	case a.By != "" && isDiode(a):
		return clean(a.By) + " is a diode"
	case a.By != "":
		return clean(a.By) + " has no rule that allows it"
	}
	return clean(a.Why)
}

// keys writes the credentials.
func (s *sheet) keys(list []sim.Key) {
	if len(list) == 0 {
		return
	}
	g := grid{sheet: s, titles: []string{"Credential", "Kind", "Held by", "Asked for by"}}
	for i := range list {
		k := &list[i]
		kind := "-"
		switch {
		case k.Password:
			kind = "password"
		case k.Known:
			kind = "key"
		}
		if k.Default {
			kind += ", default"
		}
		holders := slices.Concat(k.HeldBy, k.People)
		held := some(holders)
		if len(holders) > 1 {
			held += " (shared)"
		}
		if len(k.Stolen) > 0 {
			held = strings.TrimPrefix(held+", attacker "+some(k.Stolen), ", ")
		}
		g.add(clean(k.Name), kind, dash(held), dash(some(k.Opens)))
	}
	g.write()
	s.line("")
}

// flaws writes what is worth knowing.
func (s *sheet) flaws(list []sim.Flaw) {
	if len(list) == 0 {
		s.line("No findings.")
		return
	}
	s.line("%s", s.bold("Findings"))
	for i := range list {
		s.block("  - ", "    ", wrap(Flaw(&list[i]), s.width-4, s.width-4))
	}
}

// Flaw says in one sentence what is worth knowing.
func Flaw(f *sim.Flaw) string {
	names := func(from int) string { return some(f.Names[min(from, len(f.Names)):]) }
	name := func(i int) string { return clean(f.Names[i]) }
	verb := map[bool]string{true: " has", false: " have"}[len(f.Names) == 1]
	switch f.Kind {
	case sim.NoZones:
		return "There are no zones: everybody reaches everybody."
	case sim.NoLevel:
		return names(0) + verb + " no level of the Purdue model."
	case sim.NoTarget:
		return names(0) + map[bool]string{true: " aims", false: " aim"}[len(f.Names) == 1] + " at no security level."
	case sim.DualHomed:
		return name(0) + " is in " + clean(strings.Join(f.Names[1:], " and ")) + ": who is on it has gone around their conduits."
	case sim.Unfiltered:
		return names(0) + verb + " no rules: everything passes."
	case sim.UnfilteredDiode:
		return names(0) + verb + " no rules: everything passes, one way."
	case sim.SkipsLevel:
		return name(0) + " joins " + name(1) + " and " + name(2) + ", and skips the levels between them."
	case sim.OfficeToControl:
		return name(0) + " leads from " + name(1) + ", an office, straight to " + name(2) + ", which controls."
	case sim.Unauthenticated:
		return fmt.Sprintf("%s written without proof of who it is: %s.", counted(len(f.Names), "input or setting can be", "inputs and settings can be"), names(0))
	case sim.ClearPassword:
		return names(0) + verb + " to be sent openly: who sits on the way learns it."
	case sim.DefaultCredential:
		return names(0) + verb + " not been changed since the maker shipped it: everybody can know it."
	case sim.SharedCredential:
		return name(0) + " is shared by " + names(1) + ": it does not tell them apart."
	case sim.Weak:
		text := name(0) + " has a weakness, " + name(1) + ": who uses it acts from there"
		if len(f.Names) > 2 {
			text += ", as malware does (" + clean(strings.Join(f.Names[2:], ", ")) + ")"
		}
		return text + "."
	}
	return f.Kind + ": " + names(0)
}
