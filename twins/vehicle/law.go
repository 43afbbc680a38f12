package vehicle

import (
	"math"

	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/unit"
)

// follows declares what it asks of the engine.
func (k *controller) follows(p *device.Ports) {
	k.seen = device.Computed(p, "seen", unit.MetrePerSecond, func(c *device.Context) float64 { return k.speed.Get(c) - k.approach.Get(c) },
		device.Reads(k.speed, k.approach), device.Doc("speed of the one ahead by the radar"))
	command := func(law func(c *device.Context) float64, reads ...device.Readable) {
		k.command = device.Computed(p, "command", unit.MetrePerSecondSquared,
			func(c *device.Context) float64 { return k.bounded(c, law(c)) }, device.Reads(reads...), device.Doc("what it asks of the engine"))
	}
	always := []device.Readable{k.speed}
	if k.braking != nil {
		always = append(always, k.braking)
	}
	if k.spec.Law == "lead" {
		command(k.driver.Get, append(always, k.driver)...)
		return
	}
	reads := []device.Readable{k.distance, k.approach, k.room, k.speed, k.acceleration, k.headway}
	if k.byBeacons {
		reads = append(reads, k.kept, k.alone, k.aheadAcceleration)
	}
	k.asked = device.Continuous(p, "asked", unit.MetrePerSecondSquared, 0, k.filtered, device.Reads(reads...), device.Doc("u, of ploeg and of acc"))
	readsItself(p)
	if k.byLeader {
		command(k.path, append(always, k.asked, k.alone, k.distance, k.room, k.aheadAcceleration, k.aheadSpeed, k.leadAcceleration, k.leadSpeed)...)
	} else {
		command(k.asked.Get, append(always, k.asked)...)
	}
}

// bounded is what it may ask for.
func (k *controller) bounded(c *device.Context, x float64) float64 {
	if k.braking != nil && k.braking.Get(c) {
		return -k.spec.Brakes
	}
	x = min(x, k.spec.Fastest-k.speed.Get(c)) // over a second
	return min(k.spec.Accelerates, max(-k.spec.Brakes, x))
}

// eases is the derivative of the headway that it keeps.
func (k *controller) eases(c *device.Context) float64 {
	to := k.headway.Get(c)
	if k.alone.Get(c) {
		to = k.spec.AccHeadway
	}
	return (to - k.kept.Get(c)) / k.spec.Easing
}

// filtered is the derivative of u.
func (k *controller) filtered(c *device.Context) float64 {
	headway, slope, ahead := k.headway.Get(c), 0.0, 0.0
	if k.byBeacons {
		headway, slope = k.kept.Get(c), k.eases(c)
		if !k.byLeader && !k.alone.Get(c) {
			ahead = k.aheadAcceleration.Get(c)
		}
	}
	speed := k.speed.Get(c)
	e := k.distance.Get(c) - k.spec.Spacing - k.room.Get(c) - float64(headway*speed)
	de := -k.approach.Get(c) - float64(headway*k.acceleration.Get(c)) - float64(slope*speed)
	wanted := float64(k.spec.KP*e) + float64(k.spec.KD*de) + ahead
	wanted = min(k.spec.Accelerates, max(-k.spec.Brakes, wanted))
	return (wanted - k.asked.Get(c)) / max(shortest, headway)
}

// path is what the law of PATH asks for.
func (k *controller) path(c *device.Context) float64 {
	if k.alone.Get(c) {
		return k.asked.Get(c)
	}
	s := &k.spec
	q := float64(s.C1 * (s.Damping + math.Sqrt(float64(s.Damping*s.Damping)-1)))
	ahead := float64((1-s.C1)*k.aheadAcceleration.Get(c)) + float64(s.C1*k.leadAcceleration.Get(c))
	speed := k.speed.Get(c)
	u := ahead - float64(float64((float64(2*s.Damping)-q)*s.Frequency)*(speed-k.aheadSpeed.Get(c)))
	u -= float64(float64(q*s.Frequency) * (speed - k.leadSpeed.Get(c)))
	return u + float64(float64(s.Frequency*s.Frequency)*(k.distance.Get(c)-s.Spacing-k.room.Get(c)))
}

// Headways, in s: the shortest of all, and the shortest that it takes for its own.
const (
	shortest = 0.1
	least    = 0.3
)

// settle takes the gap that it finds for what it keeps, when beacons end.
func (k *controller) settle(c *device.Context) {
	if k.alone.Get(c) {
		return
	}
	found := (k.distance.Get(c) - k.spec.Spacing) / max(1, k.speed.Get(c))
	k.kept.Set(c, min(k.spec.AccHeadway, max(least, found)))
	if k.byLeader {
		k.asked.Set(c, k.command.Get(c))
	}
}

// feels is the derivative of felt.
func (k *controller) feels(c *device.Context) float64 {
	return (k.aheadAcceleration.Get(c) - k.felt.Get(c)) / k.spec.Lag
}

// expects is the derivative of expected.
func (k *controller) expects(c *device.Context) float64 {
	return k.felt.Get(c) + (k.seen.Get(c)-k.expected.Get(c))/k.spec.Memory
}
