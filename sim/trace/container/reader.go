package container

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

	"github.com/foxglove/mcap/go/mcap"
	"github.com/klauspost/compress/zstd"
)

// Limits of what is read.
const (
	MaxChunk   = 64 << 20 // bytes of a chunk before compression, and of any other record
	maxAttach  = 1 << 16  // attachments
	maxSummary = 256 << 20
	frame      = 1 + 8 // bytes before each record: what it is, and its length
)

// A Chunk is where a chunk lies, and which times it spans.
type Chunk struct {
	From, To uint64
	// Has reports by channel number, up to 63, which messages it has; all, where that is
	// not known.
	Has    uint64
	offset int64
	length int64
}

// An Attachment is a file in the file.
type Attachment struct{ Name, MediaType string }

// A Message is a message of a chunk.
type Message struct {
	Channel uint16
	Time    uint64
	Data    []byte
}

// Damage is where a file can no longer be made out, and why.
type Damage struct {
	Offset int64
	Cause  error
}

// Error implements error.
func (d *Damage) Error() string { return fmt.Sprintf("damaged at byte %d: %v", d.Offset, d.Cause) }

// Unwrap returns the cause.
func (d *Damage) Unwrap() error { return d.Cause }

// ErrNotMCAP says that a file is of another format.
var ErrNotMCAP = errors.New("it does not begin as an MCAP file does")

// A Reader reads a file. Make one with Open.
type Reader struct {
	Profile, Library string
	Metadata         map[string]string
	Chunks           []Chunk
	// Damage is why the file ends earlier than whoever wrote it meant, nil of a whole one.
	Damage *Damage

	in          io.ReaderAt
	size        int64
	unzstd      *zstd.Decoder
	attachments []place
	packed, raw []byte
}

type place struct {
	Attachment
	offset, length int64 // of the data
}

// Open reads what a file says of itself.
func Open(in io.ReaderAt, size int64) (*Reader, error) {
	r := &Reader{in: in, size: size}
	magic := make([]byte, len(mcap.Magic))
	if _, err := in.ReadAt(magic, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if !bytes.Equal(magic, mcap.Magic) {
		return nil, ErrNotMCAP
	}
	var err error
	if r.unzstd, err = zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(MaxChunk)); err != nil {
		return nil, err
	}
	if err := r.summary(); err != nil {
		return r, r.scan()
	}
	return r, nil
}

// summary takes over what the summary says.
func (r *Reader) summary() error {
	const tail = frame + 8 + 8 + 4
	magic := int64(len(mcap.Magic))
	end := r.size - tail - magic
	if end < magic {
		return errors.New("it is too short")
	}
	b := make([]byte, tail+magic)
	if _, err := r.in.ReadAt(b, end); err != nil {
		return err
	}
	start := int64(binary.LittleEndian.Uint64(b[frame:]))
	if !bytes.Equal(b[tail:], mcap.Magic) || b[0] != byte(mcap.OpFooter) || start < magic || start > end || end-start > maxSummary {
		return errors.New("it has no summary")
	}
	sum := make([]byte, end-start)
	if _, err := r.in.ReadAt(sum, start); err != nil {
		return err
	}
	crc := crc32.Update(crc32.ChecksumIEEE(sum), crc32.IEEETable, b[:tail-4])
	if crc != binary.LittleEndian.Uint32(b[tail-4:]) {
		return errors.New("its summary is damaged")
	}
	err := records(sum, func(op mcap.OpCode, body []byte) error { return r.listed(op, body) })
	if err != nil {
		r.Chunks, r.attachments = nil, nil
		return err
	}
	return r.beginning()
}

// records goes over records that lie one after the other.
func records(b []byte, tell func(op mcap.OpCode, body []byte) error) error {
	for len(b) > 0 {
		if len(b) < frame {
			return io.ErrUnexpectedEOF
		}
		n := binary.LittleEndian.Uint64(b[1:])
		if n > uint64(len(b)-frame) {
			return io.ErrUnexpectedEOF
		}
		if err := tell(mcap.OpCode(b[0]), b[frame:frame+n]); err != nil {
			return err
		}
		b = b[frame+n:]
	}
	return nil
}

// listed takes over one record of the summary.
func (r *Reader) listed(op mcap.OpCode, body []byte) error {
	switch op {
	case mcap.OpChunkIndex:
		x, err := parsed(mcap.ParseChunkIndex, body)
		if err != nil {
			return err
		}
		c := Chunk{From: x.MessageStartTime, To: x.MessageEndTime, offset: int64(x.ChunkStartOffset), length: int64(x.ChunkLength)}
		for channel := range x.MessageIndexOffsets {
			c.Has |= 1 << min(channel, 63)
		}
		if !r.holds(c.offset, c.length) {
			return errors.New("a chunk is to lie beyond the end")
		}
		r.Chunks = append(r.Chunks, c)
	case mcap.OpAttachmentIndex:
		x, err := parsed(mcap.ParseAttachmentIndex, body)
		if err != nil {
			return err
		}
		at := int64(x.Offset) + frame + 8 + 8 + 4 + int64(len(x.Name)) + 4 + int64(len(x.MediaType)) + 8
		if !r.holds(int64(x.Offset), int64(x.Length)) || !r.holds(at, int64(x.DataSize)) || len(r.attachments) >= maxAttach {
			return errors.New("an attachment is to lie beyond the end")
		}
		r.attachments = append(r.attachments, place{Attachment{x.Name, x.MediaType}, at, int64(x.DataSize)})
	}
	return nil
}

// holds reports whether a span lies within the file.
func (r *Reader) holds(offset, length int64) bool {
	return offset >= 0 && length >= 0 && offset <= r.size && length <= r.size-offset
}

// parsed parses a record; a parser that panics has found it damaged as well.
func parsed[T any](parse func([]byte) (T, error), body []byte) (x T, err error) {
	defer func() {
		if cause := recover(); cause != nil {
			err = fmt.Errorf("a record cannot be made out: %v", cause)
		}
	}()
	return parse(body)
}
