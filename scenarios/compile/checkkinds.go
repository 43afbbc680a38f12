package compile

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/custom"
	"github.com/harmproof/harmproof/scenarios/expression"
	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/check"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/vtime"
)

func (k *checker) authenticate() check.Check {
	k.proof()
	return check.Authenticate{Credentials: k.b.secretsOf(k.texts())}
}

// fresh: 2s is by age, fresh: counter by the number of the message.
func (k *checker) fresh() check.Check {
	f := check.Fresh{}
	for _, t := range k.texts() {
		if t.Value == "counter" {
			f.Counter = true
		} else if d, problems := syntax.ReadDuration(t); len(problems) > 0 && t.Usable() {
			k.b.Errorf(t.Span, "write `fresh: counter`, `fresh: 2s` or `fresh: [counter, 2s]`", "%s is neither counter nor a duration", source.Quote(t.Value))
		} else {
			f.Window = d.Value
		}
	}
	if t, ok := k.param("slack"); ok {
		n, err := strconv.Atoi(t.Value)
		if err != nil || n < 0 || n > 63 {
			k.b.Errorf(t.Span, "write a whole number up to 63", "%s is no number of messages that may overtake", source.Quote(t.Value))
		}
		f.Slack = uint8(max(0, min(n, 63)))
	}
	return f
}

func (k *checker) authorise() check.Check {
	var a check.Authorise
	for i := range k.of.Grants {
		a.Grants = append(a.Grants, k.grant(&k.of.Grants[i]))
	}
	return a
}

func (k *checker) grant(g *syntax.Grant) check.Grant {
	grant := check.Grant{Claimed: k.devices(g.Who), Verbs: uint32(k.b.verbs(g.Verbs)), Objects: k.objects(g.Objects)}
	if len(g.Range) == 2 {
		grant.Limited = true
		if len(grant.Objects) == 0 {
			k.b.Errorf(g.Range[0].Span, "add `object: "+k.sample()+"`", "a range needs to say of what")
		} else {
			grant.Low, grant.High = k.ends(g.Range, k.shape(k.guard.Objects[grant.Objects[0]].Name))
		}
	}
	if len(g.Hours) == 2 {
		grant.Hours = check.Hours{From: k.duration(g.Hours[0]), To: k.duration(g.Hours[1])}
	}
	if g.Mode.Usable() {
		grant.When = k.state(g.Mode)
	}
	return grant
}

// ends evaluates both ends of a range.
func (k *checker) ends(list []syntax.Text, shape custom.Shape) (low, high float64) {
	low, ok := k.value(list[0], shape)
	high, good := k.value(list[1], shape)
	if ok && good && low > high {
		k.b.Errorf(list[0].Span, "swap the ends", "nothing lies between %s and %s", list[0].Value, list[1].Value)
	}
	return low, high
}

func (k *checker) limits() check.Check {
	list := k.texts()
	if len(list) != 2 {
		k.b.Errorf(k.of.Value.Text.Span, "write `range: [0 m, 4 m]`", "a range has two ends")
		return check.Range{}
	}
	if len(k.of.Of) == 0 {
		k.b.Errorf(k.of.Kind.Span, "add `of: "+k.sample()+"`", "a range needs to say of which inputs or settings")
		return check.Range{}
	}
	o, ok := k.object(k.of.Of[0])
	if !ok {
		return check.Range{}
	}
	low, high := k.ends(list, k.shape(k.guard.Objects[o].Name))
	return check.Range{Low: low, High: high}
}

// rateLimit: 10 with per: 1s.
func (k *checker) rateLimit() check.Check {
	r := check.RateLimit{PerSender: true}
	t, ok := k.single()
	per, has := k.must("per", "1s")
	n, err := strconv.Atoi(t.Value)
	if ok && (err != nil || n < 1) {
		k.b.Errorf(t.Span, "write `rate-limit: 10` and `per: 1s`", "%s is no number of messages", source.Quote(t.Value))
		return r
	}
	if !ok || !has {
		return r
	}
	span := k.duration(per)
	r.Every, r.Burst = max(1, span/vtime.Duration(n)), int64(n)
	if t, ok := k.param("burst"); ok {
		if r.Burst, err = strconv.ParseInt(t.Value, 10, 64); err != nil || r.Burst < 1 {
			k.b.Errorf(t.Span, "write a whole number such as 20", "%s is no number of messages", source.Quote(t.Value))
		}
	}
	if t, ok := k.param("each"); ok {
		r.PerSender = t.Value != "false"
	}
	return r
}

func (k *checker) change() check.Check {
	t, ok := k.single()
	o, has := k.only()
	if !ok || !has {
		return check.Change{}
	}
	sym, _ := k.b.sys.Lookup(k.dev.spec.Name.Value, o.Name)
	x, _ := k.value(t, perSecond(sym.Signal))
	return check.Change{Limit: x}
}

func (k *checker) plausible() check.Check {
	if t, ok := k.single(); ok {
		return check.Plausible{Holds: k.condition(t)}
	}
	return check.Plausible{Holds: always}
}

func (k *checker) interlock() check.Check {
	if t, ok := k.single(); ok {
		return check.Interlock{Permits: k.state(t)}
	}
	return check.Interlock{Permits: always}
}

