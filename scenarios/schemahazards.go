package scenarios

import "github.com/harmproof/harmproof/scenarios/syntax"

// hazardSchema is of what may harm people.
func hazardSchema() schema {
	prevention := object(schema{
		"device": text("a device"), "check": text("the name of a check"), "invariant": text("an invariant"),
		"target": text("SIL 1 to SIL 4, PL a to PL e"), "in": oneOrMany(text("a device that it lives in")),
		"layer": text("the layer that is this function"),
	})
	var kinds []any
	for _, kind := range syntax.PreventionKinds {
		kinds = append(kinds, schema{"required": []string{kind}})
	}
	prevention["oneOf"] = kinds
	layer := object(schema{
		"name": text("of the layer"), "demand": expression("true while it is to act; the hazard, where nothing is said"),
		"acts": expression("true when it acts"), "within": duration("how soon it must act"),
		"fitted": expression("true where it is there; it always is, where nothing is said"),
	})
	layer["required"] = []string{"name", "acts"}
	hazard := object(schema{
		"what": text("what it is, in words"), "exposes": oneOrMany(text("a person")), "by": oneOrMany(text("an exposure, such as co")), "severity": text("1 slight, 2 serious, 3 irreversible, 4 death"),
		"when": expression("true while it is there"), "prevented_by": prevention, "layers": listOf(layer),
	})
	hazard["required"] = []string{"exposes", "severity", "when"}
	return hazard
}
