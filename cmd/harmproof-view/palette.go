//go:build !js

package main

import (
	"cmp"
	"image"
	"image/color"
	"slices"
)

// A histogram counts the colors of pictures, of five bits a channel.
type histogram struct {
	count [1 << 15]int
	sum   [1 << 15][3]int
}

func bin(r, g, b uint8) int { return int(r>>3)<<10 | int(g>>3)<<5 | int(b>>3) }

func (h *histogram) add(img *image.RGBA) {
	for i := 0; i+3 < len(img.Pix); i += 4 {
		p := img.Pix[i : i+3]
		k := bin(p[0], p[1], p[2])
		h.count[k]++
		for c := range 3 {
			h.sum[k][c] += int(p[c])
		}
	}
}

// mean is the color of a bin.
func (h *histogram) mean(bin int) (m [3]int) {
	for c := range m {
		m[c] = h.sum[bin][c] / h.count[bin]
	}
	return m
}

// A shade is some colors that become one.
type shade struct {
	bins   []int
	axis   int
	spread int // along the axis, times how often they are
}

func (h *histogram) shade(bins []int) (s shade) {
	s.bins = bins
	lo, hi, n := [3]int{255, 255, 255}, [3]int{}, 0
	for _, b := range bins {
		m := h.mean(b)
		for c := range 3 {
			lo[c], hi[c] = min(lo[c], m[c]), max(hi[c], m[c])
		}
		n += h.count[b]
	}
	for c := range 3 {
		if hi[c]-lo[c] > hi[s.axis]-lo[s.axis] {
			s.axis = c
		}
	}
	far := hi[s.axis] - lo[s.axis]
	s.spread = far * far * root(n)
	return s
}

// root is a rough square root: what is seen often counts for more, but what is seldom, as
// the red of a violation, is to have its color too.
func root(n int) (r int) {
	for r = 1; r*r < n; r *= 2 {
	}
	return r
}

// palette returns at most n colors, by cutting the set of colors in two where it is
// widest.
func (h *histogram) palette(n int) (p color.Palette) {
	var all []int
	for b, count := range h.count {
		if count > 0 {
			all = append(all, b)
		}
	}
	shades := []shade{h.shade(all)}
	for len(shades) < n {
		i := widest(shades)
		s := shades[i]
		if s.spread == 0 || len(s.bins) < 2 {
			break
		}
		slices.SortStableFunc(s.bins, func(a, b int) int { return cmp.Compare(h.mean(a)[s.axis], h.mean(b)[s.axis]) })
		half := h.middle(&s)
		shades[i] = h.shade(s.bins[:half])
		shades = append(shades, h.shade(s.bins[half:]))
	}
	for _, s := range shades {
		p = append(p, h.blend(s.bins))
	}
	return p
}

func widest(shades []shade) (at int) {
	for i := range shades {
		if shades[i].spread > shades[at].spread {
			at = i
		}
	}
	return at
}

// middle is where a shade is cut: in the middle of its axis.
func (h *histogram) middle(s *shade) int {
	lo, hi := h.mean(s.bins[0])[s.axis], h.mean(s.bins[len(s.bins)-1])[s.axis]
	half := slices.IndexFunc(s.bins, func(b int) bool { return 2*h.mean(b)[s.axis] > lo+hi })
	return max(1, min(len(s.bins)-1, half))
}

// blend is the color that stands for some: of the most frequent one where that is most
// of them, as flat areas are to have exactly theirs.
func (h *histogram) blend(bins []int) color.RGBA {
	most, n := bins[0], 0
	var sum [3]int
	for _, b := range bins {
		if n += h.count[b]; h.count[b] > h.count[most] {
			most = b
		}
		for c := range 3 {
			sum[c] += h.sum[b][c]
		}
	}
	m := [3]int{sum[0] / n, sum[1] / n, sum[2] / n}
	if 2*h.count[most] > n {
		m = h.mean(most)
	}
	return color.RGBA{uint8(m[0]), uint8(m[1]), uint8(m[2]), 255}
}
