package vehicle_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/vehicle"
)

const second = vtime.Second

// car has the figures of the defaults.
var car = vehicle.Spec{Length: 4, Mass: 1500, Lag: 0.5, Brakes: 8, Accelerates: 4, Stiffness: 1e6, Plasticity: 1, Wrecks: 1}

// ecu has the figures of the defaults.
var ecu = vehicle.ControllerSpec{
	Law: "ploeg", Headway: 0.5, Spacing: 2, KP: 0.2, KD: 0.7, C1: 0.5, Damping: 1, Frequency: 0.2, Brakes: 8, Accelerates: 4, Fastest: 36,
	Beacon: 100 * vtime.Millisecond, Patience: 300 * vtime.Millisecond, AccHeadway: 3.2, Easing: 30, Memory: 2, Lag: 0.5,
}

// leads is a vehicle with nobody ahead.
func leads(s vehicle.Spec) device.Device {
	return must(must(vehicle.New(s)).(device.Fitter).Fit(func(input string) bool { return input != "ahead" }))
}

func TestContractOfVehicle(t *testing.T) {
	s := car
	s.Speed = 10
	simtest.Run(t, vehicle.Kind(), func() (device.Device, error) { return vehicle.New(s) },
		simtest.Range("drive", -10, 5), simtest.Range("ahead", 0, 200), simtest.Range("ahead_speed", 0, 20), simtest.Range("behind", 0, 3e4))
	simtest.Run(t, vehicle.Kind(), func() (device.Device, error) { return leads(s), nil },
		simtest.Range("drive", -10, 5), simtest.Range("behind", 0, 3e4))
	s.DeadTime = 200 * vtime.Millisecond
	simtest.Run(t, vehicle.Kind(), func() (device.Device, error) { return leads(s), nil },
		simtest.Range("drive", -10, 5), simtest.Range("behind", 0, 3e4))
}

func TestContractOfRadar(t *testing.T) {
	simtest.Run(t, vehicle.Radar(), func() (device.Device, error) {
		return vehicle.NewRadar(vehicle.RadarSpec{Every: 50 * vtime.Millisecond, Range: 80, Noise: 0.1, SpeedNoise: 0.1})
	}, simtest.Range("gap", -1, 100), simtest.Range("closing", -5, 5))
}

func TestContractOfController(t *testing.T) {
	for name, change := range map[string]func(s *vehicle.ControllerSpec){
		"checked": func(s *vehicle.ControllerSpec) { s.Tolerance = 2 },
		"trusts":  func(s *vehicle.ControllerSpec) { s.Patience = 0 },
		"path":    func(s *vehicle.ControllerSpec) { s.Law, s.Tolerance = "path", 2 },
		"acc":     func(s *vehicle.ControllerSpec) { s.Law, s.Emergency = "acc", 3 },
		"lead":    func(s *vehicle.ControllerSpec) { s.Law = "lead" },
	} {
		t.Run(name, func(t *testing.T) {
			if testing.Short() && name != "checked" {
				t.Skip("one law for all")
			}
			s := ecu
			change(&s)
			simtest.Run(t, vehicle.Controller(), func() (device.Device, error) { return vehicle.NewController(s) },
				simtest.Range("speed", 0, 30), simtest.Range("acceleration", -8, 4), simtest.Range("distance", 0, 50), simtest.Range("approach", -5, 5), simtest.Range("driver", -9, 5),
				simtest.Range("ahead_time", 0, 60), simtest.Range("lead_time", 0, 60), simtest.Range("ahead_speed", 0, 30),
				simtest.Range("lead_speed", 0, 30), simtest.Range("ahead_acceleration", -8, 4), simtest.Range("room", 0, 20))
		})
	}
}
