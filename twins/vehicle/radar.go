package vehicle

import (
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A RadarSpec is the configuration of a radar.
type RadarSpec struct {
	Every      vtime.Duration `twin:"every" above:"0s" max:"1h" why:"our estimate: cars have radars of 50 ms" default:"50ms" doc:"how often it measures"`
	Range      float64        `twin:"reach,m" above:"0 m" max:"10 km" why:"our estimate: cars have radars of 250 m" default:"250 m" doc:"it sees nothing that is farther"`
	Noise      float64        `twin:"noise,m" min:"0 m" max:"1 km" why:"our estimate: cars have radars of 0.1 m" default:"0 m" doc:"standard deviation of a distance"`
	SpeedNoise float64        `twin:"speed_noise,m/s" min:"0 m/s" max:"1000 m/s" why:"our estimate: cars have radars of 0.1 m/s" default:"0 m/s" doc:"standard deviation of a speed"`
}

// Radar describes the radar to the catalog.
func Radar() device.Kind {
	return device.KindOf(device.Describe{
		Name:    "radar",
		Summary: "measures how far the vehicle ahead is, and how fast it comes nearer",
		Text: `distance = gap + noise N(0,1), approach = closing + speed_noise N(0,1), every period. What
is beyond its reach it does not see: distance is the reach then, and approach 0.`,
		Source: "a sampled sensor with white noise",
		Example: `radar:
  is: radar
  gap: car.gap
  closing: car.closing
car: {is: vehicle, starts_with: 100 km/h, ahead: truck.rear, ahead_speed: truck.speed}
truck: {is: vehicle, starts_at: 40 m, starts_with: 90 km/h, behind: car.push}`,
	}, RadarSpec{Every: 1, Range: 1}, NewRadar)
}

type radar struct {
	spec             RadarSpec
	gap, closing     *device.In[float64]
	distance, speed  *device.ReportOut[float64]
	noise, speedLuck *device.Chance
}

// NewRadar returns a radar.
func NewRadar(s RadarSpec) (device.Device, error) {
	if err := device.Valid(s); err != nil {
		return nil, err
	}
	return &radar{spec: s}, nil
}

// Look implements device.Looker.
func (r *radar) Look() device.Look { return device.Look{Icon: "antenna"}.By("value", "distance") }

// Declare implements device.Device.
func (r *radar) Declare(p *device.Ports) {
	r.gap = device.Input[float64](p, "gap", unit.Metre, device.Doc("to the vehicle ahead"))
	r.closing = device.Input[float64](p, "closing", unit.MetrePerSecond, device.Doc("how fast it comes nearer"))
	r.distance = device.Report(p, "distance", unit.Metre, 0.0, device.Doc("what it measures of the gap"))
	r.speed = device.Report(p, "approach", unit.MetrePerSecond, 0.0, device.Doc("what it measures of how fast that closes"))
	if r.spec.Noise > 0 {
		r.noise = p.Chance("noise")
	}
	if r.spec.SpeedNoise > 0 {
		r.speedLuck = p.Chance("speed_noise")
	}
	p.OnInit(func(c *device.Context) { r.tell(c, r.gap.Get(c), r.closing.Get(c)) })
	p.Every("measure", r.spec.Every, r.measure)
}

func (r *radar) measure(c *device.Context) {
	gap, closing := r.gap.Get(c), r.closing.Get(c)
	if r.noise != nil {
		gap += float64(r.spec.Noise * r.noise.Normal(c))
	}
	if r.speedLuck != nil {
		closing += float64(r.spec.SpeedNoise * r.speedLuck.Normal(c))
	}
	r.tell(c, gap, closing)
}

// tell tells what is within reach.
func (r *radar) tell(c *device.Context, gap, closing float64) {
	if gap > r.spec.Range {
		gap, closing = r.spec.Range, 0
	}
	r.distance.Set(c, gap)
	r.speed.Set(c, closing)
}
