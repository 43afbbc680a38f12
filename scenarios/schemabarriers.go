package scenarios

import "github.com/harmproof/harmproof/scenarios/syntax"

// barrierSchema is of what could be done against an attack.
func barrierSchema() schema {
	properties := schema{
		"about": text("what it is, in words"), "cost": schema{"type": "number", "minimum": 0, "description": "what it costs"},
		"patch": oneOrMany(text("a weakness")), "on": oneOrMany(text("a device")),
		"close": oneOrMany(text("a conduit")), "filter": oneOrMany(text("a conduit")), "rules": listOf(ruleSchema()),
		"diode": oneOrMany(text("a conduit")), "from": text("the zone at which it begins"),
		"media": oneOrMany(text("a device")), "allow": oneOrMany(text("a carrier that it still takes")),
		"signed_only": oneOrMany(text("a device")), "allow_list": oneOrMany(text("a device")),
		"remove": oneOrMany(text("a credential")), "check": oneOrMany(text("of a device: plc/the-name-of-a-check")),
		"change": schema{"type": "object", "description": "what stands over the system"},
	}
	barrier := object(properties)
	var kinds []any
	for _, kind := range syntax.BarrierKinds {
		kinds = append(kinds, schema{"required": []string{kind}})
	}
	barrier["oneOf"], barrier["required"] = kinds, []string{"cost"}
	return barrier
}
