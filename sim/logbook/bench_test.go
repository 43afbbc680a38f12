package logbook

import (
	"crypto/sha256"
	"testing"
)

// What it costs to write an entry, beside one SHA-256 of 64 bytes.
func BenchmarkAppend(b *testing.B) {
	for _, c := range []struct {
		name string
		logs []Log
	}{
		{"plain", []Log{plain(1000)}},
		{"chained", []Log{chained(1000)}},
		{"signed", []Log{signed(1000, 16)}},
		{"copied", remote(chained(1000), 1000)},
	} {
		b.Run(c.name, func(b *testing.B) {
			s := kept(1000, c.logs...)
			e := said(1)
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				s.Append(0, 0, e)
			}
		})
	}
	b.Run("sha256", func(b *testing.B) {
		var data [64]byte
		for range b.N {
			sum := sha256.Sum256(data[:])
			copy(data[:], sum[:])
		}
	})
}
