package scenarios

import (
	"encoding/json"
	"maps"

	"github.com/harmproof/harmproof/scenarios/syntax"
	"github.com/harmproof/harmproof/sim/data"
	"github.com/harmproof/harmproof/sim/device"
	"github.com/harmproof/harmproof/sim/plant"
)

// schema is a JSON Schema, as data.
type schema = map[string]any

// Schema returns the JSON Schema (draft 2020-12) of the language, for completion
// and checking in editors. It knows keys and kinds; names, units and expressions
// are checked by the tool alone.
func Schema() ([]byte, error) {
	catalog, err := Catalog()
	if err != nil {
		return nil, err
	}
	root := object(schema{
		"scenario": text("name of the scenario, kebab-case, with / as in the library"),
		"about":    text("what it shows; its first line is the headline"),
		"use":      oneOrMany(text("a system file beside this one")),
		"run":      duration("how long the run lasts; a file without it is a system"),
		"seed":     schema{"type": "integer", "minimum": 0, "description": "of chance"},
		"seeds":    schema{"type": "integer", "minimum": 1, "description": "how many seeds are run"},
		"starts":   schema{"description": "calendar date of the start"},
		"show":     listOf(text("an expression: a column of the story")),
		"system": object(schema{
			"devices":     named(deviceSchema(catalog)),
			"zones":       named(schema{"anyOf": []any{listOf(text("a device")), zoneSchema()}}),
			"conduits":    named(conduitSchema()),
			"credentials": named(credentialSchema()),
			"people":      named(personSchema()),
			"attackers":   named(attackerSchema()),
			"carriers":    named(object(schema{"about": text("what it is")})),
			"malware":     named(malwareSchema()),
			"walls":       named(wallSchema()),
			"subjects":    named(subjectSchema()),
			"purposes":    listOf(text("what data may be for")),
			"kinds":       named(schema{}),
		}),
		"timeline":   listOf(stepSchema()),
		"invariants": named(invariantSchema()),
		"hazards":    named(hazardSchema()),
		"barriers":   named(barrierSchema()),
		"expect":     expectSchema(),
	})
	root["$schema"] = "https://json-schema.org/draft/2020-12/schema"
	root["title"] = "harmproof scenario"
	return json.MarshalIndent(root, "", "  ")
}

func object(properties schema) schema {
	return schema{"type": "object", "properties": properties, "additionalProperties": false}
}

func named(of schema) schema {
	return schema{"type": "object", "additionalProperties": of}
}

func listOf(of schema) schema { return schema{"type": "array", "items": of} }

func oneOrMany(of schema) schema { return schema{"anyOf": []any{of, listOf(of)}} }

func text(description string) schema {
	return schema{"type": []string{"string", "number", "boolean"}, "description": description}
}

func duration(description string) schema {
	return schema{"type": []string{"string", "integer"}, "description": description + " (200ms, 5s, 3m50s, 2d)"}
}

func expression(description string) schema { return text(description + " (an expression)") }

// wiring is what may stand after an input.
func wiring(description string) schema {
	return schema{"description": description, "anyOf": []any{
		expression(description),
		object(schema{"wired": expression("hard-wired to")}),
		object(schema{"poll": expression("asks for"), "every": duration("how often")}),
		object(schema{
			"subscribe": expression("subscribes to"), "via": text("the broker"), "every": duration("without a broker: how often it is looked at"),
			"qos": schema{"enum": []int{0, 1, 2}, "description": "of MQTT"},
		}),
	}}
}

// deviceSchema knows the parameters and inputs of every kind.
func deviceSchema(catalog *device.Catalog) schema {
	var names []string
	var cases []any
	for _, k := range catalog.Kinds() {
		names = append(names, k.Name)
		properties := schema{}
		for _, key := range syntax.DeviceKeys {
			properties[key] = true
		}
		for i := range k.Parameters {
			p := &k.Parameters[i]
			properties[p.Name] = parameterSchema(p)
		}
		if k.Sample != nil {
			if decl, err := device.Declare(k.Sample); err == nil {
				for _, s := range decl.Signals {
					if s.Role.Listens() {
						properties[s.Name] = wiring(s.Doc)
					}
				}
			}
		}
		if k.Name == "custom" {
			for _, key := range []string{"inputs", "signals", "rules", "on"} {
				properties[key] = schema{}
			}
		}
		switch k.Name {
		case "store":
			maps.Copy(properties, storeSchema())
		case "mqtt-broker":
			keeps := storeSchema()
			delete(keeps, "holds")
			maps.Copy(properties, keeps)
		}
		cases = append(cases, schema{
			"if":   schema{"properties": schema{"is": schema{"const": k.Name}}, "required": []string{"is"}},
			"then": schema{"properties": properties, "additionalProperties": others(&k)},
		})
	}
	properties := guardedSchema()
	maps.Copy(properties, schema{
		"is":       schema{"description": "the kind", "anyOf": []any{schema{"enum": names}, schema{"type": "string"}}},
		"tag":      text("the plant's own name"),
		"owner":    text("who answers for it"),
		"position": positionSchema(),
		"solver":   schema{"enum": plant.Solvers(), "description": "how its continuous signals are integrated"},
		"count":    schema{"type": "integer", "minimum": 1, "description": "so many alike"},
		"look":     lookSchema(),
	})
	return schema{"type": "object", "properties": properties, "allOf": cases}
}

