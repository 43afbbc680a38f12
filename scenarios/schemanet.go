package scenarios

import (
	"maps"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/network"
)

// whole is a number such as a count.
func whole(minimum int, description string) schema {
	return schema{"type": "integer", "minimum": minimum, "description": description}
}

func yesNo(description string) schema { return schema{"type": "boolean", "description": description} }

// two is a list of two, such as the ends of a range.
func two(of schema) schema {
	return schema{"type": "array", "items": of, "minItems": 2, "maxItems": 2}
}

func positionSchema() schema {
	return schema{"type": "array", "items": text("a coordinate"), "minItems": 2, "maxItems": 3}
}

func protocolSchema() schema {
	return schema{"enum": network.ProtocolNames(), "description": "the protocol"}
}

func verbSchema() schema {
	return schema{"enum": network.VerbNames(), "description": "what a message is for"}
}

// carrying adds to the keys of a link how much it carries.
func carrying(link schema) schema {
	link["bandwidth"] = text("how much it carries, such as 10 Mbit/s")
	link["priority"] = oneOrMany(text("a device or a signal whose messages go first"))
	link["queue"] = text("how much may wait for it, such as 64 kB")
	return object(link)
}

func lossSchema() schema { return text("share of messages that are lost, such as 0.1%") }

func zoneSchema() schema {
	return carrying(schema{
		"devices": listOf(text("a device")), "latency": duration("of its own network"), "jitter": duration("up to so much more"),
		"loss":  lossSchema(),
		"level": text("Purdue level"), "target": schema{"type": "integer", "minimum": 0, "maximum": 4, "description": "security level (IEC 62443)"},
		"speaks": protocolSchema(), "range": text("of its radio, such as 100 m"), "radio": radioSchema(),
	})
}

func conduitSchema() schema {
	return carrying(schema{
		"joins": two(text("a zone")), "latency": duration("at least"), "jitter": duration("up to so much more"),
		"loss":    lossSchema(),
		"ordered": yesNo("messages do not overtake one another"),
		"diode":   yesNo("only from the first to the second, and no answers"),
		"login":   oneOrMany(text("a credential of which who passes needs one")),
		"rules":   listOf(ruleSchema()),
		"radio":   radioSchema(),
	})
}

// ruleSchema is of one that allows or denies.
func ruleSchema() schema {
	subject := schema{"enum": append([]string{"any"}, network.ProtocolNames()...)}
	end := oneOrMany(text("a device or a zone"))
	rule := object(schema{
		"allow": subject, "deny": subject, "verb": oneOrMany(verbSchema()), "from": end, "to": end,
		"object":   oneOrMany(text("a pattern of signals, such as plc.*")),
		"function": functionSchema(network.Modbus, "1 to 127"), "service": functionSchema(network.EtherNetIP, `such as "0x4D"`),
	})
	rule["oneOf"] = []any{schema{"required": []string{"allow"}}, schema{"required": []string{"deny"}}}
	return rule
}

// functionSchema is of functions of a protocol, by name or number.
func functionSchema(p network.Protocol, number string) schema {
	return oneOrMany(schema{"anyOf": []any{schema{"enum": p.FunctionNames()}, schema{"type": []string{"integer", "string"}, "description": "its number, " + number}}})
}

func credentialSchema() schema {
	return object(schema{
		"kind": schema{"enum": []string{"key", "password"}}, "held_by": oneOrMany(text("a device or a person")),
		"default": yesNo("it is the one that the maker ships"), "guesses": whole(1, "how many it takes to guess it, on average"),
	})
}

// personSchema knows what is done with already; what people do is not fixed yet.
func personSchema() schema {
	return schema{"type": "object", "properties": schema{"role": text("what for"), "position": positionSchema(), "habits": listOf(habitSchema())}}
}

func attackerSchema() schema {
	return object(schema{
		"at": oneOrMany(text("a device that it stands on")), "holds": oneOrMany(text("a credential")),
		"knows": oneOrMany(text("a device that it has heard of, or all")),
	})
}

// guardedSchema is what a device of any kind may say about how it is reached, and
// what it checks.
func guardedSchema() schema {
	secrets := oneOrMany(text("a credential"))
	return schema{
		"speaks": protocolSchema(), "security": schema{"enum": network.SecurityNames(), "description": "of what it serves"},
		"session":    duration("of OPC UA: how long it stays open while nothing gets through"),
		"port":       carrying(schema{}),
		"work":       workSchema(),
		"battery":    batterySchema(),
		"weaknesses": named(weaknessSchema()),
		"hardening":  hardeningSchema(),
		"remote":     secrets,
		"checks":     listOf(checkSchema()),
		"safe":       named(text("what an input or a setting becomes")),
		"log": object(schema{
			"keep": whole(1, "so many entries"), "chained": yesNo("each with a hash over all before it"),
			"signed": text("with this credential"), "remote": text("the device that has a copy"),
		}),
	}
}

// checkSchema lists the keys of all kinds of checks: which of them one takes the
// tool checks.
func checkSchema() schema {
	parameters := schema{
		"per": duration("rate-limit: so many in this time"), "burst": whole(1, "rate-limit: at once"),
		"each": yesNo("rate-limit: of each sender"), "slack": whole(0, "fresh: how many may overtake"),
		"tolerance": text("residual, vote: how far off"), "bias": text("cusum: what is not added up"),
		"threshold": text("cusum: the sum"), "within": duration("two-person: how long the first one waits"),
	}
	properties := schema{
		"name": text("kebab-case"), "reaction": schema{"enum": []string{"reject", "clamp", "hold", "trip", "alarm"}},
		"owner": text("who answers for it"), "from": oneOrMany(text("a claimed sender")), "verb": oneOrMany(verbSchema()),
		"of": oneOrMany(text("an input or a setting")), "while": expression("it is for messages while this holds"),
		"off": schema{"type": "boolean", "description": "it is not switched on; harmproof why tries whether it would have helped"}, "cost": text("of switching it on"),
	}
	maps.Copy(properties, parameters)
	var kinds []any
	for _, kind := range syntax.CheckKinds {
		properties[kind] = oneOrMany(text("what it wants"))
		kinds = append(kinds, schema{"required": []string{kind}})
	}
	modelled := schema{"anyOf": []any{text("the rate at which it changes"), object(schema{"expected": expression("what it should be")})}}
	properties["residual"], properties["cusum"] = modelled, modelled
	properties["authorise"] = listOf(grantSchema())
	properties["range"] = two(text("an end"))
	check := object(properties)
	check["oneOf"] = kinds
	return check
}

// grantSchema is of an entry of authorise.
func grantSchema() schema {
	return object(schema{
		"who": oneOrMany(text("a claimed sender, or any")), "verb": oneOrMany(verbSchema()),
		"object": oneOrMany(text("an input or a setting")), "range": two(text("an end")),
		"mode": expression("while this holds"), "hours": two(duration("since midnight")),
	})
}
