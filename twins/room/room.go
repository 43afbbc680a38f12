package room

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// freezing is 0 degC in K.
const freezing = 273.15

// air is how much heat a cubic metre of it takes for each kelvin: 1.2 kg/m3 of 1005 J/(kg K).
const air = 1206

// A Spec is the configuration of a room.
type Spec struct {
	Resistance float64 `twin:"R,K/W" default:"0.005 K/W" doc:"against the heat that leaves, by leaks too"`
	Capacity   float64 `twin:"C,J/K" default:"1e7 J/K" doc:"heat that it takes to be warmer"`
	Start      float64 `twin:"starts,degC" default:"21 degC" doc:"how warm it is at the start"`
	Volume     float64 `twin:"volume,m3" default:"250 m3" doc:"of the air in it"`
	Changes    float64 `twin:"air_changes,1/h" default:"0.5 1/h" doc:"how often its air is replaced"`
	Airing     float64 `twin:"airing,1/h" default:"10 1/h" doc:"and how much more often while it is open"`
}

// Default returns the defaults.
func Default() Spec {
	return Spec{Resistance: 0.005, Capacity: 1e7, Start: freezing + 21, Volume: 250, Changes: 0.5 / 3600, Airing: 10. / 3600}
}

// Kind describes the room to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "room",
		Summary: "a room or a house: how warm it is, and carbon monoxide in its air",
		Text: `C d(temperature)/dt = (outside - temperature) (1/R + open H) + heat, where H is
1206 J/(m3 K) volume airing; settles at outside + R heat with the time constant
R C. d(co)/dt = monoxide/volume (1 - co) - (air_changes + open airing) co.
Valid for hours, of a house whose air is mixed.`,
		Source: "1R1C: ISO 13790, ISO 13789; mass balance of mixed air",
		Example: `house:
  is: room
  outside: '"0 degC"'
  heat: '"4200 W"'`,
	}, Default(), New)
}

type room struct {
	Spec
	heat, outside, monoxide *device.In[float64]
	open                    *device.In[bool]
	temperature, co         *device.Out[float64]
}

// New returns a room.
func New(s Spec) (device.Device, error) {
	err := plausible(s, []limit{
		{"R", s.Resistance, 1e-4, 1, 1, "K/W", losses},
		{"C", s.Capacity, 4e5, 3.7e9, 1, "J/K", masses},
		{"volume", s.Volume, 5, 1e5, 1, "m3", sizes},
		{"air_changes", s.Changes, 0, 30, 1. / 3600, "1/h", leaks},
		{"airing", s.Airing, 0, 30, 1. / 3600, "1/h", leaks},
	})
	if err == nil {
		err = temperate(s.Start)
	}
	if err != nil {
		return nil, err
	}
	return &room{Spec: s}, nil
}

// Look implements device.Looker.
func (r *room) Look() device.Look {
	return device.Look{Icon: "home"}.By("on", "heated").By("value", "temperature")
}

// Declare implements device.Device.
func (r *room) Declare(p *device.Ports) {
	r.heat = device.Input[float64](p, "heat", unit.Watt, device.Optional(0), device.Doc("what warms it"),
		device.Possible(-1e9, 1e9, "from 1 GW of cooling to 1 GW of heat: a power station has no more, our estimate"))
	r.outside = device.Input[float64](p, "outside", unit.Celsius, device.Optional(freezing), device.Doc("temperature of the air outside; 0 degC where it is not wired"),
		device.Possible(173.15, 373.15, "outdoors it was from -89.2 to 56.7 degC (WMO): from -100 to 100 degC are taken"))
	r.open = device.Input[bool](p, "open", unit.One, device.Optional(0), device.Doc("a window or a door is"))
	r.monoxide = device.Input[float64](p, "monoxide", unit.CubicMetrePerHour, device.Optional(0), device.Doc("carbon monoxide that comes in"),
		device.Possible(0, 1000./3600, "it is from none to what 10 MW of burners would make of all their gas, our estimate"),
		device.Counted("less than none counts as none, more as it is"))
	device.Computed(p, "heated", unit.One, func(c *device.Context) bool { return r.heat.Get(c) > 0 }, device.Reads(r.heat), device.Doc("something warms it"))
	r.temperature = temperature(p, "temperature", r.Start, r.warms, "of the air, and of all that is in it", r.heat, r.outside, r.open)
	r.co = device.Continuous(p, "co", unit.PPM, 0, r.fills, device.Reads(r.open, r.monoxide), device.Doc("carbon monoxide in the air"))
	itself(p)
}

// itself has the rate of the signal that was declared last read that signal.
func itself(p *device.Ports) {
	own := &p.Signals[len(p.Signals)-1]
	own.Reads = append(own.Reads, own.Cell)
}

// airing is how often the air is replaced besides, 1/s.
func (r *room) airing(c *device.Context) float64 {
	if r.open.Get(c) {
		return r.Airing
	}
	return 0
}

// warms is how fast it becomes warmer, K/s.
func (r *room) warms(c *device.Context) float64 {
	loss := 1/r.Resistance + float64(air*float64(r.Volume*r.airing(c)))
	return (float64((max(0, r.outside.Get(c))-r.temperature.Get(c))*loss) + r.heat.Get(c)) / r.Capacity
}

// fills is how fast carbon monoxide becomes more, 1/s.
func (r *room) fills(c *device.Context) float64 {
	co := r.co.Get(c)
	return float64(max(0, r.monoxide.Get(c))/r.Volume*(1-co)) - float64((r.Changes+r.airing(c))*co)
}
