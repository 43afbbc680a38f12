package compile

import (
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/network"
)

// A Measure is a check that a device could have besides those that it has: one that
// the file declares but leaves off, or one that every device could have.
type Measure struct {
	Device, Check string
	Cost          float64
}

// The measures that every device could have that is told something over the network.
const (
	// MeasureAuthenticate has all that are wired to the device sign what they tell it.
	MeasureAuthenticate = "authenticate senders"
	// MeasureFresh refuses messages that came before.
	MeasureFresh = "fresh messages"
	// MeasureAuthorise refuses whoever is not wired to the device.
	MeasureAuthorise = "authorise senders"
)

// costs are in the order of the layers of protection, cheapest first: what is a matter
// of configuration, then of keys, then of models.
var costs = map[string]float64{
	"fresh": 1, "authorise": 1, "range": 1, "rate-limit": 1, "change": 2, "authenticate": 2, "interlock": 3, "watchdog": 3,
	"plausible": 4, "residual": 4, "cusum": 4, "vote": 6, "two-person": 6,
	MeasureAuthorise: 1, MeasureFresh: 1, MeasureAuthenticate: 2,
}

// signature is the credential that senders sign with under MeasureAuthenticate.
const signature = 1 << maxCredentials

func never([]float64, int) bool { return false }

// switchedOn reports whether a measure is.
func (b *builder) switchedOn(device, name string) bool {
	return slices.ContainsFunc(b.Measures, func(m Measure) bool { return m.Device == device && m.Check == name })
}

// isOff reports whether a check of a device is off, and no measure has it on.
func (b *builder) isOff(d *dev, i int) bool {
	return d.spec.Checks[i].Off.Value && !b.switchedOn(d.spec.Name.Value, checkName(d.spec.Checks, i))
}

// measured reports whether a device has a measure that the file does not know of.
func (b *builder) measured(device string) bool {
	return b.switchedOn(device, MeasureAuthenticate) || b.switchedOn(device, MeasureFresh) || b.switchedOn(device, MeasureAuthorise)
}

// senders are the devices that a device is wired to over the network.
func (b *builder) senders(device string) (names []string) {
	d := b.byName[device]
	if d == nil {
		return nil
	}
	for _, w := range d.inputs {
		id, _, _, ok := splitPath(w.wiring.Source.Value)
		if ok && !w.wiring.Wired && b.byName[id] != nil && !slices.Contains(names, id) {
			names = append(names, id)
		}
	}
	return names
}

// measures puts those rules first that the file does not know of.
func (k *checker) measures() {
	id := k.dev.spec.Name.Value
	add := func(name string, c check.Check) {
		if k.b.switchedOn(id, name) {
			k.guard.Rules = append(k.guard.Rules, check.Rule{Name: name, Owner: k.dev.spec.Owner.Value, Text: name, Check: c})
			k.added++
		}
	}
	var ranks []int32
	for _, s := range k.b.senders(id) {
		ranks = append(ranks, int32(k.b.sys.Rank(s)))
	}
	add(MeasureAuthenticate, check.Authenticate{Credentials: signature})
	add(MeasureFresh, check.Fresh{Counter: true})
	var grants []check.Grant // nobody may where nobody is wired to it
	if len(ranks) > 0 {
		grants = []check.Grant{{Claimed: ranks}}
	}
	add(MeasureAuthorise, check.Authorise{Grants: grants})
	if k.b.switchedOn(id, MeasureAuthenticate) {
		k.b.sys.Sign(id, network.Sign)
		for _, s := range k.b.senders(id) {
			k.b.sys.Device(s).Holds |= signature
		}
	}
}

// could lists all that could be switched on.
func (b *builder) could() {
	if b.Could == nil {
		return
	}
	for _, d := range b.devs {
		id := d.spec.Name.Value
		for i := range d.spec.Checks {
			if c := &d.spec.Checks[i]; c.Off.Value {
				*b.Could = append(*b.Could, Measure{id, checkName(d.spec.Checks, i), b.cost(c.Cost, c.Kind.Value)})
			}
		}
		told := len(b.senders(id)) > 0
		for _, name := range []string{MeasureAuthorise, MeasureFresh, MeasureAuthenticate} {
			if !d.broken && (told || name == MeasureAuthorise && len(b.settingsOf(id)) > 0) {
				*b.Could = append(*b.Could, Measure{id, name, costs[name]})
			}
		}
	}
}

// cost reads what a check costs to switch on; where nothing is said it goes by its
// kind.
func (b *builder) cost(t source.Text, kind string) float64 {
	if !t.Usable() {
		return costs[kind]
	}
	x, err := strconv.ParseFloat(t.Value, 64)
	if err != nil || x < 0 {
		b.Errorf(t.Span, "write a number such as 3", "%s is no cost", source.Quote(t.Value))
	}
	return x
}
