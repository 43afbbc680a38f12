package compile

import "github.com/harmproof/harmproof/sim/inject"

// onNetwork reports a foothold in no zone, where there are zones: no way leads from
// there to anything, so what is done from it can never come through. Each is
// reported once.
func (r *reader) onNetwork(f *inject.Footing) {
	b, at := r.b, r.name(f.At)
	if len(b.file.System.Zones) == 0 || len(b.zones[at]) > 0 || b.outside[at] || b.expectedStop(r.step.Name) {
		return
	}
	if b.outside == nil {
		b.outside = map[string]bool{}
	}
	b.outside[at] = true
	b.Errorf(r.step.syntax.From.Span, "put it into a zone: "+list(b.zoneNames()), "%s is in no zone, so no way leads from there to anything", at)
}
