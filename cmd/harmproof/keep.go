package main

import (
	"errors"
	"fmt"
	"io"
	"os"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/snapshot"
	"github.com/harmproof/harmproof/sim/vtime"
)

// keeping are the flags that stop a run, keep it, and take it up again.
type keeping struct {
	until, save, resume string
}

func (k *keeping) flags(f *flags) {
	f.StringVar(&k.until, "until", "", "end at a time, such as 10m, instead of the scenario's end")
	f.StringVar(&k.save, "save", "", "keep the state at that time in a `file`")
	f.StringVar(&k.resume, "resume", "", "go on from a kept state; with --seed, chance is another from there on")
}

// check refuses flags that do not go together.
func (k *keeping) check(names, seeds int) error {
	switch {
	case k.save != "" && k.until == "":
		return errors.New("--save keeps the state where the run ends early: add `--until 10m`")
	case (k.save != "" || k.resume != "") && names > 1:
		return fmt.Errorf("--save and --resume are about one run, but these are %d scenarios; name one", names)
	case (k.save != "" || k.resume != "") && seeds > 1:
		return fmt.Errorf("--save and --resume are about one run, but these are %d seeds; choose one: `--seed 1`", seeds)
	}
	return nil
}

// options are what the flags mean for a run of the plan.
func (k *keeping) options(p *sim.Plan) (options []sim.Option, err error) {
	if k.until != "" {
		until, err := vtime.ParseDuration(k.until)
		switch {
		case err != nil:
			return nil, fmt.Errorf("--until %s: %w", source.Quote(k.until), err)
		case until <= 0 || vtime.Time(until) > p.Run:
			return nil, fmt.Errorf("--until %s: %s runs for %v; write a time in it", source.Quote(k.until), p.Name, p.Run.Short())
		}
		options = append(options, sim.Until(vtime.Time(until)))
	}
	if k.resume != "" {
		data, err := readState(k.resume)
		if err != nil {
			return nil, fmt.Errorf("--resume %s: %w", source.Quote(k.resume), err)
		}
		options = append(options, sim.From(data))
	}
	if k.save != "" {
		options = append(options, sim.Keep(func(data []byte) error {
			if err := os.WriteFile(k.save, snapshot.Seal("harmproof "+version(), data), 0o644); err != nil {
				return fmt.Errorf("--save: %w", err)
			}
			return nil
		}))
	}
	return options, nil
}

// refused says why a run could not begin from a kept state.
func (k *keeping) refused(cause error) error {
	if k.resume == "" {
		return cause
	}
	if other := (*snapshot.LabelError)(nil); errors.As(cause, &other) {
		return fmt.Errorf("--resume %s: it is of another scenario, or of this one as it was before (kept of %s; this is %s)",
			source.Quote(k.resume), other.Has, other.Wants)
	}
	return fmt.Errorf("--resume %s: %w", source.Quote(k.resume), cause)
}

// maxState is the length of the longest file that is taken for a kept state.
const maxState = 4 << 30

// readState reads what --save wrote. Another version of the tool may give other
// meaning to the bytes.
func readState(name string) ([]byte, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	if info, err := f.Stat(); err == nil && info.Size() > maxState {
		return nil, fmt.Errorf("it has %d bytes, more than any kept state", info.Size())
	}
	data, err := io.ReadAll(f)
	if err != nil {
		return nil, err
	}
	data, err = snapshot.Open("harmproof "+version(), data)
	if other := (*snapshot.LabelError)(nil); errors.As(err, &other) {
		return nil, fmt.Errorf("it was kept by another version (%s; this is %s); keep it anew with `--until TIME --save FILE`", other.Has, other.Wants)
	}
	return data, err
}
