// Package sim assembles a system, runs it and returns what happened. This page is
// the tour of the house.
//
// # From a file to a verdict
//
// scenarios/syntax reads YAML into a tree with positions. scenarios/compile makes
// devices of it (twins of the library, and scenarios/custom for those that are
// written in the file), a System of them, and from that a Plan: all of a run but
// its state. Run makes a world of a Plan and moves it through virtual time; the
// Result holds verdicts, margins, causes, the story and a digest. sim/report turns
// it into text, JSON and JUnit XML.
//
// A Plan never changes. Everything that does lies in slices of numbers that one
// world owns, so many runs can be made of one plan at once.
//
// # An instant
//
// sim/des takes the events of one time (t, n) in phases: inject, deliver, react.
// At the end of each phase the world commits: sim/signal shows the buffered
// writes; computed signals that read a changed cell are computed anew, each once,
// in their order; what reports were told goes to sim/network. When nothing more
// is due the instant is settled. Then islands whose inputs changed begin anew
// (the phase plant), and observers look: devices' guards, triggers of the
// timeline, invariants. What they cause at the same time happens at (t, n+1).
//
// # A cell
//
// Every signal is a cell in one column of float64: a number in SI, 0 or 1, the
// ordinal of a label, or at most 53 bits. Beside each cell stand who wrote it
// last, when, and under whose influence. Signals are told apart by role: physical
// ones (continuous, computed, state) reach others by wiring, which is nothing but
// another name for the cell; reports travel as messages, and what a receiver was
// told last is a cell of its own.
//
// Expressions are closures over the column. One signature serves guards,
// invariants, derivatives and wiring. The greatest and the least of many answers or figures are
// cells of their own, which a tree keeps up to date (signal.Extreme).
//
// # Truth and what is told
//
// Where an injection steps between a value and those who see it there is a
// signal.Point: a source cell, a cell that shows the fold of the active layers,
// faults before attacks. Points exist only where the timeline needs them; an
// unattacked report has none, and its receivers read the truth's own cell when a
// message is made. What is hard-wired sees faults but never attacks.
//
// # A message, and what it must get past
//
// All that one device tells another in one way is a flow (sim/network), whose path over
// zones and conduits, verdict of their rules, protocol and credentials are compiled
// once. A plain flow's message is one event; what waits for bandwidth, is watched or
// judged has an envelope. Attack steps with a foothold have flows of their own, which
// send what the step injects and may claim to be from somebody else: the true sender
// is the flow's, the claimed one what it says.
//
// Before values are written the guard of the receiver is asked (sim/check, gate.go): the
// checks that the file declares for the device, in order, each with a reaction. Who
// was refused, and all that a guard remembers, passes its influence on. A device may
// keep a log of what it decided (sim/logbook), as far as it can know; the survey at the
// end says what of that is left and whom it can name.
//
// Traffic describes all that can be sent, and a Tap sees what is, with causes, at no risk
// to the run (wiretap.go); sim/pcap makes a capture of both.
//
// # Attackers earn what they do
//
// An attacker is what it has: footholds, devices it has heard of, sessions, credentials
// (sim/inject, earn.go). A step with a footing is stopped by what it lacks, by the way,
// or by the receiver, and says by which; what comes through adds to what the attacker
// has. Without a footing an attack is an assumption, and marked.
//
// # Malware
//
// What spreads by itself is in sim/outbreak, a process of its own beside the kernel: hosts
// in columns, one pending hit for each that scans. The world asks it when it will do
// something next, hands it what a network lets pass as ways with their barriers, and takes
// its news (infect.go): a host that is caught is a foothold of an attacker (Spreads), whose
// payload is steps of the timeline that were waiting. What is stopped is still tried, so that a
// barrier changes nobody's luck; sim/campaign/harden, which looks for the cheapest barriers,
// rests on that: a run that met none of them is a run of all of them.
//
// # Why
//
// Influence only says what could have mattered: it stays where it has been once. So the
// tree of causes (cause_tree.go) is the ways back that cost least from what an invariant
// reads to each step, over places under its influence: next to nothing where one made the
// other what it is, as the stamps say (cause_toll.go), more where something was left as
// it was, and most where nothing shows how. A cause is never later than its effect; who
// only left something so did that when the cause came. A handler that says what it goes by
// (device.Ports.GoesBy) has no other causes: ways lead from what it wrote straight there, not
// over all that its device reads. Harm by an exposure is explained by its margin, but harm by what
// has added up by the handler that noted it (cause_harm.go); a state of which it is known what sets
// it (device.SetBy) has no causes by way of its device. Those harmed in one collision are told the
// same of it (collision.go).
//
// # Looking ahead
//
// sim/plant keeps one step of each island ahead of time as a polynomial. A reader
// at any instant in it evaluates the polynomial; nothing that it does changes the
// step. Conditions are searched over the step for the first nanosecond at which
// they change, and an event is made there. Before a step is given up, and before a
// cell changes that an invariant reads, the invariant looks back over the span,
// for the least margin within.
//
// # Invariants
//
// An invariant is a formula of temporal logic over conditions (sim/monitor/formula).
// Most are one condition that is to hold at all times: for those the least margin of
// each span is found, and nothing else is kept. What has time in it is followed by
// two networks: sim/monitor/truth hears when a condition changes, which is located to
// the nanosecond, and decides as early as can be; sim/monitor/margin hears the course of
// the margins, traced over the integrator's polynomials. So neither depends on when
// somebody looked. The same monitors hear recorded data (sim/recording).
//
// # A recording
//
// Record tells a Recorder all that happens, and changes nothing (record.go): discrete
// changes as they are committed, continuous signals as the pieces of polynomials that the
// integrator made, computed ones as polynomials within 1e-8 (course.go, bend.go), so that a
// trace can be looked at between any two instants. sim/trace is the file, which knows no
// simulator; sim/trace/record feeds it. What a replay shows is read from the file alone:
// viz/scene is the state of everything at a time, viz/view makes a list of shapes of it,
// viz/raster and viz/window paint the same triangles. Places and zones of danger that looks
// declare (sim/device, ground.go) are in the header too; viz/ground is the plane, seen from above.
//
// # People
//
// A person is a device (twins/person) whose exposures are inputs and whose harm is a
// signal, by the models of sim/harm. Dangers of a System (danger.go) are followed as
// invariants that the file does not name: of each exposure its margin and its
// severities, of each hazard that it is never there, of each layer of protection
// that it never acts, and is never demanded (layer.go). So harm has an instant, a margin
// and causes as a violation has. Ranges of models (device.Bounded) are followed alike: a
// value outside of one counts as the worst that the model knows, and a Result says so.
//
// Walls (sim/floor) are compared with the ways of all who walk (device.Walker) while a plan
// is made. A run knows nothing of them; a Plan and a trace have them for people to see.
//
// # Data about people
//
// What stores know of people is in sim/data, beside the column: shelves of rows, which hold spans
// of items and not items, so that lineage is kept as ranges and a billion readings cost as
// much as one. A message that Carries something tells the world so (holdings.go), a store is
// a device (data.Twin), and what people ask for is information like any other, which can be
// lost or forged, as is the notice of a theft (breach.go). A broker that keeps data about people
// is a store of the last of each, and hands on at once what comes (data.Twin.HandsOn); its
// messages bring what they were sent with, by when that was (data.State.Receive). What an
// expression asks (can_learn, kept_after_erasure) is a cell that is kept up to date as things
// happen: sim/data/link searches what records can be joined, sim/data/anonymity counts who hides
// among whom, and where people were is compared once a day (sim/data/places).
//
// # Capacity
//
// A device with work is a station (sim/station) at the end of a message's way, by the network's own
// events; what is measured is a sketch of delays (sim/quantile) and cells that follow it.
// Telemetry as_rate sends no messages: it is a stream through links, a fluid at stations, and as many
// items as there would have been (pours.go); a single message draws by its luck how long it waits
// behind one. Over LoRa it is a voice among others (voices.go, sim/network/voice.go): what of it
// collides, or waits for its duty cycle, has a closed form. sim/campaign/capacity multiplies all counts. What can grow without an end is bounded
// (crowded.go): a run that would take all memory ends with an error instead.
//
// # Keeping, resuming, forking
//
// Between two calls of its kernel a Simulation is numbers in slices, pending
// events and messages included. Every component archives its own by one method
// (sim/snapshot), which writes and reads alike; functions stay in the Plan. So a
// snapshot is taken up by any process that makes the same Plan of the same texts,
// and a Fork is a snapshot that never leaves memory. Plan.Without and Plan.Vary
// give it another future: steps that have not begun, otherwise.
//
// # How fast it is
//
// Benchmarks lie beside the code that they measure; benchstat compares two runs of
// them (go run golang.org/x/perf/cmd/benchstat, old and new, ten counts each). Where
// there is a floor, a loop written by hand for that one case, both run in turns and
// the ratio is printed, because machines differ and ratios hardly do.
//
//	sim/des        Hold HeavyTail Together Watchdog Cancelled SingleServer: events,
//	               against a loop around the same queue; Memory
//	sim/plant      VanDerPol TenTanks against TenTanksByHand: steps with their roots;
//	               Stiff
//	sim/network    Message Poll TwentyZones Flood: messages, over conduits with rules, judged,
//	               through queues
//	sim/check      Judge; sim/logbook Append: with and without a chain
//	sim/monitor/margin  Margin: those of windows of 10 to 10 000 samples, online and
//	               over straight lines with jumps
//	sim/monitor/truth   a sample that changes something, and one that does not
//	sim            Large: time and memory of 1 000 and of 100 000 devices; Fork; Tower
//	scenarios      SwatDay: a day of a water plant, and how many times as long it takes
//	               as the bare kernel does for as many events (x-kernel); Custom:
//	               physics of compiled expressions; TwentyZones: 1 000 devices that poll, with
//	               checks and chained logs and without; LoadThousandDevices
//	scenarios/expression  Holds Eval
//
// harmproof run --profile says the same of one scenario, by devices, islands,
// invariants and messages.
//
// # Laws that tests hold
//
// The same scenario, seed and version give the same digest; adding an unconnected
// device, an invariant or a recorder changes no other signal's bytes. Below
// sim/campaign there is no wall clock, no goroutine, no iteration over a map that
// could matter, and no function of package math that differs between machines.
//
// # Where this differs from the first plan
//
//   - Typed columns are one column: a cell is eight bytes whatever its type.
//   - check and compile are one package: a checker that finds every mistake has
//     done all the work of a compiler.
//   - The phase plant has no events of its own but the ends of steps; integration
//     is the first thing that happens when an instant has settled.
//   - unit and rng stand above detmath, which both compute with, and compile above
//     custom, whose devices it makes.
//   - Snapshots are a package of their own: one method of a component writes and reads
//     its state. Who wants to stop, keep or fork a run has a Simulation; Run is made
//     of one.
//   - A plan keeps of its signals what is not alike: names and paths are made when they
//     are asked for (Signals).
//   - Timers belong to the kernel: devices, islands and observers put theirs off at
//     no cost, and none of them makes an instant before it is due.
//   - A monitor is not one automaton for each pattern but two networks over the few
//     operations that all formulas come down to; patterns are formulas.
//   - History, Sample and the digest stay here beside the trace: a test that asks for one
//     signal needs no file.
//   - Traces are written and read by our own container (sim/trace/container), a part of MCAP:
//     the reader of a gigabyte takes one chunk at a time. The library is what tests compare
//     it with.
//   - The infection of hosts is no signal of the run; the trace makes cells of its events.
//   - A picture is a list of shapes, and triangles are made of it once (viz/mesh): so a window,
//     an image and a browser cannot disagree.
//   - Checks are a package below the network, which asks them through an interface;
//     identities are credentials, numbered, a set of them one word.
//   - Logs of devices are a package of their own beside the trace: what the plant knows
//     is not what the simulator knows.
//   - Attacks are not a package below inject: what an attacker needs and gains is a
//     part of a step, so that every injection can be earned.
//   - A broker is a device with inputs and reports like any other.
//   - A told input starts with what it would have been told before the start, so
//     that the first milliseconds of a run are not a transient of the model.
package sim
