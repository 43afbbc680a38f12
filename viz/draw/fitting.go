package draw

import "math"

// fitted is the size up to which letters are fitted to the pixels.
const fitted = 32

// overshoot is how far round letters reach above and below the straight ones.
const overshoot = 0.02

// A fit moves the heights at which most letters begin and end (the line that they stand
// on, the height of an x and that of capitals) to the edges of pixels: without it the small
// sizes are grey there instead of sharp. Widths stay as they are, and so does the length
// of a line.
type fit struct {
	size           float32
	small, capital float32 // in pixels
}

func fitting(size float32) fit {
	f := fit{size, small * size, capital * size}
	if size <= fitted {
		f.small = max(1, float32(math.Round(float64(f.small))))
		f.capital = max(f.small+1, float32(math.Round(float64(f.capital))))
	}
	return f
}

// height returns where a height above the line goes, in pixels. What is between the
// fitted heights is stretched with them.
func (f fit) height(y float32) float32 {
	if f.size > fitted {
		return y * f.size
	}
	switch {
	case y < -overshoot:
		return (y + overshoot) * f.size
	case y < 0:
		return 0
	case y < small:
		return y / small * f.small
	case y < small+overshoot:
		return f.small
	case y < capital:
		return f.small + (y-small-overshoot)/(capital-small-overshoot)*(f.capital-f.small)
	case y < capital+overshoot:
		return f.capital
	}
	return f.capital + (y-capital-overshoot)*f.size
}
