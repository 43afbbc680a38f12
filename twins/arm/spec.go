package arm

import (
	"fmt"
	"math"
	"slices"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/harm"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A Spec is the configuration of an arm.
type Spec struct {
	Mass     float64 `twin:"mass,kg" min:"1 kg" max:"300 kg" why:"our estimate of arms that are sold" default:"18.4 kg" doc:"of the arm"`
	Lifts    float64 `twin:"lifts,kg" min:"0 kg" max:"2300 kg" why:"the strongest arm that is sold: FANUC M-2000iA" default:"5 kg" doc:"the most that it may carry"`
	Payload  float64 `twin:"payload,kg" min:"0 kg" default:"5 kg" doc:"what it carries: the tool and a part; at most what it lifts"`
	Reach    float64 `twin:"reach,m" min:"0.1 m" max:"4 m" why:"our estimate of arms that are sold" default:"0.85 m" doc:"from its base to the tool"`
	Turns    float64 `twin:"turns,rad/s" min:"0.01 rad/s" max:"720 deg/s" why:"our estimate of arms that are sold" default:"183 deg/s" doc:"the fastest of the joint that swings it"`
	Angle    float64 `twin:"stops_within,rad" default:"0.70 rad" doc:"how far the joint turns on, from its fastest: 5 to 95 % of turns times stops_in"`
	Time     float64 `twin:"stops_in,s" min:"0.01 s" max:"10 s" why:"our estimate of arms that are sold" default:"0.53 s" doc:"how long it does"`
	Category string  `twin:"stop_category" default:"cat_0" choices:"cat_0 cat_1 cat_2" doc:"how it stops when asked to: power removed, controlled and removed, controlled and kept (IEC 60204-1)"`
	From     float64 `twin:"from,m" default:"0 m" doc:"the end at which it starts"`
	To       float64 `twin:"to,m" default:"1.3 m" doc:"the other end, from 1 cm to twice the reach beyond"`
	Y        float64 `twin:"y,m" min:"-100 km" max:"100 km" why:"as far as a person's place can be" default:"0 m" doc:"at which y its line is, where body_y is wired"`
	Across   float64 `twin:"across,m" min:"0.01 m" max:"4 m" why:"our estimate: from a finger to the reach of the largest arms" default:"0.3 m" doc:"how far aside of its line a body may be that it meets: half a body and half a tool, our estimate"`
	Speed    float64 `twin:"speed,m/s" min:"0 m/s" default:"1 m/s" doc:"of the tool; at most turns times reach"`
	Resumes  bool    `twin:"resumes" default:"false" doc:"it goes on when nothing asks it to stop any more"`

	PowerLimited bool    `twin:"power_limited" default:"false" doc:"it goes no faster than the body bears that it may meet"`
	Region       string  `twin:"region" default:"unknown" choices:"unknown skull face neck back chest abdomen pelvis upper_arm forearm hand thigh lower_leg" doc:"of the body, that it may meet"`
	Clamps       bool    `twin:"clamps" default:"false" doc:"the body cannot give way"`
	Accuracy     float64 `twin:"accuracy,N" min:"0 N" max:"60 N" why:"the least limit is 65 N, ISO/TS 15066:2016, annex A" default:"25 N" doc:"how well it keeps to a force"`

	SafeSpeed float64        `twin:"safe_speed,m/s" min:"0 m/s" default:"0 m/s" doc:"faster than that it stops by itself; 0 for never, at most turns times reach"`
	SafeTo    float64        `twin:"safe_to,m" default:"1 km" doc:"beyond it it stops by itself: from where it starts to 1 km, for never"`
	SeesSpeed vtime.Duration `twin:"sees_speed" min:"0s" max:"10s" why:"our estimate: a UR5 takes 250 ms" default:"250ms" doc:"after being too fast for so long"`
	SeesPlace vtime.Duration `twin:"sees_place" min:"0s" max:"10s" why:"our estimate: a UR5 takes 100 ms" default:"100ms" doc:"after being beyond for so long"`
}

// UR5 is the Spec of the defaults.
func UR5() Spec {
	return Spec{
		Mass: 18.4, Lifts: 5, Payload: 5, Reach: 0.85, Turns: 183 * math.Pi / 180, Angle: 0.70, Time: 0.53, Category: "cat_0",
		To: 1.3, Across: 0.3, Speed: 1, Region: "unknown", Accuracy: 25, SafeTo: 1000, SeesSpeed: 250 * vtime.Millisecond, SeesPlace: 100 * vtime.Millisecond,
	}
}

const (
	sheet = "its data sheet; UR5: Universal Robots UR5 manual, p. 52"
	norm  = "ISO/TS 15066:2016, annex A"
)

// nowhere is where no arm comes to, in m.
const nowhere = 1000

// Fastest is the greatest speed of the tool by the data sheet.
func (s *Spec) Fastest() float64 { return float64(s.Turns * s.Reach) }

// plausible says what of a Spec no arm can have.
func (s *Spec) plausible() error {
	if err := device.Valid(*s); err != nil {
		return err
	}
	swept := float64(s.Turns * s.Time)
	for _, l := range []struct {
		name        string
		value       float64
		least, most float64
		unit, why   string
	}{
		{"payload", s.Payload, 0, s.Lifts, "kg", sheet},
		{"speed", s.Speed, 0, s.Fastest(), "m/s", fmt.Sprintf("%.4g rad/s at a reach of %g m, %s", s.Turns, s.Reach, sheet)},
		{"to", s.To - s.From, 0.01, float64(2 * s.Reach), "m from the other end", "twice the reach"},
		{"safe_speed", s.SafeSpeed, 0, s.Fastest(), "m/s", fmt.Sprintf("0 for never; it is never faster than %.4g m/s: %.4g rad/s at a reach of %g m, %s", s.Fastest(), s.Turns, s.Reach, sheet)},
		{"safe_to", s.SafeTo, s.From, nowhere, "m", "from where it starts to 1 km, for never"},
		{"stops_within", s.Angle, float64(leastShare * swept), float64(mostShare * swept), "rad", "5 to 95 % of what it turns in that time without brakes"},
	} {
		// Both ends belong to it, whatever their units round to.
		if tiny := float64(1e-12 * l.most); !(l.value >= l.least-tiny && (l.value <= l.most+tiny || l.unit == "m/s" && printed(l.value) == printed(l.most))) {
			return device.Invalid(l.name, "must be from %.4g to %.4g %s (%s)", l.least, l.most, l.unit, l.why)
		}
	}
	s.Speed = min(s.Speed, s.Fastest())
	return nil
}

// printed is a value as data sheets and messages have it: what rounds to a limit is not beyond it.
func printed(x float64) string { return fmt.Sprintf("%.4g", x) }

// brakes is how it stops.
func (s *Spec) brakes() brake {
	if s.Category != "cat_0" {
		return brake{even: s.Fastest() / s.Time}
	}
	return braking(s.Fastest(), float64(s.Angle*s.Reach), s.Time)
}

// body is the region that it may meet.
func (s *Spec) body() harm.Limit {
	return harm.LimitOf(harm.Region(slices.Index(harm.Regions(), s.Region)))
}

// meets is the mass of a contact when the tool has one: 1/mu = 1/mH + 1/mR.
func (s *Spec) meets(tool float64) float64 {
	robot := float64(s.Mass/2) + tool
	if s.Clamps {
		return robot
	}
	return 1 / (1/s.body().Mass + 1/robot)
}

// bearable is the speed that the body bears when the tool has a mass.
func (s *Spec) bearable(tool float64) float64 {
	b := s.body()
	return (b.Most(!s.Clamps) - s.Accuracy) / math.Sqrt(float64(b.Spring*s.meets(tool)))
}
