package raster

import (
	"encoding/binary"

	"github.com/harmproof/harmproof/viz/draw"
)

// A wide is a pixel whose four bytes have room for a product each: red, blue, green and
// opacity, from the lowest.
type wide uint64

// bytes is the lower byte of each, and halves is half of 255 in each.
const (
	bytes  wide = 0x00FF00FF_00FF00FF
	halves wide = 0x00800080_00800080
)

func widen(pixel uint32) wide {
	return wide(pixel)&0x00FF00FF | wide(pixel)<<24&0x00FF00FF_00000000
}

// divided returns the pixel whose bytes are the products by 255, rounded; halves are in
// them already.
func (w wide) divided() uint32 {
	w = (w + (w >> 8 & bytes)) >> 8 & bytes
	return uint32(w) | uint32(w>>24)
}

// paintOf returns a color that hides all below.
func paintOf(c draw.Color) wide {
	return widen(uint32(c>>24) | uint32(c>>16&0xFF)<<8 | uint32(c>>8&0xFF)<<16 | 0xFF<<24)
}

// over lays a part of a paint, of 255, over a pixel.
func (w wide) over(pixel []byte, part uint32) {
	old := widen(binary.LittleEndian.Uint32(pixel))
	binary.LittleEndian.PutUint32(pixel, (w*wide(part) + old*wide(255-part) + halves).divided())
}

// fill lays a part of a paint over a row.
func (w wide) fill(row []byte, part uint32) {
	if part < 255 {
		above, rest := w*wide(part)+halves, wide(255-part)
		for i := 0; i+4 <= len(row); i += 4 {
			pixel := row[i : i+4]
			binary.LittleEndian.PutUint32(pixel, (above + widen(binary.LittleEndian.Uint32(pixel))*rest).divided())
		}
		return
	}
	solid := uint64(w*255 + halves)
	solid = uint64(wide(solid).divided())
	solid |= solid << 32
	for ; len(row) >= 8; row = row[8:] {
		binary.LittleEndian.PutUint64(row, solid)
	}
	if len(row) >= 4 {
		binary.LittleEndian.PutUint32(row, uint32(solid))
	}
}
