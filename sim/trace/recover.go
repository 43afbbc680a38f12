package trace

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/harmproof/harmproof/sim/trace/container"
)

// A Recovery says what of a damaged trace was written anew.
type Recovery struct {
	Pages, Lost int // that were read, and that were not
	// Found says what was damaged; nil where nothing was.
	Found error
}

// Recover writes what of a trace can be read as a whole one. What the file says of its
// end is kept where it can be read; else the trace ends where its last page does, and
// says so.
func (t *Trace) Recover(out io.Writer) (r Recovery, err error) {
	file, err := container.NewWriter(out, container.Options{
		Profile: profile, Library: t.file.Library, Channels: channels(), Metadata: t.file.Metadata,
	})
	if err != nil {
		return r, err
	}
	r.Found = t.Warning
	for i, name := range t.Files {
		text, err := t.Text(i)
		if err != nil {
			r.Found = errors.Join(r.Found, fmt.Errorf("%s cannot be read: %w", name, err))
			continue
		}
		if err := file.Attach(name, "application/yaml", text); err != nil {
			return r, err
		}
	}
	c := copier{trace: t, file: file, view: newOverview(&t.Header, t.cells)}
	if err := c.header(); err != nil {
		return r, err
	}
	for i := range t.pages {
		if err := c.page(i); err != nil {
			r.Lost++
			r.Found = errors.Join(r.Found, err)
			continue
		}
		r.Pages++
		if err := file.Flush(); err != nil {
			return r, err
		}
	}
	return r, c.end(r)
}

// A copier writes a trace anew.
type copier struct {
	trace  *Trace
	file   *container.Writer
	view   overview
	counts Counts
	begun  bool
}

func (c *copier) header() error {
	text, err := json.Marshal(&c.trace.Header)
	if err == nil {
		c.file.Add(onHeader, uint64(c.trace.Header.From), text)
		err = c.file.Flush()
	}
	return err
}

// page copies a page that can be read to its end, and none of another one.
func (c *copier) page(i int) error {
	t := c.trace
	if err := t.page(i, visit{keyframe: func([]float64) {}, changes: func(*block) {}, course: func(int32, *Course) {}, rows: func([]row) {}, event: func(*Event) bool { return true }}); err != nil {
		return err
	}
	var count [onEvents + 1]int
	_ = t.page(i, visit{
		keyframe: func(x []float64) {
			if !c.begun {
				copy(c.view.Overview.starts, x)
			}
			c.begun = true
		},
		changes: func(k *block) {
			for n := range k.columns {
				col := &k.columns[n]
				count[onChanges] += len(col.values)
				c.view.column(col.cell, k.instants, col.when, col.values)
			}
		},
		course: func(cell int32, x *Course) {
			count[onCourses]++
			c.view.course(cell, x)
		},
		rows: func(rows []row) {
			count[onMessages] += messagesOf(rows)
			c.view.messages(rows)
		},
		event: func(x *Event) bool {
			count[onEvents]++
			c.view.event(x)
			return true
		},
	})
	return t.file.Each(t.pages[i], func(m container.Message) error {
		if tally := c.tally(m.Channel); tally != nil {
			tally.add(count[m.Channel], len(m.Data)) // all of the page with its first block
			count[m.Channel] = 0
		}
		if m.Channel >= onKeyframe && m.Channel <= onScene {
			c.file.Add(m.Channel, m.Time, m.Data)
		}
		return nil
	})
}

// tally returns what counts a channel.
func (c *copier) tally(channel uint16) *Tally {
	switch channel {
	case onChanges:
		return &c.counts.Changes
	case onCourses:
		return &c.counts.Courses
	case onMessages:
		return &c.counts.Messages
	case onEvents:
		return &c.counts.Events
	}
	return nil
}

// end writes what stands at the end of a trace.
func (c *copier) end(r Recovery) error {
	t := c.trace
	end := End{At: t.Last(), Stopped: "the trace was cut short; what could be read was recovered"}
	if t.End != nil {
		end = *t.End
		if r.Lost > 0 {
			end.Complete, end.Stopped = false, fmt.Sprintf("%d pages of the trace were damaged; what could be read was recovered", r.Lost)
		}
	}
	end.Counts, end.Records = c.counts, c.file.Digest()
	at := uint64(max(end.At, t.Header.From))
	c.view.shrink(c.counts.Changes.Count + c.counts.Courses.Count)
	c.file.Add(onOverview, at, c.view.encode(nil))
	for _, x := range []struct {
		channel uint16
		value   any
		has     bool
	}{{onResult, t.Result, t.Result != nil}, {onEnd, &end, true}} {
		if !x.has {
			continue
		}
		text, err := json.Marshal(x.value)
		if err != nil {
			return err
		}
		c.file.Add(x.channel, at, text)
	}
	return c.file.Close()
}
