package container

import (
	"encoding/binary"
	"io"
)

// Magic is how files begin and end.
const Magic = "\x89MCAP0\r\n"

// The sorts of records.
const (
	opHeader = 1 + iota
	opFooter
	opSchema
	opChannel
	opMessage
	opChunk
	opMessageIndex
	opChunkIndex
	opAttachment
	opAttachmentIndex
	opStatistics
	opMetadata
	opMetadataIndex
	opSummaryOffset
	opDataEnd
)

// zstandard is how chunks are compressed.
const zstandard = "zstd"

// A record is the body of one that is being written.
type record []byte

func (r *record) uint16(x uint16) { *r = binary.LittleEndian.AppendUint16(*r, x) }
func (r *record) uint32(x uint32) { *r = binary.LittleEndian.AppendUint32(*r, x) }
func (r *record) uint64(x uint64) { *r = binary.LittleEndian.AppendUint64(*r, x) }

func (r *record) text(s string) {
	r.uint32(uint32(len(s)))
	*r = append(*r, s...)
}

// sized writes what fill writes, with its length before it.
func (r *record) sized(fill func()) {
	at := len(*r)
	r.uint32(0)
	fill()
	binary.LittleEndian.PutUint32((*r)[at:], uint32(len(*r)-at-4))
}

// A fields reads the fields of a record. After one that is not there it reads zeros, and
// err says so.
type fields struct {
	b   []byte
	err error
}

func (f *fields) take(n uint64) []byte {
	if n > uint64(len(f.b)) {
		f.b, f.err = nil, io.ErrUnexpectedEOF
		return nil
	}
	part := f.b[:n:n]
	f.b = f.b[n:]
	return part
}

func (f *fields) uint16() uint16 {
	if b := f.take(2); b != nil {
		return binary.LittleEndian.Uint16(b)
	}
	return 0
}

func (f *fields) uint32() uint32 {
	if b := f.take(4); b != nil {
		return binary.LittleEndian.Uint32(b)
	}
	return 0
}

func (f *fields) uint64() uint64 {
	if b := f.take(8); b != nil {
		return binary.LittleEndian.Uint64(b)
	}
	return 0
}

func (f *fields) text() string { return string(f.take(uint64(f.uint32()))) }

// part returns the fields of a part that has its length before it.
func (f *fields) part() *fields { return &fields{b: f.take(uint64(f.uint32())), err: f.err} }
