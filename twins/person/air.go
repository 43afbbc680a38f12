package person

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/unit"
)

// declareAir declares heat and cold: that of hours, which harms when it has lasted, and hot air and frost,
// which add up.
func (p *person) declareAir(ports *device.Ports) {
	air := p.input(ports, "temperature", symbol("degC"), 293.15, "of the air around them")
	if air == nil {
		return
	}
	wet := device.Input[float64](ports, "humidity", unit.Percent, device.Optional(0.4), device.Doc("relative, of the air around them; 40 % where it is not wired"), possible("humidity"))
	wind := p.input(ports, "wind", unit.MetrePerSecond, 0, "at a height of 10 m; it freezes bare skin sooner; none where it is not wired")
	hot, frost := p.declareHotAir(ports, air, wet), p.declareFrost(ports, air, wind)
	warm := some(air)
	feels := func(c *device.Context) float64 {
		f, _ := harm.HeatIndex(warm(c), wet.Get(c))
		return f
	}
	over := someOver(air)
	feelsOver := func(b *device.Stretch, m int) device.Span { return harm.HeatIndexWithin(over(b, m), wet.Over(b, m)) }
	p.declareExposure(ports, "temperature", unit.Kelvin, &exposure{
		courses: []course{{warm, over, harm.Air()}, {feels, feelsOver, harm.Heat()}},
		doses:   []course{{hot.Get, hot.Over, harm.HotAir()}, {frost.Get, frost.Over, harm.Frost()}},
		lasts:   p.spec.Lasts, reads: []device.Readable{air, wet}, taken: []device.Readable{hot, frost},
	})
}

// declareHotAir declares the dose of air that is hotter than the heat index knows, and how much vapour is in it.
func (p *person) declareHotAir(ports *device.Ports, air, wet *device.In[float64]) *device.Out[float64] {
	if p.wired("humidity") {
		device.Computed(ports, "vapour", unit.Percent, func(c *device.Context) float64 { return harm.Vapour(air.Get(c), wet.Get(c)) },
			device.Reads(air, wet), device.Doc("share of the air's volume that is water vapour"))
		device.Computed(ports, "sultry", symbol("degC"), func(c *device.Context) float64 { return harm.Sultry(air.Get(c), wet.Get(c)) },
			device.Reads(air, wet), device.Doc("how hot the air feels by the equation of the heat index, beyond its chart as well"))
	}
	d := doseOf(air, harm.HotAirFloor, harm.HotAirRate)
	d.shown = "the air is so hot that its dose adds up"
	return p.declareDose(ports, d, "hot_air", unit.One, "dose of air hotter than 43.3 degC, as a multiple of what is borne (ISO 13571)")
}

// declareFrost declares the dose of frost on bare skin, in still air where no wind is wired.
func (p *person) declareFrost(ports *device.Ports, air, wind *device.In[float64]) *device.Out[float64] {
	d := &dose{
		amount: func(c *device.Context) float64 { return harm.Chill(air.Get(c)) },
		over: func(b *device.Stretch, m int) device.Span {
			return device.Less(device.Still(harm.Chill(0)), air.Over(b, m))
		},
		floor: harm.FrostFloor, reads: []device.Readable{air}, shown: "the air is so cold that bare skin may freeze",
	}
	blows := func(*device.Context) float64 { return 0 }
	if wind != nil {
		blows = wind.Get
		d.reads = append(d.reads, wind)
	}
	d.grows = func(c *device.Context) float64 { return harm.FrostRate(air.Get(c), blows(c)) }
	return p.declareDose(ports, d, "frost", unit.One, "dose of air colder than -4.8 degC on bare skin, as a multiple of what freezes it")
}

// airRanges are where what air is judged by holds.
func (p *person) airRanges() []device.Range {
	const cold, scald = "frost_counts", "hot_air_counts"
	list := []device.Range{
		{What: "temperature", Signal: "temperature", Least: harm.Air().Least, Most: harm.HotAirMost, Text: harm.Source("temperature")},
		{
			What: "hot air", Signal: "temperature", Least: harm.HotAirLeast, Most: math.Inf(1), From: harm.HotAirFloor, To: math.MaxFloat64,
			Text: "from 45 degC on, which is borne for 2 h, ISO 13571, Purser; from 43.3 degC on it is counted by the same equation",
		},
		{
			What: "frost", Signal: "temperature", Least: harm.FrostLeast, Most: harm.FrostMost, To: harm.FrostBegins,
			Text: "from -50 to -15 degC, Nelson 2002; from -4.8 degC on, and colder, it is counted by the same equation",
		},
	}
	if p.wired("wind") {
		list = append(list, device.Range{
			What: "wind", Signal: "wind", Least: harm.FrostCalm, Most: harm.FrostStormy, While: cold,
			Text: "from 20 to 80 km/h, Nelson 2002; less is counted by the same equation, more as 80 km/h",
		})
	} else {
		list = append(list, device.Range{What: "wind", While: cold, Text: "from 20 to 80 km/h, Nelson 2002; no wind is wired, so the air is still"})
	}
	if !p.wired("humidity") {
		return append(list, device.Range{
			What: "humidity", Signal: "temperature", Least: math.Inf(-1), Most: math.Inf(1), From: harm.HeatIndexFrom, To: math.MaxFloat64,
			Text: "none is wired, so the air is taken to have 40 %: from 26.7 degC on, NWS, what harms is how hot air of its humidity feels",
		})
	}
	return append(list,
		device.Range{
			What: "heat index", Signal: "sultry", Least: math.Inf(-1), Most: harm.HeatIndexChart,
			Text: "up to 58.3 degC (137 degF), NWS, where its chart ends; more counts as that",
		},
		device.Range{
			What: "vapour", Signal: "vapour", Least: math.Inf(-1), Most: harm.HotAirVapour, While: scald,
			Text: "less than 10 % of the air's volume, ISO 13571, Purser; moister air is counted alike, though it may burn the airways from 60 degC on",
		})
}
