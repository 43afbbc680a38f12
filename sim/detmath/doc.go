// Package detmath has elementary functions with the same bits on every
// architecture.
//
// The functions of package math differ between amd64, arm64, riscv64 and wasm,
// some even between two amd64 processors, because the compiler fuses x*y+z where
// the processor can and because some are in assembly for one architecture only. A
// trace that is to be replayed bit for bit cannot use them. Floor, Ceil, Trunc,
// Abs, Mod and the like are exact; take those from package math.
//
// Here every product is converted, float64(x*y), which forbids fusing it with a
// sum; a fused multiplication is never asked for; and the one NaN returned is that
// of math.NaN, whatever came in. Beware of x*y*2: the compiler makes it a sum.
//
// The largest errors seen in 1e6 random arguments per function, over the whole
// range with emphasis on hard places, in units in the last place (0.5 is perfect):
//
//	Log, Log2, Log10, Sqrt, Cbrt, Asin, Acos, Atan2    0.5000
//	Sin, Cos, Sincos, Tan                              0.501
//	Exp, Exp2, Log1p, Pow, Cosh                        0.508
//	Sinh, Tanh                                         0.52
//	Atan                                               0.56
//	Expm1                                              0.57
//	Hypot                                              0.75 (subnormal results, else 0.5000)
//	NormQuantile                                       0.77
//
// Tests compare with 320-bit references from math/big, at 20 000 random arguments
// (TestAccuracy) and at special ones, at which zeros, infinities and NaN are those
// of package math (TestSpecial...). A million random arguments take some minutes:
//
//	go test ./sim/detmath -run Accuracy -v -detmath.n=1000000
//
// Checksums hold on every architecture (TestGolden: seen on amd64 with and without
// FMA, 386, arm64, riscv64 and wasm; .ci/bytes compares most of these).
// TestNothingFuses reads the sources for products left unconverted, and the tables
// are computed again.
package detmath
