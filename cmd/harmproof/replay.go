package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
)

// A replayer hands traces to the viewer, which is a program of its own: what it needs to
// draw would be most of what the first run on a new machine has to compile.
type replayer struct {
	*app
	flags struct {
		trace string
		seed  uint64
	}
	seeded bool
	to     showing
	given  []string // flags of the viewer
}

// A showing is how a replay is to be seen, if not in a window.
type showing struct {
	html, png, gif, mp4, svg string
	serve                    bool
	port, fps                int
	at, selected, from, to   string
	size, theme              string
}

// flags declares the viewer's flags, which it checks itself.
func (s *showing) flags(f *flags) {
	f.StringVar(&s.html, "html", "", "write one page to a `file`: the viewer and the trace, to open from disk")
	f.BoolVar(&s.serve, "serve", false, "show it in a browser on this machine, until Ctrl-C; for large traces")
	f.IntVar(&s.port, "port", 0, "of --serve: the port; any where not given")
	f.StringVar(&s.png, "png", "", "write a picture to a `file`")
	f.StringVar(&s.gif, "gif", "", "write an animation to a `file`")
	f.StringVar(&s.mp4, "mp4", "", "write a video to a `file`, by ffmpeg")
	f.StringVar(&s.svg, "svg", "", "write plots of signals to a `file`")
	f.StringVar(&s.at, "at", "", "where it opens, such as 12m49s; else 5 s before the first violation")
	f.StringVar(&s.selected, "select", "", "a device or signals that are chosen, such as tower.level,pump.flow")
	f.StringVar(&s.from, "from", "", "of --gif, --mp4 and --svg: where they begin")
	f.StringVar(&s.to, "to", "", "of --gif, --mp4 and --svg: where they end")
	f.StringVar(&s.size, "size", "", "of pictures: such as 1280x800")
	f.StringVar(&s.theme, "theme", "", "dark, or light as for paper")
	f.IntVar(&s.fps, "fps", 0, "of --gif and --mp4: pictures a second")
}

// outputs counts what is to be made instead of a window.
func (s *showing) outputs() (n int) {
	for _, name := range []string{s.html, s.png, s.gif, s.mp4, s.svg} {
		if name != "" {
			n++
		}
	}
	if s.serve {
		n++
	}
	return n
}

// browser reports whether a browser is to show it.
func (s *showing) browser() bool { return s.html != "" || s.serve }

func (a *app) replayVerb() *verb {
	r := &replayer{app: a}
	c := &verb{
		Use:   "replay TRACE | NAME [TRACE | NAME]",
		Short: "watch a run again: in a window, in a browser, or as pictures",
		Long: `Watch a recorded run: a trace that ` + "`harmproof run --trace FILE`" + ` wrote, or a scenario,
which is recorded first. Of two, such as an attack with and without a barrier,
both are shown side by side, and where they begin to differ.

The window opens paused, five seconds before the first violation. F1 shows the keys.
The viewer is a program of its own, harmproof-view, which is taken from beside
this one, or built by the Go toolchain when it is needed first.`,
		Example: `  harmproof replay swat/attack-01
  harmproof replay run.mcap --at 12m49s --select t101.level
  harmproof replay swat/attack-30-from-laptop swat/attack-30-from-laptop-tag
  harmproof replay run.mcap --html run.html
  harmproof replay large.mcap --serve
  harmproof replay run.mcap --png run.png --theme light
  harmproof replay run.mcap --svg plots.svg --select t101.level,mv101.flow`,
		Args: func(_ *verb, args []string) error {
			if len(args) == 0 || len(args) > 2 {
				return errors.New("name one trace or scenario, or two to compare: `harmproof replay swat/attack-01`")
			}
			return nil
		},
	}
	f := c.Flags()
	r.to.flags(f)
	of := slices.Clone(f.order)
	f.StringVar(&r.flags.trace, "trace", "", "of a scenario: keep its trace in a `file`")
	f.Uint64Var(&r.flags.seed, "seed", 0, "of a scenario: the seed, instead of the scenario's")
	c.Run = func(ctx context.Context, args []string) error {
		f.Visit(func(g *flag.Flag) {
			if slices.Contains(of, g.Name) {
				r.given = append(r.given, "-"+g.Name+"="+g.Value.String())
			}
		})
		r.seeded = f.Changed("seed")
		return r.run(ctx, args)
	}
	return c
}

func (r *replayer) run(ctx context.Context, names []string) error {
	if err := r.check(names); err != nil {
		return err
	}
	var list []*shown
	for _, name := range names {
		x, err := r.find(name)
		if err != nil {
			return err
		}
		list = append(list, x)
	}
	program, err := r.viewer(ctx, r.to.browser())
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "harmproof-replay-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	args := append(r.given, "-names="+strings.Join(names, "\n"), "--")
	for i, x := range list {
		if x.file == "" {
			x.file = filepath.Join(folder, fmt.Sprintf("%d.mcap", i))
			if r.flags.trace != "" {
				x.file = r.flags.trace
			}
			if err := r.record(ctx, x); err != nil {
				return err
			}
		}
		args = append(args, x.file)
	}
	if first := list[0].file; filepath.Dir(first) != folder {
		args = append([]string{"-notes=" + first + ".notes.json"}, args...)
	}
	return program.show(ctx, r.app, args)
}

// check refuses flags that do not go together.
func (r *replayer) check(names []string) error {
	recorded := 0
	for _, name := range names {
		if !isTrace(name) {
			recorded++
		}
	}
	switch s := &r.to; {
	case s.outputs() > 1:
		return errors.New("ask for one of --html, --serve, --png, --gif, --mp4 and --svg at a time; keep the trace with --trace")
	case r.flags.trace != "" && recorded != 1:
		return errors.New("--trace keeps the trace of one scenario; of two, record each: `harmproof run NAME --trace FILE`")
	case r.seeded && recorded == 0:
		return fmt.Errorf("%s is a run that was recorded, with a seed of its own; leave out --seed", source.Quote(names[0]))
	case s.port != 0 && !s.serve:
		return errors.New("--port is that of --serve: add --serve")
	}
	return nil
}
