package patient

import "github.com/harmproof/harmproof/sim/device"

// hair is the share by which glucose may be off that of a body at rest.
const hair = 1e-6

// A validity is where a model was identified, in kg/m3 of glucose, and who says so.
type validity struct {
	least, most float64
	text        string
	until       float64 // s, or 0
	why         string  // not for longer
}

// Ranges implements device.Bounded: where the model itself holds, and where the body is given up.
func (b *body) Ranges() []device.Range {
	v := b.validity()
	// Who rests at an end of it is not beyond it, whatever an integrator makes of that.
	least, most := float64(v.least*(1-hair)), float64(v.most*(1+hair))
	list := []device.Range{
		{What: "published model", Signal: "glucose", Least: least, Most: most, Text: v.text},
		{
			What: "glucose", While: "lost",
			Text: "from 15 to 650 mg/dL, a little beyond where a body is taken for lost (Cryer 2007, Kitabchi 2009); it stands still there, and comes back no more",
		},
	}
	if v.until > 0 {
		list = append(list, device.Range{What: "time", Until: v.until, Text: v.why})
	}
	return list
}

// validity is about the basal state.
func (m *minimal) validity() validity {
	return validity{least: 0.4, most: 4, text: "Bergman 1981, about the basal state: from 40 to 400 mg/dL by our estimate; beyond that the equations go on, without counter-regulation"}
}

// validity is that of those who were looked at.
func (m *nonlinear) validity() validity {
	return validity{least: float64(2.2 * molar), most: float64(22 * molar), text: "Hovorka 2004, adults at rest: from 2.2 to 22 mmol/L (40 to 396 mg/dL) by our estimate; beyond that the equations go on, without counter-regulation"}
}

// validity is that of the simulator.
func (p *person) validity() validity {
	return validity{
		least: 0.4, most: 4, text: "UVA/Padova 2007, from about 40 to 400 mg/dL; beyond that the equations go on, without counter-regulation",
		until: 24 * 3600, why: "UVA/Padova 2007, for a day; the days after are like the first, as there is no daily rhythm",
	}
}
