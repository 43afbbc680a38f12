package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/campaign/capacity"
	"github.com/harmproof/harmproof/sim/report"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A scaler runs a scenario with more and more of all that it has several of.
type scaler struct {
	*app
	flags struct {
		scale, svg  string
		until       string
		json, plain bool
	}
}

func (a *app) capacityVerb() *verb {
	k := &scaler{app: a}
	c := &verb{
		Use:   "capacity NAME",
		Short: "find where it breaks first as it grows",
		Long: `Run a scenario with every ` + "`count:`" + ` multiplied, and show where it breaks first: how
much links and devices are used, what they lose, how long that takes, when stores
are full, and which invariants are violated. What there is one of stays one: that is
what becomes too small. Where that are more than a million devices, those that tell as a
rate (as_rate) stand for several each, if nothing is about single ones. The exit code is
0 where nothing breaks, 1 where something does, 2 where nothing does at the scales that
could be run and others could not.`,
		Example: `  harmproof capacity fleet/normal --scale 1x,3x,10x,30x --svg capacity.svg`,
		Args: func(_ *verb, args []string) error {
			if len(args) != 1 {
				return errors.New("name one scenario: `harmproof capacity fleet/normal --scale 1x,10x,100x`")
			}
			return nil
		},
	}
	f, to := c.Flags(), &k.flags
	f.StringVar(&to.scale, "scale", "1x,10x,100x,1000x", "the `scales`, such as 10x,100x")
	f.StringVar(&to.until, "until", "", "end each run after a `time` such as 10m")
	f.StringVar(&to.svg, "svg", "", "draw what is used, lost and late over the scales into a `file`")
	f.BoolVar(&to.json, "json", false, "one line of JSON")
	f.BoolVar(&to.plain, "no-color", false, "no colours (as with the environment variable NO_COLOR)")
	c.Run = func(ctx context.Context, args []string) error {
		k.colour = k.colour && !to.plain
		return k.scale(ctx, args[0])
	}
	return c
}

// maxTimes bounds a scale: so the largest system has a million times a million devices.
const maxTimes = 1_000_000

// scales reads "1x,10x,100x".
func (k *scaler) scales() (list []int64, err error) {
	for _, text := range strings.Split(k.flags.scale, ",") {
		n, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(text), "x"), 10, 64)
		switch {
		case err != nil || n < 1:
			return nil, fmt.Errorf("--scale %s: %s is no scale: where there were fewer, names such as meter[7] would stand for nobody; write whole numbers from 1x on, such as 1x,10x,100x, and of fewer give the file smaller counts", k.flags.scale, source.Quote(text))
		case n > maxTimes:
			return nil, fmt.Errorf("--scale %s: %s is more than %dx, which is the most", k.flags.scale, source.Quote(text), maxTimes)
		}
		list = append(list, n)
	}
	slices.Sort(list)
	return slices.Compact(list), nil
}

// scale runs the scales and says what became of them.
func (k *scaler) scale(ctx context.Context, name string) error {
	times, err := k.scales()
	if err != nil {
		return err
	}
	o := capacity.Options{}
	if k.flags.until != "" {
		d, err := vtime.ParseDuration(k.flags.until)
		if err != nil || d <= 0 {
			return fmt.Errorf("--until %s: write a time such as 10m", k.flags.until)
		}
		o.Options = append(o.Options, sim.Until(vtime.Time(d)))
	}
	s, err := load(name)
	if err != nil {
		return err
	}
	if !s.Counted() {
		return fmt.Errorf("%s has nothing with a `count:`, so nothing of it can become more", name)
	}
	bar := &scaleBar{app: k.app, began: time.Now()}
	o.Progress = bar.reached
	table, failed := report.NewScaleTable(k.out, s.Plan.Name, times, report.Options{Colour: k.colour}), error(nil)
	if !k.flags.json {
		o.Done = func(r *capacity.Row) {
			bar.stop()
			failed = errors.Join(failed, table.Row(r))
		}
	}
	answer := capacity.Scale(ctx, s.Plan.Name, s.Scaled, times, o)
	bar.stop()
	answer.Seed, answer.Seeds = s.Plan.Seed, s.Seeds
	if failed != nil {
		return failed
	}
	return k.tell(ctx, answer, table)
}

// tell writes the answer: what is not in the table yet.
func (k *scaler) tell(ctx context.Context, a *capacity.Answer, table *report.ScaleTable) error {
	if k.flags.svg != "" && slices.ContainsFunc(a.Rows, func(r capacity.Row) bool { return r.Result != nil }) {
		file, err := os.Create(k.flags.svg)
		if err != nil {
			return err
		}
		if err := errors.Join(report.ScaleSVG(file, a), file.Close()); err != nil {
			return err
		}
	}
	var err error
	if k.flags.json {
		var line []byte
		if line, err = report.ScaleJSON(a); err == nil {
			_, err = k.out.Write(append(line, '\n'))
		}
	} else {
		err = table.End(a)
	}
	missing, _ := a.Missing()
	switch i, _, _ := a.Breaks(); {
	case err != nil:
		return err
	case ctx.Err() != nil:
		return code(interrupted)
	case i >= 0:
		return code(unexpected)
	case len(missing) > 0:
		return code(wrong)
	}
	return nil
}

// A scaleBar shows which scale is run, and how far that is.
type scaleBar struct {
	*app
	began, drawn time.Time
}

// reached is told how far a run is.
func (b *scaleBar) reached(times int64, at, end vtime.Time) {
	now := time.Now()
	if !b.terminal || now.Sub(b.began) < patience || now.Sub(b.drawn) < refresh {
		return
	}
	b.drawn = now
	fmt.Fprintf(b.err, "\rcapacity  %dx: %s of %s, after %s\x1b[K", times, coarse(at), coarse(end), now.Sub(b.began).Round(time.Second))
}

// stop takes the bar off the screen.
func (b *scaleBar) stop() {
	if !b.drawn.IsZero() {
		b.drawn = time.Time{}
		fmt.Fprint(b.err, "\r\x1b[K")
	}
}
