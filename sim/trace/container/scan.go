package container

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
)

// at reads a record's frame at an offset.
func (r *Reader) at(offset int64) (op byte, length int64, err error) {
	b := make([]byte, frame)
	if _, err := r.in.ReadAt(b, offset); err != nil {
		return 0, 0, io.ErrUnexpectedEOF
	}
	n := binary.LittleEndian.Uint64(b[1:])
	if n > uint64(r.size-offset-frame) {
		return 0, 0, io.ErrUnexpectedEOF
	}
	return b[0], int64(n), nil
}

// body reads a record of at most MaxChunk.
func (r *Reader) body(offset, length int64) ([]byte, error) {
	if length > MaxChunk {
		return nil, fmt.Errorf("a record is to have %d bytes, more than %d", length, MaxChunk)
	}
	b := make([]byte, length)
	if _, err := r.in.ReadAt(b, offset); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	return b, nil
}

// beginning reads the records that come before attachments and chunks.
func (r *Reader) beginning() error {
	_, err := r.preamble()
	return err
}

// preamble reads them and returns where they end.
func (r *Reader) preamble() (end int64, err error) {
	for offset := int64(len(Magic)); ; {
		op, n, err := r.at(offset)
		if err != nil {
			return offset, err
		}
		switch op {
		case opHeader, opMetadata:
			b, err := r.body(offset+frame, n)
			if err != nil {
				return offset, err
			}
			if err := r.says(op, b); err != nil {
				return offset, err
			}
		case opSchema, opChannel:
		default:
			return offset, nil
		}
		offset += frame + n
	}
}

func (r *Reader) says(op byte, body []byte) error {
	f := fields{b: body}
	name := f.text()
	if op == opHeader {
		if library := f.text(); f.err == nil {
			r.Profile, r.Library = name, library
		}
		return f.err
	}
	pairs, says := f.part(), map[string]string{}
	for len(pairs.b) > 0 {
		key := pairs.text()
		says[key] = pairs.text()
	}
	if f.err != nil || pairs.err != nil {
		return errors.New("metadata cannot be made out")
	}
	if name == r.Profile {
		r.Metadata = says
	}
	return nil
}

// scan goes through a file without a summary, up to what it cannot make out.
func (r *Reader) scan() error {
	r.Chunks, r.attachments = nil, nil
	offset, err := r.preamble()
	for err == nil {
		var op byte
		var n int64
		if op, n, err = r.at(offset); err != nil {
			break
		}
		switch op {
		case opChunk:
			err = r.found(offset, frame+n)
		case opAttachment:
			err = r.foundAttachment(offset, n)
		case opMessageIndex, opMetadata, opSchema, opChannel:
		case opDataEnd:
			r.Damage = &Damage{offset, errors.New("its summary is missing or damaged; all before it can be read")}
			return nil
		default:
			err = fmt.Errorf("there is no record of the sort %d", op)
		}
		if err == nil {
			offset += frame + n
		}
	}
	if r.Metadata == nil {
		return &Damage{offset, err}
	}
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends in the midst of a record")
	}
	r.Damage = &Damage{offset, err}
	return nil
}

// found lists a chunk that can be read.
func (r *Reader) found(offset, length int64) error {
	c := Chunk{Has: ^uint64(0), offset: offset, length: length}
	b := make([]byte, 16)
	if _, err := r.in.ReadAt(b, offset+frame); err != nil {
		return io.ErrUnexpectedEOF
	}
	c.From, c.To = binary.LittleEndian.Uint64(b), binary.LittleEndian.Uint64(b[8:])
	if _, err := r.load(&c); err != nil {
		return err
	}
	r.Chunks = append(r.Chunks, c)
	return nil
}

func (r *Reader) foundAttachment(offset, length int64) error {
	const times, most = 8 + 8, 4096
	b := make([]byte, min(length, times+most))
	if _, err := r.in.ReadAt(b, offset+frame); err != nil {
		return io.ErrUnexpectedEOF
	}
	var p place
	at := times
	for _, s := range []*string{&p.Name, &p.MediaType} {
		if len(b) < at+4 {
			return errors.New("an attachment cannot be made out")
		}
		n := binary.LittleEndian.Uint32(b[at:])
		if uint64(n) > uint64(len(b)-at-4) {
			return errors.New("an attachment cannot be made out")
		}
		*s, at = string(b[at+4:at+4+int(n)]), at+4+int(n)
	}
	if len(b) < at+8 || len(r.attachments) >= maxAttach {
		return errors.New("an attachment cannot be made out")
	}
	p.offset, p.length = offset+frame+int64(at)+8, int64(binary.LittleEndian.Uint64(b[at:]))
	if p.length != length-int64(at)-8-4 {
		return errors.New("an attachment cannot be made out")
	}
	r.attachments = append(r.attachments, p)
	return nil
}

// Attachments lists the files in the file.
func (r *Reader) Attachments() (list []Attachment) {
	for i := range r.attachments {
		list = append(list, r.attachments[i].Attachment)
	}
	return list
}

// Attachment returns a file in the file.
func (r *Reader) Attachment(i int) ([]byte, error) {
	return r.body(r.attachments[i].offset, r.attachments[i].length)
}

// load returns the records of a chunk, valid up to the next call.
func (r *Reader) load(c *Chunk) ([]byte, error) {
	if c.length < frame || c.length > 2*MaxChunk {
		return nil, fmt.Errorf("a chunk is to have %d bytes", c.length)
	}
	if int64(cap(r.packed)) < c.length {
		r.packed = make([]byte, c.length)
	}
	b := r.packed[:c.length]
	if _, err := r.in.ReadAt(b, c.offset); err != nil {
		return nil, io.ErrUnexpectedEOF
	}
	if n := binary.LittleEndian.Uint64(b[1:]); b[0] != opChunk || n != uint64(len(b)-frame) {
		return nil, errors.New("there is no chunk where one is to be")
	}
	f := fields{b: b[frame:]}
	f.take(8 + 8) // times
	size, crc, compression := f.uint64(), f.uint32(), f.text()
	raw := f.take(f.uint64())
	if f.err != nil {
		return nil, f.err
	}
	if size > MaxChunk {
		return nil, fmt.Errorf("a chunk is to have %d bytes, more than %d", size, MaxChunk)
	}
	switch compression {
	case zstandard:
		var err error
		if raw, err = r.unzstd.DecodeAll(raw, r.raw[:0]); err != nil {
			return nil, err
		}
		r.raw = raw
	case "":
	default:
		return nil, fmt.Errorf("the compression %q is not known; convert the file with `mcap compress`", compression)
	}
	if uint64(len(raw)) != size || crc32.ChecksumIEEE(raw) != crc {
		return nil, errors.New("the checksum of a chunk is wrong")
	}
	return raw, nil
}

// Each tells the messages of a chunk, in their order. They are valid up to the next
// call for a chunk. An error of tell ends it.
func (r *Reader) Each(i int, tell func(m Message) error) error {
	c := &r.Chunks[i]
	raw, err := r.load(c)
	if err != nil {
		return &Damage{c.offset, err}
	}
	err = records(raw, func(op byte, body []byte) error {
		if op != opMessage {
			return nil
		}
		f := fields{b: body}
		channel := f.uint16()
		f.take(4) // its number
		at := f.uint64()
		f.take(8) // when it was published
		if f.err != nil {
			return f.err
		}
		return tell(Message{channel, at, f.b})
	})
	if err != nil {
		return &Damage{c.offset, err}
	}
	return nil
}
