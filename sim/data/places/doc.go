// Package places says how well people can be told apart by where they were and when.
//
// A trace is the points of a person: cells by hours, or whatever one counts by. Names are of no use to
// who has traces; points that are known from elsewhere are.
//
//	unicity     the share of people whom a few random points of their own trace tell apart from
//	            everybody else (Index.Unicity)
//	matching    two lists of traces under different pseudonyms: who shares most points with a trace
//	            is taken for the same person, with 1 over as many as share that many (Matcher)
//
// An index by hour and cell finds who was where. Traces can be made coarser in time and space. Whereabouts
// are where people truly are, hour by hour: package data makes traces of the items that stores have of them.
//
// # What is published, and what is ours
//
// De Montjoye, Hidalgo, Verleysen, Blondel, "Unique in the Crowd" (Sci. Rep. 3, 1376, 2013): of 1.5
// million people over 15 months, by hours and antennas, four points identify 95 % [R, abstract];
// coarser points identify fewer, with about the 1/10 power of the resolution [R, abstract]; 2 points
// more than half, 114 points per person and month, 6500 antennas [U]. Farzanehfar, Houssiau, de Montjoye,
// "The risk of re-identification remains high even in country-scale location datasets" (Patterns 2,
// 100204, 2021): 93 % by four points of 60 million people, 22 % at least; 87 % at least by five [R,
// abstract].
//
// The traces of those papers are not to be had. Town makes others: people who are at home at night
// and at work in office hours [choice], and otherwise explore and return as in Song, Koren, Wang,
// Barabasi, "Modelling the scaling properties of human mobility" (Nature Physics 6, 2010): a new place
// with the chance 0.6 S^-0.21 after S places, at a distance with the exponent 0.55, else a known
// one as often as it was visited [U]. 230 people for each antenna and 114 points a month are those of the
// first paper; a town of 9200 on 36 antennas stands for a country, as who is mistaken for somebody
// lives near them. Its edges meet, so that nobody is told apart by living at one [choice]. All points are
// seen independently, while calls come in bursts and by day [choice].
//
// Of that town (9200 people) two points identify 56 %, three 92 %, four 99 %: at least the published
// 95 %. That is a check of the order of magnitude and no more. Coarser points identify far fewer there
// than the 1/10 power has it, as the town is small: 4 x 4 antennas are nearly half of it. And where every
// hour is recorded four random points identify fewer, as most are of nights at home, where all
// neighbours are recorded too: what counts is what a point has in common with few.
//
// # How it is checked
//
// Against looking at everybody, on drawn traces. Unicity against (1 - c^-p)^(n-1) where people are
// anywhere, matching against the closed form of binomial draws there; the town's places against the
// chain that makes them.
package places
