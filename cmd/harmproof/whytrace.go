package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/vtime"
)

// recorded explains a run that was recorded: by the texts and the seed that are in the
// trace. That it is the same run is known by its digest.
func (k *asker) recorded(ctx context.Context, name string, invariant []string) error {
	if k.seeded {
		return fmt.Errorf("%s is a run that was recorded, with a seed of its own; leave out --seed", source.Quote(name))
	}
	x, file, err := openTrace(name)
	if err != nil {
		return err
	}
	defer file.Close()
	k.warn(name, x)
	h := &x.Header
	if h.From > 0 {
		return fmt.Errorf("%s is of a run that was taken up at %v; explain the scenario: `harmproof why %s --seed %d`", source.Quote(name), h.From.Short(), h.File, h.Seed)
	}
	s, err := loadTraced(x)
	if err != nil {
		return fmt.Errorf("%s: the scenario in it cannot be run by this version (%w); it was recorded by harmproof %s", source.Quote(name), err, h.Tool)
	}
	k.seeded, k.runner.seeded = true, true
	k.flags.seed = h.Seed
	if x.End != nil {
		k.digest, k.until = x.End.Digest, x.End.At
	}
	err = k.of(ctx, s, name, invariant)
	if errors.Is(err, errOther) {
		return fmt.Errorf("%s: this version (%s) runs it otherwise than the one that recorded it (%s): the digests differ; explain it with that one, or record it anew", source.Quote(name), version(), h.Tool)
	}
	return err
}

// errOther says that a run is not the one that was recorded.
var errOther = errors.New("another run")

// A recordedEnd is what is known of the end of a run that was recorded; the digest is empty
// where nothing is.
type recordedEnd struct {
	digest string
	until  vtime.Time
}
