package look

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/harmproof/harmproof/viz/draw"
)

// A sight is how somebody sees colors: a matrix on linear red, green and blue.
type sight struct {
	name string
	m    [3][3]float64
}

// sights are those of Machado, Oliveira, Fernandes: A Physiologically-based Model for
// Simulation of Color Vision Deficiency, IEEE TVCG 15 (2009), severity 1.0, and the usual one.
var sights = []sight{
	{"usual", [3][3]float64{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}},
	{"protanopia", [3][3]float64{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}}},
	{"deuteranopia", [3][3]float64{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}},
	{"tritanopia", [3][3]float64{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602}, {0.004733, 0.691367, 0.303900}}},
}

// linear returns red, green and blue as amounts of light (IEC 61966-2-1).
func linear(c draw.Color) (rgb [3]float64) {
	for i := range rgb {
		v := float64(c>>(24-8*i)&0xFF) / 255
		if rgb[i] = v / 12.92; v > 0.04045 {
			rgb[i] = math.Pow((v+0.055)/1.055, 2.4)
		}
	}
	return rgb
}

// contrast is that of two colors by WCAG 2.1.
func contrast(a, b draw.Color) float64 {
	light := func(c draw.Color) float64 {
		rgb := linear(c)
		return 0.2126*rgb[0] + 0.7152*rgb[1] + 0.0722*rgb[2] + 0.05
	}
	x, y := light(a), light(b)
	return max(x, y) / min(x, y)
}

// lab returns a color as somebody sees it, in CIE L*a*b* with the white D65.
func lab(c draw.Color, s sight) (out [3]float64) {
	from, seen := linear(c), [3]float64{}
	for i := range seen {
		for k := range from {
			seen[i] += s.m[i][k] * from[k]
		}
		seen[i] = max(0, min(1, seen[i]))
	}
	f := func(t float64) float64 {
		if t > 216.0/24389 {
			return math.Cbrt(t)
		}
		return (24389.0/27*t + 16) / 116
	}
	x := f((0.4124564*seen[0] + 0.3575761*seen[1] + 0.1804375*seen[2]) / 0.95047)
	y := f(0.2126729*seen[0] + 0.7151522*seen[1] + 0.0721750*seen[2])
	z := f((0.0193339*seen[0] + 0.1191920*seen[1] + 0.9503041*seen[2]) / 1.08883)
	return [3]float64{116*y - 16, 500 * (x - y), 200 * (y - z)}
}

// apart is the difference of two colors by CIEDE2000.
func apart(p, q [3]float64) float64 {
	mean := (math.Hypot(p[1], p[2]) + math.Hypot(q[1], q[2])) / 2
	g := 1 + 0.5*(1-math.Sqrt(math.Pow(mean, 7)/(math.Pow(mean, 7)+math.Pow(25, 7))))
	c1, c2 := math.Hypot(g*p[1], p[2]), math.Hypot(g*q[1], q[2])
	h1, h2 := hue(g*p[1], p[2]), hue(g*q[1], q[2])
	dh, sum := h2-h1, h1+h2
	if math.Abs(dh) > 180 {
		dh -= math.Copysign(360, dh)
		sum += 360
	}
	if c1*c2 == 0 {
		dh = 0
	}
	l, c, h := (p[0]+q[0])/2, (c1+c2)/2, math.Mod(sum/2, 360)
	rad := math.Pi / 180
	t := 1 - 0.17*math.Cos((h-30)*rad) + 0.24*math.Cos(2*h*rad) + 0.32*math.Cos((3*h+6)*rad) - 0.20*math.Cos((4*h-63)*rad)
	sl := 1 + 0.015*(l-50)*(l-50)/math.Sqrt(20+(l-50)*(l-50))
	sc, sh := 1+0.045*c, 1+0.015*c*t
	rt := -2 * math.Sqrt(math.Pow(c, 7)/(math.Pow(c, 7)+math.Pow(25, 7))) * math.Sin(60*rad*math.Exp(-math.Pow((h-275)/25, 2)))
	dl, dc := (q[0]-p[0])/sl, (c2-c1)/sc
	dH := 2 * math.Sqrt(c1*c2) * math.Sin(dh/2*rad) / sh
	return math.Sqrt(dl*dl + dc*dc + dH*dH + rt*dc*dH)
}

func hue(a, b float64) float64 {
	if a == 0 && b == 0 {
		return 0
	}
	return math.Mod(math.Atan2(b, a)*180/math.Pi+360, 360)
}

// The figures of Sharma, Wu, Dalal: The CIEDE2000 Color-Difference Formula, Color Research
// and Application 30 (2005), table 1.
func TestApart(t *testing.T) {
	for _, row := range [][7]float64{
		{50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425},
		{50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000},
		{50, 2.5, 0, 50, 0, -2.5, 4.3065},
		{50, 2.5, 0, 73, 25, -18, 27.1492},
		{50, 2.5, 0, 61, -5, 29, 22.8977},
		{60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387, 1.2644},
		{22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619, 2.0373},
		{2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082},
	} {
		assert.InDelta(t, row[6], apart([3]float64(row[:3]), [3]float64(row[3:6])), 1e-4)
	}
}

// The figures of WCAG 2.1: black on white is 21, and #767676 the lightest grey of 4.5.
func TestContrast(t *testing.T) {
	assert.InDelta(t, 21, contrast(0x000000FF, 0xFFFFFFFF), 1e-9)
	assert.Greater(t, contrast(0x767676FF, 0xFFFFFFFF), 4.5)
	assert.Less(t, contrast(0x777777FF, 0xFFFFFFFF), 4.5)
}
