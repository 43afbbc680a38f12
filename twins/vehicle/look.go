package vehicle

import "github.com/harmproof/harmproof/sim/device"

// breadth is how broad a vehicle is drawn, in m: the road of the model has none.
const breadth = 1.8

// Look implements device.Looker. Its zone is what it comes nearer to the one ahead within
// a second.
func (b *body) Look() device.Look {
	look := device.Look{Icon: "vehicle"}.Between("x", "position", 0, 5000).Between("turn", "speed", 0, 40).By("alarm", "wrecked").By("value", "speed")
	look.Place = &device.Spot{X: device.By("position"), Length: device.Fixed(b.spec.Length), Width: device.Fixed(breadth)}
	if !b.first {
		look.Zones = []device.Field{{
			Name: "closing-in", X: device.By("position"), Y: device.Fixed(-breadth / 2),
			Along: device.Amount{Signal: "closing", Times: 1}, Across: device.Fixed(breadth),
		}}
	}
	return look
}
