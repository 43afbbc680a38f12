// Package queueing is what theory says of queues in their stationary state: the closed
// forms that a simulated station, link or radio channel is compared with, and that answer
// a question of capacity without a run.
//
// The names are those of Kendall: arrivals, service, servers, room. M is memoryless
// (Poisson arrivals, exponential service), D deterministic, G general. Rates are in
// messages a second, times in seconds, a load in erlangs: how many servers are busy if all
// that comes is served.
//
// A queue without limit whose servers cannot keep up (Load >= 1) has no stationary state:
// its lengths and times are +Inf, which is no error. What cannot be, such as a negative
// rate, is one.
//
// Sources: L. Kleinrock, "Queueing Systems", volumes 1 (1975) and 2 (1976), for M/M/1,
// M/M/c, M/M/1/K and Pollaczek and Khinchine's M/G/1; A. K. Erlang (1917) for B and C;
// A. Cobham, "Priority Assignment in Waiting Line Problems" (Operations Research 2, 1954);
// A. M. Lee, P. A. Longton (Operational Research Quarterly 10, 1959) for M/G/c; J.-Y. Le
// Boudec, P. Thiran, "Network Calculus" (2001), for token buckets; N. Abramson (1970) and
// L. G. Roberts (1975) for ALOHA; J. D. C. Little (1961).
package queueing
