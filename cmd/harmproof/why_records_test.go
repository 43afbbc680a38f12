package main

import "fmt"

// recordings draws stores of data about people: one that meters and a controller tell, one that
// copies it and infers, a backup, and where people ask for their rights.
func (g *mill) recordings() {
	at := g.atPlace()
	g.line("    meter: {is: telemetry, every: %dms, count: 3, random: %v%s}", 100*g.number("period", 5, 30), g.coin("random"), at)
	g.line("    phone: {is: portal, count: 3%s}", at)
	g.line("    log0:\n      is: store\n      owner: utility\n      key: number\n      keeps: forever\n      remembers: %v\n      buffer: %v", g.coin("remembers"), g.choose("buffer", 4) == 0)
	g.line("      takes:\n        load: {from: meter.reading, purpose: care%s}\n        count: {from: %s, about: 'dweller[1]', purpose: care%s}", g.basis(), g.pick("counted", []string{"c0.n", "c1.m"}), g.basis())
	g.line("      erases: {on: phone.erasure, after: %s}\n      stops: phone.opt_out\n      answers: {on: phone.access, after: 1s}", g.pick("after", []string{"0s", "1s", "4s"}))
	g.line("    log1:\n      is: store\n      owner: %s\n      key: number\n      keeps: forever\n      takes:", g.pick("owner", []string{"utility", "broker0"}))
	g.line("        load: {from: log0.load, every: %dms%s}\n        home: {infer: [load], right: 80%%, kind: sensitive}", 100*g.number("copies", 9, 40), g.pick("fine", []string{"", ", fine: 5s"}))
	g.line("      erases: {on: %s}\n      stops: log0.opted_out\n      answers: phone.access", g.pick("hears", []string{"log0.erased", "phone.erasure"}))
	g.line("    backup: {is: store, keeps: forever, takes: {load: {from: log0.load, every: %dms}}}", 100*g.number("saves", 9, 60))
	g.line("    crm: {is: store, owner: utility, key: number, keeps: forever, holds: {name: all, age: {share: 100%%, coarse: 2}, ill: 60%%}, erases: log1.erased}")
	g.line("  purposes: [care]\n  subjects:\n    dweller: {count: 3, traits: {name: {values: own}, age: {kind: quasi, values: 4}, ill: {kind: sensitive, values: 2}}}")
}

func (g *mill) basis() string {
	return g.pick("basis", []string{"", "", ", basis: contract", ", basis: legal-obligation, keep_for: 6s", ", basis: legitimate-interest"})
}

// request draws what is done to stores: people ask, messages of that go astray or are forged, a
// backup is put back, somebody takes it all.
func (g *mill) request() string {
	if g.foes && g.choose("steals", 4) == 0 {
		return fmt.Sprintf("attack: %s, by: intruder, from: %s", g.pick("theft", []string{"steal, device: log0", "steal, device: crm", "login, to: log0", "pivot, to: log0"}), g.pick("thief", []string{"station", "laptop"}))
	}
	told := "signal: " + g.pick("request", []string{"phone.erasure", "phone.opt_out", "phone.access", "log0.erased", "meter.reading", "'phone[1].erasure'"})
	switch g.choose("request", 7) {
	case 0, 1, 2:
		return fmt.Sprintf("act: ask, person: %s, right: %s, with: phone", g.pick("person", []string{"'dweller[1]'", "'dweller[1]'", "dweller", "'dweller[2]'"}), g.pick("right", []string{"erasure", "erasure", "opt-out", "access"}))
	case 3:
		return "act: restore, store: backup"
	case 4:
		return g.pick("astray", []string{"attack: block, ", "attack: delay, by: 5s, ", "attack: drop, share: 50%, ", "attack: delay, by: 700ms, "}) + told
	case 5:
		return "attack: tamper, " + told + fmt.Sprintf(", value: %d", g.choose("forged", 5))
	}
	return "fault: crash, device: " + g.pick("down", []string{"log0", "log1", "backup", "meter", "phone"})
}

// recordInvariants are about what stores know.
func (g *mill) recordInvariants() []string {
	return []string{
		"{always: 'holders(dweller[1]) < 3'}", "{always: 'sum(holders(dweller)) < 8'}", "{always: 'kept_after_erasure(\"4 s\") == 0'}", "{always: 'kept_after_erasure(\"0 s\") < 2'}",
		"{always: 'collected_after_opt_out(\"1 s\") == 0'}", "{always: 'unanswered(\"5 s\") == 0'}", "{always: 'unanswered(\"0 s\") < 2'}", "{always: 'k_anonymity(crm) < 3'}", "{always: 'unique_share(crm) < 1'}",
		"{always: 'log0.items < 20'}", "{always: 'log1.items < 9'}", "{always: 'backup.people < 3'}", "{never: 'can_learn(utility, dweller[1], home)'}", "{always: 'sum(confidence(utility, dweller, load)) < 3'}",
		"{always: 'integral(holders(dweller[1]) + holders(dweller[2]), \"30 s\") < 900'}", "{always: 'integral(kept_after_erasure(\"2 s\") + unanswered(\"2 s\"), \"30 s\") < 900'}",
		"{always: 'integral(log0.items + log1.items, \"30 s\") < 90000'}", "{always: 'integral(collected_after_opt_out(\"0 s\"), \"30 s\") < 900'}",
		"{always: 'stolen(log0) == 0'}", "{always: 'stolen(crm) < 2'}",
	}
}
