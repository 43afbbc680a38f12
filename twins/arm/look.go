package arm

import "github.com/harmproof/harmproof/sim/device"

// toolWidth is how wide the tool is drawn, in m: it is a point to the model.
const toolWidth = 0.2

// Look implements device.Looker: the tool is on its line, and would be anywhere within its
// stopping distance if it were to stop now.
func (a *arm) Look() device.Look {
	look := device.Look{Icon: "robot-arm"}.Between("x", "x", a.spec.From, a.spec.To).By("on", "moving").By("value", "speed").By("alarm", "touching")
	look.Place = &device.Spot{X: device.By("x"), Width: device.Fixed(toolWidth)}
	look.Zones = []device.Field{
		{Name: "reach", X: device.Fixed(a.spec.From), Along: device.Fixed(a.spec.To - a.spec.From)},
		{Name: "stopping-distance", Radius: device.By("stop_distance")},
	}
	return look
}
