package compile

import (
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// soon is less than what models that are of hours may be asked for without a warning (our choice).
const soon = 5 * vtime.Minute

// airs warns of what is written of the air around a person, and hardly meant.
func (b *builder) airs(d *dev) {
	id := d.spec.Name.Value
	_, aired := d.wiredTo("temperature")
	at := d.given("lasts")
	lasts, err := d.kind.Parameter("lasts").Parse(d.parameter("lasts"))
	short, ok := lasts.(vtime.Duration)
	switch {
	case at.Value == "" || err != nil || !ok:
	case !aired:
		b.Warnf(at.Span, "leave it out, or wire their temperature", "lasts of %s is of heat and cold, but no temperature is wired to them", id)
	case short < soon:
		b.Warnf(at.Span, "write an hour; hot air and frost harm by their doses before that", "%s is harmed after %s, but the models of air are of hours (Collins 1986, NWS)", id, at.Value)
	}
	if text, ok := d.wiredTo("humidity"); ok {
		if x, err := strconv.ParseFloat(text.Value, 64); err == nil && x > 0 && x < 1 {
			b.Warnf(text.Span, "write `humidity: "+strconv.FormatFloat(float64(100*x), 'g', 6, 64)+" %`, if that is meant", "humidity of %s is %s %%, drier than the air of any desert (about 1 %%)", id, text.Value)
		}
	}
}
