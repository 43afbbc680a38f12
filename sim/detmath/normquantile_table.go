package detmath

import "math"

// A normPiece is a function up to an argument: hi + lo + h*p(h)/q(h), where h is
// the distance of the argument from at, and p and q have the lowest coefficient
// first. They interpolate the function at Chebyshev's nodes with a relative error
// of the sum below 2^-56. hi is short.
type normPiece struct {
	upTo, at, hi, lo float64
	p, q             [7]float64
}

// normCentre is x/q as a function of q², for |q| <= 1/4.
var normCentre = normPiece{
	hi: 0x1.40d9320000000p+1, lo: -0x1.3b1f4d3506b7cp-32,
	p: [7]float64{0x1.4ffddeaa22dc8p+1, -0x1.dd7be693c7693p+4, 0x1.f991c41fa3856p+6, -0x1.e7d8125a7df9fp+7,
		0x1.9ee5ca37e1379p+7, -0x1.d97ee4020ca2dp+5, 0x1.5f48864975b9cp-1},
	q: [7]float64{0x1p+0, -0x1.b22d91fac4676p+3, 0x1.20141905879ebp+6, -0x1.787a39ed1eaf0p+7,
		0x1.f254989e0a0cdp+7, -0x1.301a28849d250p+7, 0x1.f085a05c91effp+4},
}

