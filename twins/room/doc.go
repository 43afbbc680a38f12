// Package room models how warm it is inside, and how much carbon monoxide is in the air:
// a room as one resistance and one capacity, and a building as ISO 13790 has it.
//
// # One resistance, one capacity (room)
//
//	C dT/dt = (To - T) (1/R + open H) + heat,  H = 1206 J/(m3 K) volume airing
//
// T is the temperature inside, To that outside; R holds all losses, those by leaks too; while
// a window or a door is open, airing times the volume come in each hour besides. As long as
// nothing else changes
//
//	T(t) = T* + (T(0) - T*) e^(-t/(R C)),  T* = To + R heat
//
// With the defaults, 0.005 K/W and 1e7 J/K, that is 13.889 h: without heat 21 degC become
// 13.63 degC in 6 h and 16 degC in 3.777 h at 0 degC outside; 4200 W hold 21 degC, and 10 kW
// end at 50 degC. Valid for hours, of a house that is well mixed: after an hour the air has
// followed the walls (as of building), before that it is ahead of them by a few kelvin.
//
// # What is in the air (co)
//
//	dc/dt = monoxide/volume (1 - c) - (air_changes + open airing) c
//
// of a mixed room, with none outside; 1 - c is what the gas takes the place of, so that c
// stays below 1. Without it c(t) = monoxide / (n volume) (1 - e^(-n t)). Gas that is less than none counts as none.
//
// # A building (building)
//
// The simple hourly method of ISO 13790:2008, annex C: five conductances and one capacity,
// three temperatures: of the air (a), of surfaces (s) and of what is heavy (m).
//
//	0         = Hve (To - Ta) + His (Ts - Ta) + gains/2 + heat
//	0         = Hw (To - Ts) + His (Ta - Ts) + Hms (Tm - Ts) + Ps
//	Cm dTm/dt = Hem (To - Tm) + Hms (Ts - Tm) + Pm
//	His = 3.45 At, Hms = 9.1 Am, At = 4.5 Af, 1/Hem = 1/Hop - 1/Hms      W, m2, K
//	Pm = Am/At (gains/2 + solar),  Ps = (1 - Am/At - Hw/(9.1 At)) (gains/2 + solar)
//
// with Cm and Am by how heavy it is, for each m2 of the floor Af (table 12):
//
//	very light 80 000 J/K, 2.5 m2; light 110 000, 2.5; medium 165 000, 2.5; heavy 260 000,
//	3.0; very heavy 370 000, 3.5
//
// The standard goes by hours (Crank and Nicolson); here the same equations are integrated.
// Valid for months and days; within an hour the air alone is faster than any capacity here.
//
// # Beyond
//
// Both are linear, so nothing that flows makes a value that is none: what is hotter or
// colder than a house was ever measured goes on along the same straight line, down to 0 K, where
// it is held while more heat is drawn than comes in. What is below 0 K outside counts as 0 K. Whoever
// is there is dead by then in package harm (50 degC, 0 degC), which is what counts. Parameters
// that no building has are refused.
package room
