// Package twins lists the library's kinds of devices.
package twins

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/twins/arm"
	"github.com/harmproof/harmproof/twins/burst"
	"github.com/harmproof/harmproof/twins/circuitbreaker"
	"github.com/harmproof/harmproof/twins/demand"
	"github.com/harmproof/harmproof/twins/drive"
	"github.com/harmproof/harmproof/twins/fire"
	"github.com/harmproof/harmproof/twins/floatswitch"
	"github.com/harmproof/harmproof/twins/gauge"
	"github.com/harmproof/harmproof/twins/guard"
	"github.com/harmproof/harmproof/twins/hysteresis"
	"github.com/harmproof/harmproof/twins/patient"
	"github.com/harmproof/harmproof/twins/person"
	"github.com/harmproof/harmproof/twins/plume"
	"github.com/harmproof/harmproof/twins/portal"
	"github.com/harmproof/harmproof/twins/powergrid"
	"github.com/harmproof/harmproof/twins/profibus"
	"github.com/harmproof/harmproof/twins/pump"
	"github.com/harmproof/harmproof/twins/room"
	"github.com/harmproof/harmproof/twins/rotor"
	"github.com/harmproof/harmproof/twins/singlemachine"
	"github.com/harmproof/harmproof/twins/tachometer"
	"github.com/harmproof/harmproof/twins/tank"
	"github.com/harmproof/harmproof/twins/telemetry"
	"github.com/harmproof/harmproof/twins/valve"
	"github.com/harmproof/harmproof/twins/vehicle"
)

// Kinds returns the library's kinds.
func Kinds() []device.Kind {
	return []device.Kind{
		arm.Kind(), burst.Kind(), circuitbreaker.Kind(), demand.Kind(), drive.Kind(), fire.Kind(), floatswitch.Kind(), gauge.Flow(), gauge.Glucose(), gauge.Level(), gauge.Pressure(), guard.Kind(), hysteresis.Kind(),
		patient.Bergman(), patient.Hovorka(), patient.Padova(), person.Kind(), plume.Kind(), portal.Kind(), powergrid.Kind(), profibus.Kind(), pump.Kind(), room.Building(), room.Kind(), rotor.Kind(), singlemachine.Kind(), tachometer.Kind(), tank.Kind(), telemetry.Kind(), valve.Kind(),
		vehicle.Controller(), vehicle.Kind(), vehicle.Radar(),
	}
}

// Catalog returns the library's kinds as a catalog.
func Catalog() (*device.Catalog, error) { return device.NewCatalog(Kinds()...) }