// normTail is r - |x| as a function of r.
var normTail = [...]normPiece{
	{upTo: 1.85, at: 1.71875, hi: 0x1.f2dadef000000p-1, lo: -0x1.f99136f7e7840p-32,
		p: [7]float64{-0x1.30cfc6f597643p-2, -0x1.9c1a8a4905e2cp-2, -0x1.043bff117b242p-3, 0x1.e31ec5161d329p-6,
			0x1.2704e342b905fp-6, 0x1.ae558fc833d1cp-10, 0x1.0ab0f8ab3e4c8p-20},
		q: [7]float64{0x1p+0, 0x1.b97be7a4d6aa6p+0, 0x1.d590b6e89d62cp-1, 0x1.7b34016372e26p-5,
			-0x1.95089dc7b52f2p-4, -0x1.b1930bc43ec24p-6, -0x1.cb11113b1808fp-10}},
	{upTo: 2.27, at: 2.03125, hi: 0x1.c826316800000p-1, lo: -0x1.92b0a5459db68p-37,
		p: [7]float64{-0x1.eaaf0391ba4c3p-3, -0x1.0609b7ce86fd8p-1, -0x1.39106c843a5b5p-2, -0x1.cf641f44b5e3bp-5,
			0x1.62a0f98348231p-11, 0x1.ff6942baa0b5cp-12, 0x1.a6812eea86480p-22},
		q: [7]float64{0x1p+0, 0x1.3af131e1b53abp+1, 0x1.f5b1e1fe1c397p+0, 0x1.440c9fbcfe27bp-1,
			0x1.10bcd079bba11p-4, -0x1.beaa97f63cbedp-9, -0x1.2dd34a8e355ebp-11}},
	{upTo: 3.0, at: 2.5625, hi: 0x1.9073ad1800000p-1, lo: -0x1.f511c7dc983e5p-32,
		p: [7]float64{-0x1.67222b3675279p-3, -0x1.4ef2e35fbbcc0p-3, -0x1.c79ffc6883da0p-5, -0x1.1f42e6dbb36adp-7,
			-0x1.6a26a83444564p-11, -0x1.76d17141d51c2p-16, -0x1.a33443334b6d5p-28},
		q: [7]float64{0x1p+0, 0x1.3320623539e5bp+0, 0x1.1f17c4ef838c6p-1, 0x1.0bb4a1918fcf5p-3,
			0x1.0b5bc33e423d3p-6, 0x1.1a4c229d4907cp-10, 0x1.ec24b98bef5d7p-16}},
	{upTo: 4.0, at: 3.4375, hi: 0x1.50960dc800000p-1, lo: 0x1.66d788d6f2e1ep-32,
		p: [7]float64{-0x1.dc25f1add1869p-4, -0x1.ace89e861a842p-4, -0x1.270fa3316c7efp-5, -0x1.7b1f7b6b0048ep-8,
			-0x1.b4e66e75021a9p-12, -0x1.4fbb021f59e0dp-17, -0x1.73bef068fc74cp-30},
		q: [7]float64{0x1p+0, 0x1.1bd473ab18a5fp+0, 0x1.fa09384402024p-2, 0x1.ca9f745400fbcp-4,
			0x1.b4e3a4cfcde80p-7, 0x1.90efe552613a7p-11, 0x1.04b3cc051d9f9p-16}},
	{upTo: 6.0, at: 4.875, hi: 0x1.0e754f9000000p-1, lo: -0x1.0fd1423191983p-34,
		p: [7]float64{-0x1.1da47d77e5837p-4, -0x1.3e787178e428cp-5, -0x1.c50149edb9661p-8, -0x1.8e1a2c1a200dep-12,
			0x1.250c8163e8e8bp-18, 0x1.f7beb84f6807dp-22, 0x1.9aed92b7aa258p-34},
		q: [7]float64{0x1p+0, 0x1.6be258423f6fbp-1, 0x1.770048a73a57dp-3, 0x1.475c169fbc9acp-6,
			0x1.6ba380cd67550p-11, -0x1.200379e9d9179p-16, -0x1.ec0f49e4dc241p-21}},
	{upTo: 9.0, at: 7.25, hi: 0x1.9ff8623800000p-2, lo: -0x1.51dcf5887873ep-33,
		p: [7]float64{-0x1.37b8d03744c95p-5, -0x1.f17e8422bade8p-7, -0x1.295735345418bp-9, -0x1.455613781da02p-13,
			-0x1.3a03b35c53eacp-18, -0x1.92664a809c1c5p-25, -0x1.0dc5c47708288p-39},
		q: [7]float64{0x1p+0, 0x1.033f2f850964bp-1, 0x1.a102bd8f7384ap-4, 0x1.506eceea110eep-7,
			0x1.196d30ff538edp-11, 0x1.c037803936fa0p-17, 0x1.f67e0ce774057p-24}},
	{upTo: 14.0, at: 11.0, hi: 0x1.37416ce800000p-2, lo: -0x1.7bb707a5899c9p-35,
		p: [7]float64{-0x1.42062d587c842p-6, -0x1.299a1b201d881p-8, -0x1.8e1c57b557fe2p-12, -0x1.d4016178f90eap-17,
			-0x1.ceb1188cefd73p-23, -0x1.1e31f2b2f1b39p-30, -0x1.7171a0115261cp-47},
		q: [7]float64{0x1p+0, 0x1.37916d9ea3f9cp-2, 0x1.26a2cbeb6c504p-5, 0x1.0ff55ab2fb634p-9,
			0x1.f70da82c532bfp-15, 0x1.a8102e865629fp-21, 0x1.dae95381257c2p-29}},
	{upTo: 24.0, at: 18.0, hi: 0x1.b2fccd4800000p-3, lo: -0x1.320ba2cd56b1fp-34,
		p: [7]float64{-0x1.1f72de54d2ab4p-7, -0x1.63253814f308fp-10, -0x1.4508785a77a68p-14, -0x1.0d30c121119e9p-19,
			-0x1.85959482bcfb9p-26, -0x1.73e1e422070a6p-34, -0x1.0d6ddc54ac4b2p-50},
		q: [7]float64{0x1p+0, 0x1.9aeae6ce07471p-3, 0x1.04180ab8e079ap-6, 0x1.47a6642172a74p-11,
			0x1.a8427dfd1eadap-17, 0x1.0334ddf65354cp-23, 0x1.ba4af7fe114eep-32}},
	{upTo: math.Inf(1), at: 30.0, hi: 0x1.2760f1f800000p-3, lo: -0x1.4b7d3f936dc2ep-34,
		p: [7]float64{-0x1.e5ec66fe1f7c4p-9, -0x1.608138cfa5aa4p-12, -0x1.7b9c911be8265p-17, -0x1.72e13df99d790p-23,
			-0x1.3d94aab921825p-30, -0x1.680cbd73f45d6p-39, -0x1.14c584ba8cba1p-56},
		q: [7]float64{0x1p+0, 0x1.e7f72b23f0611p-4, 0x1.6efaf1b4c2b93p-8, 0x1.12e22c13171dfp-13,
			0x1.a7cd4af640561p-20, 0x1.34cffad27a306p-27, 0x1.3aec082274262p-36}},
}
