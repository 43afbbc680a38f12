// Package outbreak moves malware from host to host, exactly and at the cost of what
// matters.
//
// Hosts are devices, members of a population, and what people carry (media, files).
// They lie in columns, class after class: hosts of a class are alike. A device is a
// class of one, 600 000 cameras are a class too.
//
// # How it moves
//
// A scanner is an infected host that tries addresses: at a fixed rate, or at random
// times (a Poisson process). Attempts that reach nobody are not simulated, which is no
// approximation: the number of attempts up to the first one that reaches somebody is
// geometric, and its time, for random ones, exponential. So each scanner has one
// pending hit, whatever the size of the address space, and a hit costs the same for
// ten hosts as for a million. Which host is hit is drawn when it is.
//
// A contact brings two hosts together at times of a schedule: a stick is plugged in, a
// project is opened, a laptop fetches its updates. What is on either passes to the
// other where that is open to it.
//
// A gate opens and closes ways with a schedule: a laptop that comes and goes. Since
// what is left of a geometric or exponential gap is distributed like a new one, hits are
// drawn anew when a gate turns; attempts at a fixed rate keep their times.
//
// # What it meets
//
// A host is open to a vector until it is patched. A way that a conduit blocks is still
// drawn, so that what was stopped, how often and by what, can be told. An infected host
// leaves that state by a reboot, by a scanner for malware that knows it by then, or
// because the malware removes itself. A host that is down (Halt) does nothing and takes nothing;
// when it is back, that was a reboot.
//
// # Chance
//
// Every draw is keyed by the names of the malware and of the class, the member and how often
// that has drawn: what one host does never changes the luck of another, nor does a class,
// contact or gate that is added where nobody is hit by it. Contacts and gates have their own luck,
// the same for all malware.
//
// # How it is checked
//
// Against closed forms: few hosts against the exact distributions of chains of births and
// deaths (SI and SIS), of final sizes and of peaks (SIR), many against the logistic curve,
// Kermack and McKendrick's final sizes and the endemic level; first crossings between zones,
// gates and patches against exponential and geometric times; Slammer, Code Red and Mirai
// against their published doubling times. Against a simulation scan by scan of the same hosts
// (Kolmogorov-Smirnov, at random times and at a fixed rate). Against exact enumeration of
// percolation on small graphs. Keeping, taking up and what others' luck must not change hold of
// drawn models. Sources: Staniford, Paxson, Weaver, "How to 0wn the Internet in Your Spare
// Time" (USENIX Security 2002), for random scanning; Kermack and McKendrick (1927) for SIR;
// Moore et al., "Inside the Slammer Worm" (IEEE Security & Privacy 2003); Antonakakis et al.,
// "Understanding the Mirai Botnet" (USENIX Security 2017).
//
// On average 90 % of N hosts have it later after the first one than the logistic curve has,
// (ln(N-1) + ln 9) / K, by Euler's constant over K: that is the luck of the first few.
package outbreak
