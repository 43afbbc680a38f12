package container

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"hash"
	"hash/crc32"
	"io"

	"github.com/foxglove/mcap/go/mcap"
	"github.com/klauspost/compress/zstd"
)

// A Channel is a kind of messages.
type Channel struct {
	Topic    string
	Encoding string // of its messages: json, or empty
	Schema   string // the name of what describes them
	Text     string // which describes them
}

// Options are what a file says of itself.
type Options struct {
	Profile, Library string
	Channels         []Channel // by number, from 1 on
	Metadata         map[string]string
}

// window is how far back a chunk is compressed against itself: more would take longer
// to make room for than most runs take.
const window = 256 << 10

// A Writer writes a file. Make one with NewWriter.
type Writer struct {
	file    *mcap.Writer
	zstd    *zstd.Encoder
	chunk   []byte // the records of the open chunk
	packed  []byte
	indexes []*mcap.MessageIndex // by channel
	order   []*mcap.MessageIndex // of the channels in the open chunk
	counts  []uint32
	from    uint64
	to      uint64
	digest  hash.Hash
	written uint64 // bytes of chunks before compression
}

// NewWriter begins a file.
func NewWriter(out io.Writer, o Options) (*Writer, error) {
	file, err := mcap.NewWriter(out, &mcap.WriterOptions{IncludeCRC: true, OverrideLibrary: true})
	if err != nil {
		return nil, err
	}
	packer, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1), zstd.WithEncoderCRC(false),
		zstd.WithWindowSize(window))
	if err != nil {
		return nil, err
	}
	w := &Writer{
		file: file, zstd: packer, digest: sha256.New(),
		indexes: make([]*mcap.MessageIndex, len(o.Channels)+1), counts: make([]uint32, len(o.Channels)+1),
	}
	if err := file.WriteHeader(&mcap.Header{Profile: o.Profile, Library: o.Library}); err != nil {
		return nil, err
	}
	if err := file.WriteMetadata(&mcap.Metadata{Name: o.Profile, Metadata: o.Metadata}); err != nil {
		return nil, err
	}
	for i, c := range o.Channels {
		id := uint16(i + 1)
		if err := file.WriteSchema(&mcap.Schema{ID: id, Name: c.Schema, Encoding: "text", Data: []byte(c.Text)}); err != nil {
			return nil, err
		}
		if err := file.WriteChannel(&mcap.Channel{ID: id, SchemaID: id, Topic: c.Topic, MessageEncoding: c.Encoding}); err != nil {
			return nil, err
		}
		w.indexes[id] = &mcap.MessageIndex{ChannelID: id}
	}
	return w, nil
}

// Attach writes a file of its own into the file, outside of chunks.
func (w *Writer) Attach(name, mediaType string, data []byte) error {
	return w.file.WriteAttachment(&mcap.Attachment{Name: name, MediaType: mediaType, DataSize: uint64(len(data)), Data: bytes.NewReader(data)})
}

// Add adds a message to the open chunk. Times of a chunk must not go back.
func (w *Writer) Add(channel uint16, at uint64, data []byte) {
	if len(w.chunk) == 0 {
		w.from = at
	}
	w.to = max(w.to, at)
	x := w.indexes[channel]
	if x.IsEmpty() {
		w.order = append(w.order, x)
	}
	x.Add(at, uint64(len(w.chunk)))
	const head = 2 + 4 + 8 + 8
	b := append(w.chunk, byte(mcap.OpMessage))
	b = binary.LittleEndian.AppendUint64(b, uint64(head+len(data)))
	b = binary.LittleEndian.AppendUint16(b, channel)
	b = binary.LittleEndian.AppendUint32(b, w.counts[channel])
	b = binary.LittleEndian.AppendUint64(b, at)
	b = binary.LittleEndian.AppendUint64(b, at)
	w.chunk = append(b, data...)
	w.counts[channel]++
}

// Size is how many bytes the open chunk has, before compression.
func (w *Writer) Size() int { return len(w.chunk) }

// Flush writes the open chunk.
func (w *Writer) Flush() error {
	if len(w.chunk) == 0 {
		return nil
	}
	w.digest.Write(w.chunk)
	w.written += uint64(len(w.chunk))
	w.packed = w.zstd.EncodeAll(w.chunk, w.packed[:0])
	messages := uint64(0)
	for _, x := range w.order {
		n := uint64(len(x.Entries()))
		w.file.Statistics.ChannelMessageCounts[x.ChannelID] += n
		messages += n
	}
	if w.file.Statistics.MessageCount == 0 {
		w.file.Statistics.MessageStartTime = w.from
	}
	w.file.Statistics.MessageCount += messages
	err := w.file.WriteChunkWithIndexes(&mcap.Chunk{
		MessageStartTime: w.from, MessageEndTime: w.to, UncompressedSize: uint64(len(w.chunk)),
		UncompressedCRC: crc32.ChecksumIEEE(w.chunk), Compression: string(mcap.CompressionZSTD), Records: w.packed,
	}, w.order)
	for _, x := range w.order {
		x.Reset()
	}
	w.chunk, w.order, w.to = w.chunk[:0], w.order[:0], 0
	return err
}

// Digest is SHA-256 over the chunks that were written, before compression.
func (w *Writer) Digest() string { return hex.EncodeToString(w.digest.Sum(nil)) }

// Written is how many bytes all chunks had that were written, before compression.
func (w *Writer) Written() uint64 { return w.written }

// Close writes the open chunk and the summary. It does not close what is written to.
func (w *Writer) Close() error {
	err := w.Flush()
	if closed := w.file.Close(); err == nil {
		err = closed
	}
	return err
}
