package trace

// What the schemas in a file say, for who has only the file.
const (
	textNumbers = "Numbers: u is LEB128 without sign, i the same in zigzag, f64 and f32 IEEE 754 with the lowest byte first. Times are ns since the start of the run. "

	textHeader   = "JSON: what the trace is of: format, tool, scenario, seed, devices, zones, signals, flows, steps, invariants. Cells are numbered in the order of signals, each of which is [device or -1, kind, cells]."
	textKeyframe = textNumbers + "The values of all cells in SI where a page begins: u cells, then bits (see changes, way 4)."
	textChanges  = textNumbers + "u changes, u instants, each u after the one before; u columns, each: u cell minus the one before minus 1, u changes, the number of each one's instant as u after the one before, then a byte for the way its values are written: 0 a byte, 0 and 1 by turns from there; 1 whole numbers, i after the one before; 2 a byte p, whole numbers times 10^-p; 3 the same divided by 10^p; 4 half a byte for each, n, then n low bytes of each one's bits XOR those before."
	textCourses  = textNumbers + "u cells, each: u cell, u courses, each: a byte of flags, [i start after the end of the one before, unless flag 1], u length, unless flag 8: [u start after that of its step, u end of the step after its own, unless flag 2], [value at the start XOR where the one before ended, unless flag 4], the first flags/16 of f64 c0 c1 c2 c3 (the others are 0), value at the end XOR y0+c0. At x of the step it is y0 + x*(c0 + (1-x)*(c1 + x*(c2 + (1-x)*c3))), at its end the value there. XOR: a byte n, n low bytes of the bits that differ. Flag 8: the step is that of the course before."
	textMessages = textNumbers + "u rows, then column by column: flags; lane as i after the one before; time as i after the one before; i how long it takes unless flag 2 (lost); of flag 1 u count and u period, that many messages; of flag 8 fate, byte times sent before, u step that changed it plus 1, u step that held it plus 1, u values, f64 each. Flag 4: nobody was there. Lanes are two for each member of each flow, its messages and the requests for them."
	textEvents   = textNumbers + "u texts, each u bytes; u events, each: a byte kind, time as i after the one before, i index, u values, f64 each; of kind 10 (a decision) eleven texts by number: device check kind grounds owner reaction claimed true verb object unit; a byte latched, i flow, f64 offered measured limit; of kinds 12 and 13 (infected, cleared) i host member from member way."
	textOverview = textNumbers + "u start, u span, u buckets; five lanes of u counts by bucket: messages, failures, injections, violations, checks; u cells, each: f32 value at the start, u buckets in which it changed, each: u twice the number minus the one before minus 1, plus 1 where a value follows that it kept; f32 least, greatest, [the value that it kept]."
	textResult   = "JSON: what became of the run: verdicts and margins of invariants with their causes, injections and how they ended, checks."
	textEnd      = "JSON: that the run came to its end, its digest, the digest of the records before (SHA-256), counts."
)
