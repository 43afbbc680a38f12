// Package harm says how badly a person is harmed by what they are exposed to. Its
// functions are pure: a Model gives an exposure in SI a severity, by thresholds, and says
// whether the exposure was within the range that its source covers. Outside of it the severity
// is the one that is documented below, never NaN, and what is no number is death. What cannot
// be counts as the nearest that can: less than none of a gas as none, a humidity above 100 % as 100 %.
//
// # One scale
//
//	0  none          no injury
//	1  slight        heals by itself or with first aid
//	2  serious       needs treatment, heals
//	3  irreversible  something stays
//	4  death
//
// Other scales are coarser or finer; read them so:
//
//	here           ISO 12100, ISO 13849-1      IEC 61508-5 (risk graph)   AIS
//	1 slight       slight, S1                  C_A minor injury           1
//	2 serious      serious but reversible, S1  C_A                        2 to 3
//	3 irreversible serious, S2                 C_B permanent injury       3 to 5
//	4 death        death, S2                   C_B one dead, C_C several  6, or fatal
//
// S1 of ISO 13849-1 is "normally reversible", S2 "normally irreversible or death", so the
// line between 2 and 3 is that between S1 and S2. AIS, the Abbreviated Injury Scale, counts
// the threat to life: the columns overlap [U].
//
// # Tags
//
// Each number bears where it comes from: [R] was read in the named source or a public copy
// of it, [U] is widely published but was not compared with the original, [C] was computed
// for this page from what stands beside it, [choice] is a decision of this package, on the
// side of the worse.
//
// # From a probability to a severity
//
// Where a model gives the probability of death, 10 % or more of it is 4, 1 % is 3, 0.1 %
// is 2, 0.01 % is 1 [choice; 10 % is the share with which ISO 26262-3 tells its classes
// apart, U].
//
// # Contact of a machine (Contact)
//
// Limits of quasi-static force by region of the body: ISO/TS 15066:2016, annex A, now in
// ISO 10218-2:2025 [R in a public copy: forces, springs, most masses; U: back]. Transient
// contact may have twice as much, but not at the head; one that lasts for more than 0.5 s is
// quasi-static [U]. The limits are where pain begins,
// so up to them there is no harm. Beyond them the standard says nothing: more is slight, more
// than 2 times serious, more than 10 times irreversible (at 10 times, 650 N, facial bones
// break: 660 N, maxilla, U), more than 30 times death (at the skull 3.9 kN: 4.0 kN break
// the frontal bone, U) [choice]. Valid up to the limit. Pressures are left out: published
// copies disagree. A contact at an unknown region counts as one at the face, which bears least.
//
// # Distance to a machine (Protective, LightCurtain, Separation)
//
// ISO/TS 15066, speed and separation: Sp = vh (Tr + Ts) + vr Tr + vr Ts / 2 + C + Zd + Zr
// for a stop at even deceleration [U]; 1.6 m/s where the speed of a person is not measured.
// ISO 13855:2010, light curtain of resolution up to 40 mm: S = 2 m/s T + 8 (d - 14 mm), not
// less than 100 mm; where that is more than 500 mm, 1.6 m/s and not less than 500 mm [R]: for
// 320 ms and 14 mm 640 mm are too many, so 512 mm.
// Being nearer than Sp is no harm: it says that the machine could not stop in time. At a
// distance of nothing there is contact: of unknown force it is irreversible [choice].
//
// # Blood glucose (Glucose)
//
// Below 70 mg/dL level 1, below 54 level 2; above 180 out of the target, above 250 level 2
// (ADA and ATTD, U). Below 30 seizures and coma, below 18 (1 mmol/L) the brain dies (Cryer,
// J. Clin. Invest. 117 (2007), U). So < 70 slight, < 54 serious, < 30 irreversible, < 18
// death; > 250 slight, > 600 death: from there on a hyperosmolar state is spoken of, of which 5 to
// 20 % die (Kitabchi et al., Diabetes Care 32 (2009) 1335, U), and 10 % is 4. Valid from 18 to 600
// mg/dL: beyond it is death whatever a model of the body makes of it, and how long it lasts.
//
// # Collision (Occupant, Pedestrian)
//
// Occupants with belts: P(death) = (dv / 31.74 m/s)^4, at most 1 (Joksch 1993) [R], dv the
// change of speed in the collision. Valid up to 31.74 m/s; beyond it is death.
//
// Pedestrians, hit by the front of a car or light truck at the age of 15 or more: AIS 4 or
// worse for 10, 25, 50, 75, 90 % at 17.1, 24.9, 33.0, 40.8, 48.1 mph; death at 24.1, 32.5,
// 40.6, 48.0, 54.6 mph (Tefft, Accid. Anal. Prev. 50 (2013) 871) [R]. From 10 % of death 4,
// from 10 % of AIS 4 3; less than that is serious [choice]. Valid between 17.1 and 54.6 mph: slower is
// serious, faster is death. Children are smaller and are hit higher up; nothing is said of them.
//
// # Room and air (HeatIndex, Heat, Air)
//
// Heat index: Rothfusz, NWS SR 90-23 (1990) [U], its classes from 90 degF (cramps,
// exhaustion) slight, from 103 degF (heat stroke possible) serious, from 125 degF (likely)
// irreversible. Valid from 80 to 110 degF of air; below the air itself counts; above it is no less than at
// 110 degF, and no less than the air itself. The index goes no further than its chart, 137 degF [U]. Cold, for
// somebody who sits in a room: below 16 degC the airways suffer, 12 degC heart and vessels, 6 degC hypothermia
// (Collins, Age Ageing 15 (1986); 18 degC is what WHO recommends, U): slight, serious,
// irreversible. Valid down to 0 degC; below it is death [choice: nobody sits there]. Out of
// doors it is counted alike, though wind, wet and clothes are not asked for: that says no more than that it
// was cold for long. They hold for what lasts hours, so who asks must say how long it lasted. Hot air and
// frost harm sooner:
//
// # Hot air (HotAirRate, HotAir)
//
// Somebody who is not or lightly clothed bears air of T degC for 5e7 T^-3.4 min: ISO 13571:2012, equation 10,
// from Purser, now SFPE Handbook, 5th ed. (2016), equation 63.44 [R in a public page that quotes both]. The
// dose is the sum of dt over that time. At 1 people can no longer save themselves (ISO: compromised
// tenability), which is irreversible, as who stays in such air is lost [choice]; from 0.3 on, where ISO sets
// the limit for who is sensitive, serious, from 0.1 slight [choice]. The Handbook has later times for serious
// injury and for death: 5e22 T^-11.783 + 3e7 T^-2.9636 and 2e18 T^-9.0403 + 1e8 T^-3.10898 min, 63.46 and
// 63.47 [R, as above]: from 45 to 180 degC never sooner than at 4.1 and 7.7 times the dose of 1 [C], so 7.7 is
// death.
//
// ISO says of its equation +-25 %, of the dose that it holds while it does not become cooler, and of the air
// that less than 10 % of it is vapour (Vapour): moister air may burn the airways from 60 degC on [R, as
// above]. It names no temperatures. The Handbook has the equation for up to 2 h [R, as above], which is 45
// degC [C], and a table of 12, 7, 4, 2, 1 min at 100 to 180 degC [R, as above], where it has 7.9, 4.3, 2.5,
// 1.6, 1.1 [C]: valid from 45 to 180 degC. From where the heat index ends on, 43.3 degC, and above 180 degC it
// is counted alike; there it may be somewhat too long. Fully clothed people bear more, 4.1e8 T^-3.61 min
// (equation 9): that is not counted, as hands and face are bare. Vapour is what saturates air by Magnus's
// equation, 6.112 hPa exp(17.62 T / (243.12 + T)) (WMO-No. 8, U), within 3 % up to 100 degC.
//
// # Frost (FrostRate, Frost)
//
// Bare skin of the face freezes in air of T degC and a wind of V km/h, 10 m above the ground, in
// (2111 - 24.5 (0.667 V + 4.8)) (-4.8 - T)^-1.668 min: Nelson et al., 18th Int. Conf. on Interactive
// Information and Processing Systems (2002), used by Environment Canada [R in public code; U], of the most
// sensitive twentieth of people [U]. Valid from -50 to -15 degC and from 20 to 80 km/h [U]; elsewhere it is
// counted alike, down to still air, with which it is that of somebody who walks (4.8 km/h in the face), and
// more than 80 km/h as 80. By the wind chill index of 2001, which is -28, -40, -48, -55, it says 21 to 27, 6 to
// 10, 4 to 6.2, 2.8 to 4.6 min [C]; Environment Canada's table has 10 to 30, 5 to 10, 2 to 5 and less than 2 min
// [R in public copies], so that in the greatest cold it may be twice too long. The dose is the sum of dt over
// that time: at 1 skin freezes, which is serious; at half of it, numb, slight; at twice as much, deep,
// irreversible [choice: no source says it]. It does not kill: cold does (Air). It is of bare skin, and what a
// warm place makes good of it is not counted [choice].
//
// # Carbon monoxide (Uptake, Monoxide)
//
// UL 2034, after Coburn, Forster and Kane: with heavy work,
//
//	COHb(t) = COHb(0) e^(-t/2398B) + 218 (1 - e^(-t/2398B)) (0.007 B + ppm/1316)
//
// in % and minutes, B = 0.0404 [U], with which 10 % come after 189 min at 70 ppm, 50 min at
// 150 ppm, 16 min at 400 ppm [C; alarms: 240, 50, 15 min at the latest, R]. COHb from 10 %
// headache, 20 % nausea, weakness, 40 % collapse, 60 % death (WHO EHC 213, U): 1 to 4. The
// equation is linear: valid up to 40 %; more is counted as the equation has it, though what it ends at
// may be more than 100 %: 60 % come after 58.3 min at 800 ppm, 24.8 at 1600, 2.8 at 12 800 [C]. The
// blood itself is held at 100 % (twins/person).
//
// # Toxic gas (Gas)
//
// Probit Pr = a + b ln(sum C^n t), ppm and minutes; P = Phi(Pr - 5): chlorine -8.29, 0.92,
// 2; ammonia -35.9, 1.85, 2; phosgene -19.27, 3.69, 1; hydrogen chloride -16.85, 2, 1;
// sulphur dioxide -15.67, 1, 1 (Crowl and Louvar, Chemical Process Safety, table 2-5, U).
// Valid between 0.1 and 99.9 % of death; C is never more than all of the air. They know deaths alone: less load
// is slight from 0.01 % of death on, by the rule above, and none below that, though it may injure: 100 ppm of
// sulphur dioxide, or 10 ppm of chlorine, are immediately dangerous to life or health (NIOSH, 1994, U), which comes to
// no harm here in a week and in 5 h [C]. So any load below 0.1 % of death is told to be outside (twins/person).
//
// Hydrogen fluoride has no probit here but the Acute Exposure Guideline Levels (US EPA; NRC, Acute
// Exposure Guideline Levels for Selected Airborne Chemicals, volume 4, 2004), in ppm:
//
//	           10 min   30 min   1 h   4 h   8 h
//	AEGL-1        1        1      1     1     1    discomfort, passes       slight
//	AEGL-2       95       34     24    12    12    irreversible, or no      irreversible
//	                                               longer able to escape
//	AEGL-3      170       62     44    22    22    deadly                   death
//
// [U; AEGL-1, and that its authors go by C^2 t, R]. What AEGL-2 comes to is not told apart, so nothing is
// serious [choice: the worse]. Between the times, and beyond them, what counts is the load C^2 t: from the
// least that a row has at any of its times on, which is 10, 34 560 and 115 320 ppm2 min [C], so never
// later than the table, for whoever breathes it evenly: 44 ppm kill in an hour, 170 ppm in 4 min where the
// table has 10. Less than 1 ppm, which is no discomfort in 8 h, does not count. Valid up to the load of
// AEGL-3. Guideline levels are for everybody, children and the sick among them: most bear more.
//
// # Blast (Overpressure, Blast)
//
// Kinney and Graham for an explosion in free air, doubled on the ground as in Crowl and
// Louvar eq. 6-23 [U]; z = r / m^(1/3), m in kg of TNT at 4.686 MJ/kg. Glass from 2.07 kPa
// slight (Clancey 1972, U); eardrums Pr = -15.6 + 1.93 ln p: from 10 % serious, from 50 %
// irreversible; lungs, deadly: Pr = -77.1 + 6.91 ln p (Crowl and Louvar, U). Valid from
// z = 0.05 to 40; nearer than that pressures are those at 0.05, and deadly, and farther away the
// curve goes on.
//
// # Thermal radiation (HeatLoad, Burns)
//
// The dose is t q^(4/3), q in kW/m2, which is the time in s at 1 kW/m2 that is worth as much. On bare skin,
// with q in W/m2: first-degree burns Pr = -39.83 + 3.0186 ln(t q^(4/3)), second-degree -43.14 + 3.0186 ln,
// death -36.38 + 2.56 ln (TNO Green Book, CPR 16E, 1992, after Eisenberg 1975) [R in public code; U].
// First-degree burns from 10 % are slight, second-degree from 10 % serious, from 50 % irreversible, or what
// the probability of death comes to where that is worse [choice]: 184, 313, 422 and 635 s [C], the last
// three by death. What is less than 1 kW/m2, about as much as the sun gives, does not count [choice; the
// Green Book takes that for safe, U]. Valid up to 99.9 % of death; q is at most that of the surface of the
// sun, 63 MW/m2. No clothes protect, and nobody seeks cover but on a path of their own: the worst case.
//
// # What a safety function is made for (Target)
//
// SIL 1 to 4 of IEC 61508-1:2010, tables 2 and 3: the average probability of a failure on
// demand, from 0.01 to 0.1 for SIL 1 and ten times less for each further one, where it is
// demanded at most once a year; the frequency of dangerous failures, from 1e-6/h to 1e-5/h
// for SIL 1 and ten times less for each further one, where more often. PL a to e of ISO
// 13849-1:2015, table 2: 1e-5/h to 1e-4/h, from 3e-6/h, from 1e-6/h, from 1e-7/h, from 1e-8/h,
// each up to where the one before begins [U].
package harm
