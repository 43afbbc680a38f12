package parquet

import "encoding/binary"

// A thrift is a record in Thrift's compact protocol, in which what a table says of itself
// is written. Fields are told in the order of their numbers.
type thrift struct {
	b    []byte
	last []byte // by depth: the field before
}

// The types of fields.
const (
	typeInt    = 5 // of 32 bits; 6 of 64
	typeLong   = 6
	typeText   = 8
	typeList   = 9
	typeRecord = 12
)

func (t *thrift) field(n, kind byte) {
	depth := len(t.last) - 1
	t.b = append(t.b, (n-t.last[depth])<<4|kind)
	t.last[depth] = n
}

func (t *thrift) number(n int64) { t.b = binary.AppendUvarint(t.b, uint64(n)<<1^uint64(n>>63)) }

func (t *thrift) bytes(s string) {
	t.b = append(binary.AppendUvarint(t.b, uint64(len(s))), s...)
}

func (t *thrift) int(n byte, x int) {
	t.field(n, typeInt)
	t.number(int64(x))
}

func (t *thrift) long(n byte, x int64) {
	t.field(n, typeLong)
	t.number(x)
}

func (t *thrift) text(n byte, s string) {
	t.field(n, typeText)
	t.bytes(s)
}

// list begins a list, whose elements follow.
func (t *thrift) list(n, kind byte, count int) {
	t.field(n, typeList)
	if count < 15 {
		t.b = append(t.b, byte(count)<<4|kind)
		return
	}
	t.b = binary.AppendUvarint(append(t.b, 0xf0|kind), uint64(count))
}

// record begins a record in a field, open one in a list; end ends either.
func (t *thrift) record(n byte) {
	t.field(n, typeRecord)
	t.open()
}

func (t *thrift) open() { t.last = append(t.last, 0) }

func (t *thrift) end() {
	t.b = append(t.b, 0)
	t.last = t.last[:len(t.last)-1]
}
