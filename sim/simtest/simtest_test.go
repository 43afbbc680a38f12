package simtest

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A witness is a test that notes what goes wrong.
type witness struct {
	testing.TB
	said []string
}

func (w *witness) Helper()                      {}
func (w *witness) Log(...any)                   {}
func (w *witness) Error(args ...any)            { w.said = append(w.said, fmt.Sprint(args...)) }
func (w *witness) Errorf(f string, args ...any) { w.said = append(w.said, fmt.Sprintf(f, args...)) }
func (w *witness) Fatal(args ...any)            { w.Error(args...); panic(w) }
func (w *witness) Fatalf(f string, args ...any) { w.Errorf(f, args...); panic(w) }
func (w *witness) watch(check func(t testing.TB)) {
	defer func() {
		if x := recover(); x != nil && x != any(w) {
			panic(x)
		}
	}()
	check(w)
}

// A thermometer is a twin with a flaw that can be chosen.
type thermometer struct {
	flaw   string
	memory *float64
	of     *device.In[float64]
	other  *device.In[float64]
	held   *device.Out[float64]
	level  *device.Out[float64]
	told   *device.ReportOut[float64]
	luck   *device.Chance
}

type spec struct {
	Every vtime.Duration `twin:"every" above:"0s" default:"1s" doc:"sampling period"`
}

func (x *thermometer) kind() device.Kind {
	k := device.KindOf(device.Describe{
		Name: "thermometer", Summary: "a thermometer", Text: "reading = of", Source: "nature",
		Example: "t:\n  is: thermometer\n  of: room.temperature",
	}, spec{Every: 1}, func(spec) (device.Device, error) { return x, nil })
	switch x.flaw {
	case "name":
		k.Name = "Thermo_meter"
	case "source":
		k.Source = ""
	case "default":
		k.Parameters[0].Default = "0s"
	}
	return k
}

var shared float64

// Declare implements device.Device.
func (x *thermometer) Declare(p *device.Ports) {
	doc := device.Doc("it")
	if x.flaw == "doc" {
		doc = device.Doc("")
	}
	x.of = device.Input[float64](p, "of", unit.Kelvin, doc)
	x.other = device.Told[float64](p, "other", unit.Kelvin, doc)
	x.held = device.State(p, "held", unit.Kelvin, 0.0, doc)
	x.level = device.Continuous(p, "level", unit.Kelvin, 0, x.rate, device.Reads(x.held), doc)
	device.Computed(p, "twice", unit.Kelvin, func(c *device.Context) float64 {
		if x.flaw == "reads" && x.held.Get(c) > 0.5 {
			return x.of.Get(c)
		}
		return 2 * x.held.Get(c)
	}, device.Reads(x.held), doc)
	x.told = device.Report(p, "reading", unit.Kelvin, 0.0, doc)
	if x.flaw == "luck" {
		x.luck = p.Chance("luck")
	}
	x.memory = new(float64)
	if x.flaw == "shares" {
		x.memory = &shared
	}
	p.Every("sample", vtime.Second, x.sample)
}

func (x *thermometer) rate(c *device.Context) float64 {
	switch x.flaw {
	case "time":
		return c.Seconds()
	case "impure":
		*x.memory++
		return *x.memory
	}
	return x.held.Get(c)
}

func (x *thermometer) sample(c *device.Context) {
	y := x.of.Get(c)
	switch x.flaw {
	case "remembers", "shares":
		*x.memory++
		y += *x.memory
	case "outside": // the same each time that a device is declared anew
		if c.Now() == 0 {
			*x.memory = 0
		}
		*x.memory++
		y += *x.memory
	case "member":
		y += float64(c.Member())
	case "luck":
		y += x.luck.Normal(c)
	}
	x.held.Set(c, y)
	if x.flaw == "infinite" {
		y = math.Inf(1)
	}
	x.told.Set(c, y)
}

// Each flaw breaks the part of the contract that is there for it, in words that
// help.
func TestFlaws(t *testing.T) {
	for flaw, want := range map[string]string{
		"":          "",
		"luck":      "",
		"name":      `described: the kind "Thermo_meter" is not in kebab-case`,
		"source":    "described: the kind has no source",
		"default":   `described: the parameter every has the default "0s": every must be above 0s; give a greater one`,
		"doc":       "described: the signal of says nothing about itself",
		"reads":     "reads: twice reads of, which it does not declare: add it to device.Reads",
		"time":      "reads: level reads the time, which it does not declare",
		"impure":    "reads: level is not a function",
		"remembers": "deterministic: one plan ran differently the second time: the device remembers something outside of its signals",
		"shares":    "isolated: m.held became",
		"member":    "members: m.held became",
		"outside":   "kept: a run that was kept at",
		"infinite":  "m.reading became +Inf at 0m00.000s",
	} {
		t.Run("flaw "+flaw, func(t *testing.T) {
			shared = 0
			x := &thermometer{flaw: flaw}
			s := newSuite(t, x.kind(), func() (device.Device, error) { return &thermometer{flaw: flaw}, nil })
			var said []string
			for _, c := range contract {
				w := &witness{}
				w.watch(func(t testing.TB) { c.check(s, t) })
				for _, line := range w.said {
					said = append(said, c.name+": "+line)
				}
			}
			all := strings.Join(said, "\n")
			if want == "" && all != "" || !strings.Contains(all, want) {
				t.Errorf("wanted %q, but it said\n%s", want, all)
			}
		})
	}
}

func TestRangeOfNoInput(t *testing.T) {
	w := &witness{}
	w.watch(func(t testing.TB) {
		x := &thermometer{}
		newSuite(t, x.kind(), func() (device.Device, error) { return x, nil }, Range("off", 0, 1))
	})
	if len(w.said) != 1 || w.said[0] != `there is no input "off" to give a range to` {
		t.Error(w.said)
	}
}
