package compile

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/signal"
)

// canBe refuses what an input is wired to where that is one number, which it can never be. What is
// computed in a run may come out so, which is told (reaches).
func (b *builder) canBe(id string, in *device.Signal, text syntax.Text, e *signal.Expression) bool {
	if in.Reach == nil || !e.Constant || e.Type != signal.Number {
		return true
	}
	x := e.Eval(nil, 0)
	write := func(si float64) string {
		return strconv.FormatFloat(in.Unit.FromSI(si), 'f', -1, 64) + " " + in.Unit.Symbol
	}
	why := fmt.Sprintf("%s of %s cannot be %s: %s", in.Name, id, source.Quote(strings.Trim(text.Value, `"`)), in.Reach.Why)
	switch {
	case x < in.Reach.Least:
		b.Errorf(text.Span, "write "+write(in.Reach.Least)+" or more", "%s", why)
	case x > in.Reach.Most:
		b.Errorf(text.Span, "write "+write(in.Reach.Most)+" or less", "%s", why)
	default:
		return true
	}
	return false
}
