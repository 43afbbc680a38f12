// Package burst models a vessel that bursts, as somebody at a distance of it feels it: one
// device for each place.
//
// # The wave
//
// All of the energy that is let go becomes a wave over flat ground, as that of so much TNT does
// (4.686 MJ/kg). The peak is that of package harm, after Kinney and Graham, doubled on the
// ground: with the scaled distance z = distance / m^(1/3),
//
//	1616 (1 + (z/4.5)^2) / (sqrt(1 + (z/0.048)^2) sqrt(1 + (z/0.32)^2) sqrt(1 + (z/1.35)^2))
//
// atmospheres. It stays for as long as the positive phase lasts (Kinney and Graham, Explosive
// Shocks in Air, 1985, widely published, not compared with the original), in s/kg^(1/3),
//
//	0.98 (1 + (z/0.54)^10) / ((1 + (z/0.02)^3) (1 + (z/0.74)^6) sqrt(1 + (z/6.9)^2))
//
// times m^(1/3), at least a nanosecond; then it is over. The twin knows no decay within the phase,
// no negative phase, no reflection at walls, no fragments and no fire, and the wave is there at
// once: the worst case for who would leave.
//
// # Validity
//
// Until it bursts. Nothing here empties the vessel: what it bursts of, its plant, goes on as if it were whole. That
// is told of each run from the burst on, once for all places that feel the same burst; what the plant says then
// is not to be relied upon. Of harm only the wave counts, which is known by then.
//
// z from 0.05 to 40; valid says whether it is. Nearer the pressure and the time are those at 0.05,
// which is deadly; farther away the curves go on. Kingery and Bulmash, as Swisdak wrote them down in
// 1994, have less for TNT on the ground: 27 % less at z = 4.6, 43 % less at 38; what is counted here
// is too much rather than too little. Their phase lasts about half as long again, which harms nobody
// more: package harm judges peaks. A vessel is no point, and near it the peak is less than that of TNT.
package burst
