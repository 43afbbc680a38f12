package compile

import (
	"math"
	"strconv"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/outbreak"
)

// What a run does for malware costs by what finds somebody, whether that has it already or
// not: at some 0.3 us each, and 0.6 us among many hosts, manyHits take a minute or two and
// maxHits half a day. A host takes some
// 60 bytes.
const (
	manyHits = 2e8
	maxHits  = 1e11
	maxHosts = 20_000_000
)

// laborious warns of vectors that find somebody so often that the run takes long, and
// refuses those that would never end.
func (b *builder) laborious(s *strain) {
	for k := range s.spec.Spreads {
		v := &s.spec.Spreads[k]
		hits := 0.0
		for c := range s.model.Classes {
			hits += s.hits(c, int32(k))
		}
		at, less := v.Every.Span, "try less often"
		if v.Rate.Present() {
			at, less = v.Rate.Span, "write a smaller rate"
		}
		less += ", more `addresses:` or a smaller `success:`, or a shorter run"
		switch {
		case hits > maxHits:
			b.Errorf(at, less, "%s would find somebody up to %s times by %s: the run would take days", s.model.Name, inWords(hits), v.Name.Value)
		case hits > manyHits:
			b.Warnf(at, less, "%s finds somebody up to %s times by %s: the run takes long", s.model.Name, inWords(hits), v.Name.Value)
		}
	}
}

// hits is how often at most the hosts of a class find somebody by a vector within the run.
func (s *strain) hits(c int, vector int32) (hits float64) {
	class := &s.model.Classes[c]
	for i := range class.Scanners {
		if out := &class.Scanners[i]; out.Vector == vector {
			each := float64(tries(out) * math.Min(shares(out), 1))
			hits += float64(float64(each*float64(class.Count)) * s.model.Run.Seconds())
		}
	}
	return hits
}

// tries is how often a scanner tries, per second.
func tries(out *outbreak.Scanner) float64 {
	if out.Every > 0 {
		return 1 / out.Every.Seconds()
	}
	return out.Rate
}

// shares is the probability that a try of a scanner finds somebody, with all gates open.
func shares(out *outbreak.Scanner) (sum float64) {
	for i := range out.Targets {
		sum += out.Targets[i].Share
	}
	return sum
}

// inWords is a large number as people read it.
func inWords(x float64) string {
	if x < 1e15 {
		return grouped(int(x))
	}
	return strconv.FormatFloat(x, 'g', 2, 64)
}

// crowds refuses more hosts than there is memory for, in all malware together.
func (b *builder) crowds(spec *syntax.Malware) {
	n := 0
	for _, s := range b.malware {
		if !s.broken {
			n += s.model.Hosts()
		}
	}
	if n > maxHosts {
		b.Errorf(spec.Name.Span, "make populations smaller, or declare less malware", "all malware has %s hosts together, of which there can be %s", grouped(n), grouped(maxHosts))
	}
}
