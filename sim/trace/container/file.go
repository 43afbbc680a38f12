package container

import (
	"hash/crc32"
	"io"
	"maps"
	"slices"
)

// A file is what has been written of a file, as its summary tells it.
type file struct {
	out       io.Writer
	size      uint64
	crc       uint32 // of what was written since the last section began
	body      record // of the record that is being made
	described record // schemas and channels, which the summary has again
	schemas   uint64 // bytes of it that are schemas
	chunks    record // indexes
	attached  record
	metadata  record
	stats     statistics
	err       error
}

// A statistics counts what is in a file.
type statistics struct {
	messages                               uint64
	channels, attachments, metadata, parts uint32
	from, to                               uint64
	by                                     []uint64 // messages by channel
}

// write writes bytes as they are.
func (f *file) write(b []byte) {
	if f.err != nil {
		return
	}
	_, f.err = f.out.Write(b)
	f.size += uint64(len(b))
	f.crc = crc32.Update(f.crc, crc32.IEEETable, b)
}

// framed appends a record with its frame.
func framed(b *record, op byte, body []byte) {
	*b = append(*b, op)
	b.uint64(uint64(len(body)))
	*b = append(*b, body...)
}

// record writes a record whose body fill makes, and returns its frame and body.
func (f *file) record(op byte, fill func(r *record)) []byte {
	f.body = f.body[:0]
	f.body = append(f.body, op, 0, 0, 0, 0, 0, 0, 0, 0)
	fill(&f.body)
	length := record{}
	length.uint64(uint64(len(f.body) - frame))
	copy(f.body[1:], length)
	f.write(f.body)
	return f.body
}

// says writes metadata.
func (f *file) says(name string, pairs map[string]string) {
	at := f.size
	f.record(opMetadata, func(r *record) {
		r.text(name)
		r.sized(func() {
			for _, key := range slices.Sorted(maps.Keys(pairs)) {
				r.text(key)
				r.text(pairs[key])
			}
		})
	})
	x := record{}
	x.uint64(at)
	x.uint64(f.size - at)
	x.text(name)
	framed(&f.metadata, opMetadataIndex, x)
	f.stats.metadata++
}

// describe writes channels, each with a schema of the same number.
func (f *file) describe(list []Channel) {
	var channels record
	for i, c := range list {
		id := uint16(i + 1)
		schema := f.record(opSchema, func(r *record) {
			r.uint16(id)
			r.text(c.Schema)
			r.text(c.Language)
			r.text(c.Text)
		})
		f.described = append(f.described, schema...)
		channels = append(channels, f.record(opChannel, func(r *record) {
			r.uint16(id)
			r.uint16(id)
			r.text(c.Topic)
			r.text(c.Encoding)
			r.uint32(0) // no metadata
		})...)
	}
	f.schemas = uint64(len(f.described))
	f.described = append(f.described, channels...)
	f.stats.channels, f.stats.by = uint32(len(list)), make([]uint64, len(list)+1)
}

// attach writes a file in the file.
func (f *file) attach(a Attachment, data []byte) {
	at := f.size
	f.record(opAttachment, func(r *record) {
		r.uint64(0)
		r.uint64(0)
		r.text(a.Name)
		r.text(a.MediaType)
		r.uint64(uint64(len(data)))
		*r = append(*r, data...)
		r.uint32(crc32.ChecksumIEEE((*r)[frame:]))
	})
	x := record{}
	x.uint64(at)
	x.uint64(f.size - at)
	x.uint64(0)
	x.uint64(0)
	x.uint64(uint64(len(data)))
	x.text(a.Name)
	x.text(a.MediaType)
	framed(&f.attached, opAttachmentIndex, x)
	f.stats.attachments++
}

// chunk writes a chunk that has been compressed, and where its messages are.
func (f *file) chunk(c *chunk, packed []byte) {
	at := f.size
	head := record{opChunk}
	head.uint64(uint64(8 + 8 + 8 + 4 + 4 + len(zstandard) + 8 + len(packed)))
	head.uint64(c.from)
	head.uint64(c.to)
	head.uint64(uint64(len(c.records)))
	head.uint32(crc32.ChecksumIEEE(c.records))
	head.text(zstandard)
	head.uint64(uint64(len(packed)))
	f.write(head)
	f.write(packed)
	end := f.size
	x := record{}
	x.uint64(c.from)
	x.uint64(c.to)
	x.uint64(at)
	x.uint64(end - at)
	x.sized(func() {
		for _, channel := range c.order {
			x.uint16(channel)
			x.uint64(f.size)
			f.places(channel, c.places[channel])
		}
	})
	x.uint64(f.size - end)
	x.text(zstandard)
	x.uint64(uint64(len(packed)))
	x.uint64(uint64(len(c.records)))
	framed(&f.chunks, opChunkIndex, x)
	if s := &f.stats; s.parts == 0 || c.from < s.from {
		s.from = c.from
	}
	f.stats.to = max(f.stats.to, c.to)
	f.stats.parts++
}

// places writes where the messages of a channel are in a chunk.
func (f *file) places(channel uint16, list []spot) {
	f.record(opMessageIndex, func(r *record) {
		r.uint16(channel)
		r.sized(func() {
			for _, p := range list {
				r.uint64(p.at)
				r.uint64(p.offset)
			}
		})
	})
	f.stats.messages += uint64(len(list))
	f.stats.by[channel] += uint64(len(list))
}

// end writes what stands at the end of a file: a summary, which says where all is.
func (f *file) end() {
	crc := f.crc
	f.record(opDataEnd, func(r *record) { r.uint32(crc) })
	f.crc = 0
	start := f.size
	var offsets record
	for _, group := range []struct {
		op    byte
		bytes []byte
	}{
		{opSchema, f.described[:f.schemas]}, {opChannel, f.described[f.schemas:]}, {opStatistics, f.statistics()},
		{opChunkIndex, f.chunks}, {opAttachmentIndex, f.attached}, {opMetadataIndex, f.metadata},
	} {
		if len(group.bytes) == 0 {
			continue
		}
		x := record{group.op}
		x.uint64(f.size)
		x.uint64(uint64(len(group.bytes)))
		framed(&offsets, opSummaryOffset, x)
		f.write(group.bytes)
	}
	from := f.size
	f.write(offsets)
	foot := record{opFooter}
	foot.uint64(8 + 8 + 4)
	foot.uint64(start)
	foot.uint64(from)
	f.write(foot)
	crc, last := f.crc, record{}
	last.uint32(crc)
	f.write(append(last, Magic...))
}

// statistics are a record of the summary.
func (f *file) statistics() []byte {
	s, x, b := &f.stats, record{}, record{}
	x.uint64(s.messages)
	x.uint16(uint16(s.channels)) // as many schemas
	x.uint32(s.channels)
	x.uint32(s.attachments)
	x.uint32(s.metadata)
	x.uint32(s.parts)
	x.uint64(s.from)
	x.uint64(s.to)
	x.sized(func() {
		for channel, n := range s.by {
			if n > 0 {
				x.uint16(uint16(channel))
				x.uint64(n)
			}
		}
	})
	framed(&b, opStatistics, x)
	return b
}
