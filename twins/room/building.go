package room

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A BuildingSpec is the configuration of a building by ISO 13790.
type BuildingSpec struct {
	Floor       float64 `twin:"floor,m2" default:"100 m2" doc:"Af: area of the floor that is heated"`
	Class       string  `twin:"class" choices:"very_light light medium heavy very_heavy" default:"medium" doc:"how heavy it is"`
	Opaque      float64 `twin:"Hop,W/K" default:"100 W/K" doc:"heat through what is opaque: walls, roof, floor"`
	Windows     float64 `twin:"Hw,W/K" default:"50 W/K" doc:"heat through windows and doors"`
	Ventilation float64 `twin:"Hve,W/K" default:"50 W/K" doc:"heat by ventilation and leaks"`
	Start       float64 `twin:"starts,degC" default:"21 degC" doc:"how warm what is heavy is at the start"`
}

// DefaultBuilding returns the defaults.
func DefaultBuilding() BuildingSpec {
	return BuildingSpec{Floor: 100, Class: "medium", Opaque: 100, Windows: 50, Ventilation: 50, Start: freezing + 21}
}

// Building describes the building to the catalog.
func Building() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "building",
		Summary: "a building by ISO 13790: the air, the surfaces and what is heavy",
		Text: `The simple hourly method (5R1C): air, surfaces and mass, with
His = 3.45 W/(m2 K) 4.5 floor, Hms = 9.1 W/(m2 K) Am, 1/Hem = 1/Hop - 1/Hms.
Each m2 of the floor has so many J/K, and Am: very_light 80 000, 2.5 m2;
light 110 000, 2.5; medium 165 000, 2.5; heavy 260 000, 3.0; very_heavy 370 000,
3.5. Valid for hours and more.`,
		Source: "ISO 13790:2008, annex C and table 12",
		Example: `house:
  is: building
  floor: 100 m2
  class: heavy
  outside: '"0 degC"'
  heat: '"4200 W"'`,
	}, DefaultBuilding(), NewBuilding)
}

// Conductances for each square metre, W/(m2 K), and the area of all surfaces for
// each of the floor.
const (
	toSurfaces   = 3.45
	toMass       = 9.1
	surfacesEach = 4.5
)

// A class is how heavy a building is, for each square metre of its floor.
type class struct {
	name     string
	capacity float64 // Cm, J/K
	mass     float64 // Am, m2
}

// classes are those of table 12.
func classes() []class {
	return []class{
		{"very_light", 80_000, 2.5}, {"light", 110_000, 2.5}, {"medium", 165_000, 2.5}, {"heavy", 260_000, 3}, {"very_heavy", 370_000, 3.5},
	}
}

// NewBuilding returns a building.
func NewBuilding(s BuildingSpec) (device.Device, error) {
	err := plausible(s, []limit{
		{"floor", s.Floor, 5, 1e4, 1, "m2", sizes},
		{"Hop", s.Opaque, 0.1, 1e4, 1, "W/K", losses},
		{"Hw", s.Windows, 0, 1e4, 1, "W/K", losses},
		{"Hve", s.Ventilation, 0, 1e4, 1, "W/K", losses},
	})
	if err == nil {
		err = temperate(s.Start)
	}
	if err != nil {
		return nil, err
	}
	b := &building{BuildingSpec: s}
	for _, k := range classes() {
		if k.name == s.Class {
			b.capacity, b.share = float64(k.capacity*s.Floor), k.mass/surfacesEach
			b.his, b.hms = float64(toSurfaces*surfacesEach*s.Floor), float64(toMass*k.mass*s.Floor)
		}
	}
	if s.Opaque >= b.hms {
		return nil, device.Invalid("Hop", "must be below Hms = 9.1 W/(m2 K) Am, which is %v W/K here: all that goes through walls passes their mass (ISO 13790, 12.2.2)", b.hms)
	}
	b.hem = 1 / (1/s.Opaque - 1/b.hms)
	return b, nil
}

type building struct {
	BuildingSpec
	capacity, share, his, hms, hem float64

	heat, outside, gains, solar *device.In[float64]
	mass                        *device.Out[float64]
}

// Look implements device.Looker.
func (b *building) Look() device.Look { return device.Look{Icon: "home"}.By("value", "temperature") }

// Declare implements device.Device.
func (b *building) Declare(p *device.Ports) {
	b.heat = device.Input[float64](p, "heat", unit.Watt, device.Optional(0), device.Doc("what warms the air"),
		device.Possible(-1e9, 1e9, "from 1 GW of cooling to 1 GW of heat: a power station has no more, our estimate"))
	b.outside = device.Input[float64](p, "outside", unit.Celsius, device.Optional(freezing), device.Doc("temperature of the air outside; 0 degC where it is not wired"),
		device.Possible(173.15, 373.15, "outdoors it was from -89.2 to 56.7 degC (WMO): from -100 to 100 degC are taken"))
	b.gains = device.Input[float64](p, "gains", unit.Watt, device.Optional(0), device.Doc("from people and devices"),
		device.Possible(-1e9, 1e9, "from 1 GW of cooling to 1 GW of heat: a power station has no more, our estimate"))
	b.solar = device.Input[float64](p, "solar", unit.Watt, device.Optional(0), device.Doc("of the sun, through windows"),
		device.Possible(-1e9, 1e9, "from 1 GW of cooling to 1 GW of heat: a power station has no more, our estimate"))
	b.mass = temperature(p, "mass", b.Start, b.warms, "temperature of what is heavy", b.heat, b.outside, b.gains, b.solar)
	more := device.Reads(b.heat, b.outside, b.gains, b.solar, b.mass)
	device.Computed(p, "surface", unit.Celsius, b.atSurfaces, more, device.Doc("temperature of the surfaces"))
	device.Computed(p, "temperature", unit.Celsius, b.ofAir, more, device.Doc("temperature of the air"))
}

// without is how warm it is outside, K.
func (b *building) without(c *device.Context) float64 { return max(0, b.outside.Get(c)) }

// given is what the sun, and half of what people and devices give, come to, W.
func (b *building) given(c *device.Context) float64 {
	return float64(b.gains.Get(c)/2) + b.solar.Get(c)
}

// intoAir is what the air is given, W.
func (b *building) intoAir(c *device.Context) float64 {
	return float64(b.gains.Get(c)/2) + b.heat.Get(c)
}

// atSurfaces is the temperature at which the surfaces, and the air with them, are balanced.
func (b *building) atSurfaces(c *device.Context) float64 {
	through := b.his / (b.Ventilation + b.his)
	vents := float64(through * b.Ventilation) // through the air
	into := float64((1 - b.share - b.Windows/(toMass*surfacesEach*b.Floor)) * b.given(c))
	sum := float64(b.hms*b.mass.Get(c)) + float64((b.Windows+vents)*b.without(c)) + float64(through*b.intoAir(c)) + into
	return max(0, sum/(b.hms+b.Windows+vents))
}

// ofAir is the temperature at which the air is balanced.
func (b *building) ofAir(c *device.Context) float64 {
	return max(0, (float64(b.Ventilation*b.without(c))+float64(b.his*b.atSurfaces(c))+b.intoAir(c))/(b.Ventilation+b.his))
}

// warms is how fast what is heavy becomes warmer, K/s.
func (b *building) warms(c *device.Context) float64 {
	is := b.mass.Get(c)
	into := float64(b.hem*(b.without(c)-is)) + float64(b.hms*(b.atSurfaces(c)-is))
	return (into + float64(b.share*b.given(c))) / b.capacity
}
