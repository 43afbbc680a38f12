package person

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
)

// shoulders is how wide somebody is, seen from above, in m.
const shoulders = 0.5

// Look implements device.Looker. Who never goes anywhere has no place, unless the file names it.
func (p *person) Look() device.Look {
	left, right, low, high := p.spec.X, p.spec.X, p.spec.Y, p.spec.Y
	for _, w := range p.spec.Path {
		left, right, low, high = min(left, w.X), max(right, w.X), min(low, w.Y), max(high, w.Y)
	}
	look := device.Look{Icon: "person", Scales: p.scales()}.By("alarm", "worst").By("value", "worst").By("on", "walking")
	if len(p.spec.Path) > 0 || p.spec.X != 0 || p.spec.Y != 0 {
		look.Place = &device.Spot{X: device.By("x"), Y: device.By("y"), Width: device.Fixed(shoulders)}
	}
	return look.Between("x", "x", left, max(right, left+1)).Between("y", "y", low, max(high, low+1))
}

// scales are how badly what is wired harms, by the signal that says how much of it there is.
func (p *person) scales() (list []device.Scale) {
	add := func(exposure, signal string, m *harm.Model) {
		if p.wired(exposure) {
			list = append(list, device.Scale{Exposure: exposure, Signal: signal, Up: m.Up, Down: m.Down, Least: m.Least, Most: m.Most})
		}
	}
	touch := p.felt()
	if p.gives() {
		touch = "contact_worth" // what is borne depends on how long it lasts, and bounds do not
	}
	add("contact", touch, p.contact())
	if !p.wired("contact") { // whose force is not known
		add("separation", "separation", harm.Separation())
	}
	add("glucose", "glucose", harm.Glucose())
	add("collision", "collision", p.collision())
	felt := harm.Air()
	felt.Up = harm.Heat().Up // which air is at the latest: it feels as hot as it is, or hotter
	add("temperature", "temperature", felt)
	if at := len(list) - 1; p.wired("temperature") {
		list[at].Above, list[at].Below = harm.HeatIndexed, harm.ColdRoom
		list = append(list, airDoses()...)
	}
	add("co", "cohb", harm.Monoxide())
	if toxin, ok := harm.ToxinOf(p.spec.Gas); ok {
		add("gas", "gas_load", toxin.Model())
	}
	add("overpressure", "overpressure", harm.Blast())
	add("thermal_radiation", "heat_load", harm.Burns())
	return list
}

// airDoses are the scales of what adds up of air.
func airDoses() []device.Scale {
	of := func(signal, model string, m *harm.Model) device.Scale {
		return device.Scale{Exposure: "temperature", Signal: signal, Up: m.Up, Down: m.Down, Least: m.Least, Most: m.Most, Above: model, Adds: true}
	}
	return []device.Scale{of("hot_air", harm.HotAirDose, harm.HotAir()), of("frost", harm.FrostDose, harm.Frost())}
}
