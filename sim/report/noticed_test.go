package report

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/inject"
	"github.com/harmproof/harmproof/sim/vtime"
)

// How soon something was noticed counts from when it could be: what is sent again after an hour is not noticed before.
func TestNoticedSinceItWasSent(t *testing.T) {
	i := sim.InjectionResult{Detected: sim.Detection{At: vtime.Time(2*vtime.Hour + 20*vtime.Millisecond), Device: "lock", Check: "counted"}}
	i.Outcome, i.Refused, i.Applied = inject.Stopped, 1, vtime.Time(vtime.Hour)
	assert.Equal(t, "by counted of lock after 1h", noticed(&i))
	i.Step.Footing = &inject.Footing{Takes: vtime.Hour}
	assert.Equal(t, "by counted of lock after 1h", noticed(&i), "it may have begun to look around")
	i.Step.Ops = []inject.Op{{Kind: inject.SendOp, Again: true}}
	assert.Equal(t, "by counted of lock after 20ms", noticed(&i))
}
