package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"

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
	magic := make([]byte, len(Magic))
	if _, err := in.ReadAt(magic, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	if string(magic) != Magic {
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
	magic := int64(len(Magic))
	end := r.size - tail - magic
	if end < magic {
		return errors.New("it is too short")
	}
	b := make([]byte, tail+magic)
	if _, err := r.in.ReadAt(b, end); err != nil {
		return err
	}
	start := int64(binary.LittleEndian.Uint64(b[frame:]))
	if string(b[tail:]) != Magic || b[0] != opFooter || start < magic || start > end || end-start > maxSummary {
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
	err := records(sum, func(op byte, body []byte) error { return r.listed(op, body) })
	if err != nil {
		r.Chunks, r.attachments = nil, nil
		return err
	}
	return r.beginning()
}

// records goes over records that lie one after the other.
func records(b []byte, tell func(op byte, body []byte) error) error {
	for len(b) > 0 {
		if len(b) < frame {
			return io.ErrUnexpectedEOF
		}
		n := binary.LittleEndian.Uint64(b[1:])
		if n > uint64(len(b)-frame) {
			return io.ErrUnexpectedEOF
		}
		if err := tell(b[0], b[frame:frame+n]); err != nil {
			return err
		}
		b = b[frame+n:]
	}
	return nil
}

// listed takes over one record of the summary.
func (r *Reader) listed(op byte, body []byte) error {
	switch op {
	case opChunkIndex:
		return r.listedChunk(&fields{b: body})
	case opAttachmentIndex:
		return r.listedAttachment(&fields{b: body})
	}
	return nil
}

func (r *Reader) listedChunk(f *fields) error {
	c := Chunk{From: f.uint64(), To: f.uint64()}
	c.offset, c.length = int64(f.uint64()), int64(f.uint64())
	indexes := f.part()
	for len(indexes.b) > 0 {
		c.Has |= 1 << min(indexes.uint16(), 63)
		indexes.uint64()
	}
	if f.err != nil || indexes.err != nil {
		return errors.New("where a chunk lies cannot be made out")
	}
	if !r.holds(c.offset, c.length) {
		return errors.New("a chunk is to lie beyond the end")
	}
	r.Chunks = append(r.Chunks, c)
	return nil
}

func (r *Reader) listedAttachment(f *fields) error {
	offset, length := int64(f.uint64()), int64(f.uint64())
	f.take(8 + 8) // times
	size := int64(f.uint64())
	x := Attachment{f.text(), f.text()}
	if f.err != nil {
		return errors.New("where an attachment lies cannot be made out")
	}
	at := offset + frame + 8 + 8 + 4 + int64(len(x.Name)) + 4 + int64(len(x.MediaType)) + 8
	if !r.holds(offset, length) || !r.holds(at, size) || len(r.attachments) >= maxAttach {
		return errors.New("an attachment is to lie beyond the end")
	}
	r.attachments = append(r.attachments, place{x, at, size})
	return nil
}

// holds reports whether a span lies within the file.
func (r *Reader) holds(offset, length int64) bool {
	return offset >= 0 && length >= 0 && offset <= r.size && length <= r.size-offset
}
