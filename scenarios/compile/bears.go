package compile

import (
	"fmt"
	"slices"
	"strconv"

	"github.com/harmproof/harmproof/sim/harm"
)

// published is the limit of contact of a person's region, by ISO/TS 15066.
func (d *dev) published() harm.Limit {
	return harm.LimitOf(harm.Region(slices.Index(harm.Regions(), d.parameter("region"))))
}

// bears warns where a person is to bear more than what is published of their region.
func (b *builder) bears(d *dev) {
	own, ok := d.number("bears")
	is := d.published()
	if _, touched := d.wiredTo("contact"); !ok || !touched || own <= is.Force {
		return
	}
	times := "more than "
	if by := own / is.Force; by >= 1.1 {
		times = strconv.FormatFloat(by, 'g', 2, 64) + " times "
	}
	b.Warnf(d.given("bears").Span, "leave out `bears`, or say in `about` where it is from",
		"%s is to bear %s, %sthe limit of ISO/TS 15066, annex A, of %s (region %s): a force up to the scenario's own limit counts as no harm",
		d.spec.Name.Value, d.write("bears", own), times, d.write("bears", is.Force), is.Name)
}

// ownLimit says of an exposure that its limit is the scenario's own, and is empty where it is the published one.
func (d *dev) ownLimit(exposure string) string {
	if own, ok := d.number("bears"); exposure == "contact" && ok && own > 0 {
		return fmt.Sprintf("the scenario's own, %s; ISO/TS 15066, annex A, has %s (region %s)", d.write("bears", own), d.write("bears", d.published().Force), d.published().Name)
	}
	return ""
}
