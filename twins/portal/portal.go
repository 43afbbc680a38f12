package portal

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// A Spec is the configuration of a portal: there is none.
type Spec struct{}

type portal struct{}

// New returns a portal with which nobody has asked for anything.
func New(Spec) (device.Device, error) { return &portal{}, nil }

// Kind describes the portal to the catalog.
func Kind() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "portal",
		Summary: "where people ask for erasure, access, and to be left alone",
		Text: `A step of the timeline asks with it: act: ask, person: resident[3], right: erasure,
with: phone. With a count it is one for each person, such as an app on phones. Stores that
are wired to it hear of that by messages: erases: phone.erasure, stops: phone.opt_out,
answers: phone.access. Who withdraws consent (right: withdraw) or objects (right: object)
tells that by opt_out as well.`,
		Source:  "GDPR (Regulation (EU) 2016/679) Art. 7, 12, 15, 17, 21",
		Example: "phone:\n  is: portal\n  count: 100",
	}, Spec{}, New)
}

// Look implements device.Looker.
func (*portal) Look() device.Look { return device.Look{Icon: "phone"} }

// Declare implements device.Device.
func (*portal) Declare(p *device.Ports) {
	device.Report(p, "erasure", unit.One, 0, device.Doc("who asked to be forgotten last, by their number"))
	device.Report(p, "opt_out", unit.One, 0, device.Doc("who opted out, withdrew or objected last, by their number and the purpose"))
	device.Report(p, "access", unit.One, 0, device.Doc("who asked what is known of them last, by their number"))
}
