package room_test

import (
	"testing"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/simtest"
	"github.com/harmproof/harmproof/sim/vtime"
	"github.com/harmproof/harmproof/twins/room"
)

// TestContract heats by up to 10 kW, at -20 to 35 degC outside.
func TestContract(t *testing.T) {
	most := []simtest.Option{
		simtest.For(90 * vtime.Minute), simtest.Range("heat", 0, 1e4), simtest.Range("outside", 253, 308),
	}
	t.Run("room", func(t *testing.T) {
		simtest.Run(t, room.Kind(), func() (device.Device, error) { return room.New(room.Default()) }, append(most, simtest.Range("monoxide", 0, 1e-4))...)
	})
	t.Run("building", func(t *testing.T) {
		simtest.Run(t, room.Building(), func() (device.Device, error) { return room.NewBuilding(room.DefaultBuilding()) },
			append(most, simtest.Range("gains", 0, 1000), simtest.Range("solar", 0, 5000))...)
	})
}
