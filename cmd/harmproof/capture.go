package main

import (
	"context"
	"fmt"
	"os"

	"github.com/harmproof/harmproof/sim"
	"github.com/harmproof/harmproof/sim/pcap"
	"github.com/harmproof/harmproof/sim/vtime"
)

// A capture is a file that a run's traffic is written to.
type capture struct {
	*pcap.Capture
	file *os.File
	stop context.CancelFunc
}

// newCapture creates the file.
func newCapture(p *sim.Plan, name string, seed uint64) (*capture, error) {
	file, err := os.Create(name)
	if err != nil {
		return nil, fmt.Errorf("--pcap: %w; name a file in a folder that is there and that you may write to", err)
	}
	c, err := pcap.NewCapture(file, p, seed, version())
	if err != nil {
		_ = file.Close()
		return nil, fmt.Errorf("--pcap: %w", err)
	}
	return &capture{Capture: c, file: file, stop: func() {}}, nil
}

// watch has a run stop that can no longer be written.
func (c *capture) watch(ctx context.Context, reached func(vtime.Time)) (context.Context, func(vtime.Time)) {
	ctx, c.stop = context.WithCancel(ctx)
	return ctx, func(at vtime.Time) {
		if c.Err() != nil {
			c.stop()
		}
		reached(at)
	}
}

// Close completes the file.
func (c *capture) Close() error {
	c.stop()
	err := c.Capture.Close()
	if closed := c.file.Close(); err == nil {
		err = closed
	}
	if err != nil {
		return fmt.Errorf("--pcap: writing %s: %w; what is in it so far can be read", c.file.Name(), err)
	}
	return nil
}
