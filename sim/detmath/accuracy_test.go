package detmath

import (
	"flag"
	"math/rand/v2"
	"testing"
)

var samples = flag.Int("detmath.n", 20000, "random arguments per function")

// Every function stays within its limit of the correctly rounded result. With
// -v it reports the largest error; -detmath.n=1000000 takes about three minutes.
func TestAccuracy(t *testing.T) {
	for _, c := range testCases {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			n := *samples
			if testing.Short() {
				n /= 10
			}
			checkAccuracy(t, &c, n)
		})
	}
}

func checkAccuracy(t *testing.T, c *testCase, n int) {
	r := rand.New(rand.NewPCG(20, 26))
	var worst, worstX, worstY float64
	for range n {
		x, y := c.args(r)
		got := c.f(x, y)
		if e := ulps(got, c.ref(x, y, got)); e > worst {
			worst, worstX, worstY = e, x, y
		}
	}
	t.Logf("%-12s %.4f ulp at (%v, %v)", c.name, worst, worstX, worstY)
	if worst > c.limit {
		t.Errorf("%s is %.4f ulp off at (%v, %v), limit %.2f", c.name, worst, worstX, worstY, c.limit)
	}
}
