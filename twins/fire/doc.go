// Package fire models a fire, as somebody at a distance feels its heat: one device for each place.
//
// # The heat
//
// A share of what it sets free leaves it as thermal radiation, from one point to all sides, and the air
// lets a share of that pass (API Standard 521, Pressure-relieving and Depressuring Systems, the equation of
// Hajek and Ludwig; TNO Yellow Book, CPR 14E, Methods for the calculation of physical effects, the point source
// model) [U]:
//
//	radiation = radiates transmits power / (4 pi distance^2)
//
// The share that is radiated is 15 to 40 % for fires of hydrocarbons, less the larger and sootier they are [U];
// 35 % is our choice. What the air takes is left out unless transmits says so: water vapour and carbon
// dioxide take some 10 to 40 % over tens to hundreds of metres [U]. Distance is to the middle of the flame, at
// the height of who feels it; it burns as strongly from its first moment to its last, neither grows nor
// spreads, and the wind does not tilt it. It burns once.
//
// # Validity
//
// From 2.5 diameters on, where the point source comes within some 5 % of what a flame of that width gives
// (Modak, Thermal radiation from pool fires, Combustion and Flame 29, 1977, as the SFPE Handbook has it, U);
// valid says whether it is. Nearer it is more than there is; within the fire it is what the formula has at
// its edge. That somebody is seen by the flame, and stands bare-skinned before it, is for package harm, and the
// worst case.
package fire
