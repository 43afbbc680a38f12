package scenarios

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Who reads what was inferred is as sure of it as who inferred it: by the products of how often rules are right,
// also from a copy of the last of them alone; and what is right too seldom is not learnt.
func TestWhatWasInferredIsAsSureAsItsRule(t *testing.T) {
	text := `scenario: chain
run: 2d
system:
  subjects: {resident: {count: 5, traits: {name: {values: own}}}}
  devices:
    meter: {is: telemetry, count: 5, every: 15m}
    names: {is: store, owner: u, key: k, readers: [raw, made], holds: {name: all}}
    cloud:
      is: store
      owner: v
      key: k
      readers: [raw]
      keeps: forever
      takes:
        load: {from: meter.reading}
        occ: {infer: [load], right: 85%}
        job: {infer: [occ], right: 80%}
        inc: {infer: [job], right: 70%}
    copy: {is: store, owner: w, key: k, readers: [made], keeps: forever, takes: {inc: {from: cloud.inc, every: 1h}}}
invariants:
`
	for i, c := range []struct {
		about string
		sure  float64
	}{
		{"raw, resident[1], occ", 0.85}, {"raw, resident[2], job", 0.68}, {"raw, resident[3], inc", 0.476},
		{"made, resident[1], inc", 0.476}, {"made, resident[1], occ", 0},
	} {
		text += fmt.Sprintf("  sure-%d: {finally: 'abs(confidence(%s) - %v) < 1e-9'}\n", i, c.about, c.sure)
	}
	text += "  learnt: {never: 'can_learn(made, resident[1], inc)'}\n"
	for _, i := range played(t, text, 1).Invariants {
		assert.Zero(t, i.Verdict, i.Name)
	}
}