// always stands for a condition that has a mistake.
func always([]float64, int) bool { return true }

// model reads what stands after residual and cusum: the rate at which the input
// should change, or {expected: EXPRESSION}, what it should be.
func (k *checker) model() (rate, expected signal.Function, o check.Object, ok bool) {
	v, whole := k.of.Value, false
	if v.Shape == syntax.Map && len(v.Entries) == 1 && v.Entries[0].Key.Value == "expected" {
		v, whole = v.Entries[0].Value, true
	}
	t, given := k.singleOf(v)
	o, ok = k.only()
	if !given || !ok {
		return nil, nil, o, false
	}
	sym, _ := k.b.sys.Lookup(k.dev.spec.Name.Value, o.Name)
	shape := perSecond(sym.Signal)
	if whole {
		shape = shapeOf(sym.Signal)
	}
	e, errs := expression.Value(t.Value, &expression.Want{Type: shape.Type, Unit: shape.Unit}, k)
	if len(errs) > 0 {
		k.b.explain(t, errs)
		return nil, nil, o, false
	}
	if whole {
		return nil, e.Eval, o, true
	}
	return e.Eval, nil, o, true
}

// span reads a parameter that is a difference of an object's values.
func (k *checker) span(key string, o check.Object) float64 {
	t, ok := k.must(key, strings.TrimSpace("0.1 "+o.Symbol))
	if !ok {
		return 0
	}
	sym, _ := k.b.sys.Lookup(k.dev.spec.Name.Value, o.Name)
	x, _ := k.value(t, difference(sym.Signal))
	return x
}

func (k *checker) residual() check.Check {
	rate, expected, o, ok := k.model()
	if !ok {
		return check.Residual{}
	}
	return check.Residual{Rate: rate, Expected: expected, Tolerance: k.span("tolerance", o)}
}

func (k *checker) cusum() check.Check {
	rate, expected, o, ok := k.model()
	if !ok {
		return check.Cusum{}
	}
	return check.Cusum{Rate: rate, Expected: expected, Bias: k.span("bias", o), Threshold: k.span("threshold", o)}
}

func (k *checker) vote() check.Check {
	list := k.texts()
	objects := k.objects(list)
	if len(objects) != 3 {
		if len(list) != 3 {
			k.b.Errorf(k.of.Kind.Span, choice("name three of", k.objectNames(), "name three inputs"), "three vote, not %d", len(list))
		}
		return check.Vote{Objects: [3]int32{0, 1, 2}}
	}
	return check.Vote{Objects: [3]int32(objects), Tolerance: k.span("tolerance", k.guard.Objects[objects[0]])}
}

// twoPerson: [alice, bob] are people and devices; a person is known by what only
// they hold, a device by what it claims.
func (k *checker) twoPerson() check.Check {
	p, before := check.TwoPerson{Within: 5 * vtime.Minute}, k.b.mistakes()
	for _, t := range k.texts() {
		switch {
		case !t.Usable():
		case k.b.byName[t.Value] != nil:
			p.Persons = append(p.Persons, check.Person{Claimed: int32(k.b.sys.Rank(t.Value))})
		case slices.Contains(k.b.holders(), t.Value):
			own := k.b.ownSecrets(t.Value, k.texts())
			if own == 0 {
				k.b.Errorf(t.Span, "declare a credential: `"+t.Value+"_key: {held_by: ["+t.Value+"]}`", "%s holds no credential that the others do not, so nobody can tell who it is", t.Value)
			}
			p.Persons = append(p.Persons, check.Person{Claimed: -1, Bears: own})
		default:
			k.b.Errorf(t.Span, "name a device, or declare the person under system: `people: {"+t.Value+": {}}`", "there is no device and no person %s%s", source.Quote(t.Value), source.DidYouMean(t.Value, k.b.holders()))
		}
	}
	if t, ok := k.param("within"); ok {
		p.Within = k.duration(t)
	}
	if len(p.Persons) == 1 && k.b.mistakes() == before {
		k.b.Errorf(k.of.Kind.Span, "name a second one, a device or a person", "one person alone is not two")
	}
	return p
}

func (k *checker) watchdog() check.Check {
	t, ok := k.single()
	if !ok {
		return check.Watchdog{Within: vtime.Second}
	}
	return check.Watchdog{Within: k.duration(t)}
}

// loginLimit is how long apart a device lets logins be, and which check says so.
func (b *builder) loginLimit(d *dev) (apart vtime.Duration, by string) {
	for i := range d.spec.Checks {
		c := &d.spec.Checks[i]
		if c.Kind.Value != "rate-limit" || b.isOff(d, i) || len(c.Verbs) > 0 && !slices.ContainsFunc(c.Verbs, func(t syntax.Text) bool { return t.Value == "login" }) {
			continue
		}
		n, err := strconv.ParseFloat(c.Value.Text.Value, 64)
		for _, e := range c.Params {
			if e.Key.Value == "per" && err == nil && n > 0 {
				d, _ := syntax.ReadDuration(e.Value.Text)
				if each := vtime.Duration(math.Ceil(float64(d.Value) / n)); each > apart {
					apart, by = each, c.Kind.Value
					if c.Name.Present() {
						by = c.Name.Value
					}
				}
			}
		}
	}
	return apart, by
}
