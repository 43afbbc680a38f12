package data

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// Retained returns the name of the report by which a broker says whether it retains anything that came
// by an input.
func Retained(input string) string { return input + "_kept" }

// handsOn declares an input of a broker, of which all who have subscribed to it are told at once. What
// comes from several members in one instant is handed on together.
func (t *Twin) handsOn(p *device.Ports, told device.Signal) {
	kept := p.Add(device.Signal{Name: Retained(told.Name), Role: device.RoleReport, Type: signal.Bool, Unit: unit.One, Doc: "it retains what came by " + told.Name})
	news := p.Add(device.Signal{Name: told.Name + "_heard", Role: device.RoleState, Type: signal.Int, Internal: true})
	told.News, told.Kept = news, kept
	value := p.Add(told)
	p.Handle(device.Handler{Name: "hand on " + told.Name, Kind: device.OnChange, Reads: []*device.Cell{news}, Do: func(c *device.Context) {
		c.Set(kept, 1)
		c.Tell(value)
	}})
}
