package person_test

import (
	"strings"
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/person"
)

func TestContract(t *testing.T) {
	simtest.Run(t, person.Kind(), func() (device.Device, error) {
		d, err := person.New(person.Spec{
			Role: "operator", Speed: 1.6, Reaction: vtime.Second, Region: "hand", Touch: "quasi_static", Collides: "pedestrian", Gas: "chlorine", Lasts: 3 * vtime.Second,
			Path: []person.Waypoint{{Name: "robot", At: 2 * vtime.Second, X: 4, Y: 3}, {Name: "exit", X: -2, Warned: true}, {Name: "back", At: 20 * vtime.Second}},
		})
		if err != nil {
			return nil, err
		}
		return d.(device.Fitter).Fit(func(input string) bool { // else nobody would be touched
			return input != "is_touching" && !strings.HasPrefix(input, "met_")
		})
	}, simtest.Range("contact", 0, 4500), simtest.Range("separation", -1, 3), simtest.Range("separation_needed", 0, 2), simtest.Range("glucose", 0, 7),
		simtest.Range("collision", 0, 15), simtest.Range("temperature", 250, 345), simtest.Range("wind", 0, 30), simtest.Range("humidity", 0, 1), simtest.Range("co", 0, 0.1),
		simtest.Range("gas", 0, 0.01), simtest.Range("overpressure", 0, 2e5), simtest.Range("thermal_radiation", 0, 2e4))
}