// others is what may stand beside the parameters and inputs that are known: inputs,
// where those depend on the parameters.
func others(k *device.Kind) any {
	if k.Open() {
		return wiring("an input of what is named in its parameters")
	}
	return false
}

// entrySchema is that of one of a parameter's named entries.
func entrySchema(p *device.Parameter) schema {
	properties := schema{}
	for i := range p.Fields {
		properties[p.Fields[i].Name] = parameterSchema(&p.Fields[i])
	}
	return object(properties)
}

func parameterSchema(p *device.Parameter) schema {
	description := p.Doc
	if p.Unit.Symbol != "" {
		description += " [" + p.Unit.Symbol + "]"
	}
	if p.Default != "" {
		description += ", default " + p.Default
	}
	switch {
	case p.Type == device.NamesParameter:
		return schema{"type": "object", "description": description}
	case p.Type == device.EntriesParameter:
		none := schema{"const": gone} // over one that is used
		return schema{"description": description, "anyOf": []schema{none, {"type": "object", "additionalProperties": schema{"anyOf": []schema{none, entrySchema(p)}}}}}
	case p.Type == device.BoolParameter:
		return schema{"type": "boolean", "description": description}
	case p.Type == device.IntParameter:
		return schema{"type": "integer", "description": description}
	case p.Type == device.SeriesParameter:
		return schema{"type": []string{"array", "object"}, "description": description}
	case len(p.Choices) > 0:
		return schema{"enum": p.Choices, "description": description}
	}
	return text(description)
}

// stepSchema lists the keys of all injections: which of them one takes the tool
// checks.
func stepSchema() schema {
	properties := schema{
		"name": text("kebab-case"), "at": duration("when"), "when": expression("when it rises"), "times": schema{"type": "integer"},
		"after": text("another step"), "delay": duration("so much later; with after or when"), "for": duration("how long it lasts"),
		"needs": oneOrMany(text("a step that must have taken effect")), "technique": text("of ATT&CK for ICS, such as T0856"),
		"from": text("a foothold"), "attack": schema{"enum": injectionNames("attack")}, "fault": schema{"enum": injectionNames("fault")},
		"act": schema{"enum": injectionNames("act")},
	}
	for key, doc := range map[string]string{
		"signal": "what it acts on", "value": "instead", "offset": "more", "scale": "times", "rate": "more per second",
		"receiver": "only what this device is told", "sender": "messages of this device", "conduit": "messages over it",
		"record": "how much is recorded before", "share": "of the messages", "every": "again and again",
		"by": "how much later; or the attacker or person who does it", "range": "no farther than this",
		"how": "once or force", "place": "message, register, wire or positioner", "device": "which one",
		"deviation": "standard deviation", "to": "share of its speed; or the device to reach", "zone": "all devices of it",
		"with":     "given, default, stolen, brute-force, or a credential",
		"weakness": "of the device, to exploit", "as": "whom a message claims to be from", "size": "of a message", "age": "how long ago it was recorded",
	} {
		properties[key] = text(doc)
	}
	properties["malware"], properties["on"] = text("to release, or whose hosts do it"), text("the host to release it on")
	properties["each"] = text("how much each of these hosts sends, such as 6.9 Mbit/s")
	properties["person"], properties["right"] = text("who asks, such as resident[3]"), schema{"enum": data.Rights(), "description": "what is asked for"}
	properties["purpose"], properties["store"] = text("one of purposes:"), text("the backup to put back")
	properties["set"] = named(text("what a setting becomes"))
	properties["verb"] = verbSchema()
	return object(properties)
}

func invariantSchema() schema {
	return object(schema{
		"always": expression("must hold at all times"), "never": expression("must not hold at any time"),
		"eventually": expression("must hold at some time"), "whenever": expression("each time that this holds"),
		"then": expression("this must hold"), "within": duration("so long after"), "for": duration("for so long"),
		"until": expression("up to when"), "since": expression("from when"),
		"unless": expression("up to when, if that comes"), "every": duration("so often at least"),
		"lasts-at-least": duration("each time so long"), "lasts-at-most": duration("each time no longer"),
		"finally": expression("must hold at the end of the run"), "formula": expression("full temporal logic, in function form"),
		"article": text("the article of a law that it concerns, in words"),
	})
}

func expectSchema() schema {
	violation := object(schema{
		"after": duration("not earlier than"), "before": duration("not later than"),
		"because": text("why that is all right"), "in": text("share of the seeds"),
	})
	names := listOf(text("a name"))
	return object(schema{
		"holds": names, "undecided": names, "vacuous": names, "no-effect": names, "not-triggered": names,
		"violated": named(violation), "stopped": named(object(schema{"by": text("a check")})), "in": text("share of the seeds"),
	})
}
