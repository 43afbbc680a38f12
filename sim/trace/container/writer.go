package container

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"io"

	"github.com/klauspost/compress/zstd"
)

// A Channel is a kind of messages.
type Channel struct {
	Topic    string
	Encoding string // of its messages: json, or empty
	Schema   string // the name of what describes them
	Text     string // which describes them
	Language string // of that: text, jsonschema
}

// Options are what a file says of itself.
type Options struct {
	Profile, Library string
	Channels         []Channel // by number, from 1 on
	Metadata         map[string]string
	Room             int // bytes that chunks have before compression, as far as is known
}

// window is how far back a chunk is compressed against itself: more would take longer
// to make room for than most runs take.
const window = 256 << 10

// A Writer writes a file. Make one with NewWriter. While a chunk is filled the one before
// is compressed and written, by a goroutine of its own, so that who tells a Writer what
// happens waits for that only where it is faster than that. What is written does not
// depend on it.
type Writer struct {
	file    file
	zstd    *zstd.Encoder
	open    *chunk
	other   *chunk // which is being written, or empty; nil before there is one
	options Options
	packed  []byte
	counts  []uint32
	digest  hash.Hash
	written uint64     // bytes of chunks before compression
	busy    chan error // has the error of the chunk that is being written; nil of none
	err     error
}

// A chunk is messages that are not written yet.
type chunk struct {
	records  []byte
	places   [][]spot // by channel
	order    []uint16 // the channels in it
	from, to uint64
}

// A spot is where a message lies in a chunk, and when it was.
type spot struct{ at, offset uint64 }

func newChunk(o *Options) *chunk {
	return &chunk{places: make([][]spot, len(o.Channels)+1), records: make([]byte, 0, o.Room)}
}

// NewWriter begins a file. Until Close returns it has out for itself.
func NewWriter(out io.Writer, o Options) (*Writer, error) {
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false),
		zstd.WithWindowSize(window), zstd.WithLowerEncoderMem(true))
	if err != nil {
		return nil, err
	}
	w := &Writer{
		file: file{out: out}, zstd: packer, digest: sha256.New(), counts: make([]uint32, len(o.Channels)+1),
		open: newChunk(&o), options: o, packed: make([]byte, 0, o.Room/4),
	}
	w.file.write([]byte(Magic))
	w.file.record(opHeader, func(r *record) {
		r.text(o.Profile)
		r.text(o.Library)
	})
	w.file.says(o.Profile, o.Metadata)
	w.file.describe(o.Channels)
	return w, w.file.err
}

// Attach writes a file of its own into the file, outside of chunks.
func (w *Writer) Attach(name, mediaType string, data []byte) error {
	if err := w.wait(); err != nil {
		return err
	}
	w.file.attach(Attachment{name, mediaType}, data)
	return w.file.err
}

// Add adds a message to the open chunk. Times of a chunk must not go back.
func (w *Writer) Add(channel uint16, at uint64, data []byte) {
	c := w.open
	if len(c.records) == 0 {
		c.from = at
	}
	c.to = max(c.to, at)
	if len(c.places[channel]) == 0 {
		c.order = append(c.order, channel)
	}
	c.places[channel] = append(c.places[channel], spot{at, uint64(len(c.records))})
	const head = 2 + 4 + 8 + 8
	b := append(c.records, opMessage)
	b = binary.LittleEndian.AppendUint64(b, uint64(head+len(data)))
	b = binary.LittleEndian.AppendUint16(b, channel)
	b = binary.LittleEndian.AppendUint32(b, w.counts[channel])
	b = binary.LittleEndian.AppendUint64(b, at)
	b = binary.LittleEndian.AppendUint64(b, at)
	c.records = append(b, data...)
	w.counts[channel]++
}

// Size is how many bytes the open chunk has, before compression.
func (w *Writer) Size() int { return len(w.open.records) }

// Flush hands over the open chunk to be written. What goes wrong then is the error of a
// later call.
func (w *Writer) Flush() error {
	if len(w.open.records) == 0 {
		return w.err
	}
	if err := w.wait(); err != nil {
		return err
	}
	c := w.open
	if w.open, w.other = w.other, c; w.open == nil {
		w.open = newChunk(&w.options)
	}
	w.written += uint64(len(c.records))
	busy := make(chan error, 1)
	w.busy = busy
	go func() { busy <- w.write(c) }()
	return nil
}

// wait waits until the last chunk is written.
func (w *Writer) wait() error {
	if w.busy != nil {
		if err := <-w.busy; w.err == nil {
			w.err = err
		}
		w.busy = nil
	}
	return w.err
}

// write writes a chunk and empties it.
func (w *Writer) write(c *chunk) error {
	w.digest.Write(c.records)
	w.packed = w.zstd.EncodeAll(c.records, w.packed[:0])
	w.file.chunk(c, w.packed)
	for _, channel := range c.order {
		c.places[channel] = c.places[channel][:0]
	}
	c.records, c.order, c.to = c.records[:0], c.order[:0], 0
	return w.file.err
}

// Digest is SHA-256 over the chunks that were handed over, before compression.
func (w *Writer) Digest() string {
	_ = w.wait() // the error comes again
	return hex.EncodeToString(w.digest.Sum(nil))
}

// Written is how many bytes all chunks had that were handed over, before compression.
func (w *Writer) Written() uint64 { return w.written }

// Close writes the open chunk and the summary. It does not close what is written to.
func (w *Writer) Close() error {
	err := w.Flush()
	if failed := w.wait(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	w.file.end()
	return w.file.err
}
