package scenarios

import "github.com/harmproof/harmproof/sim/data"

// subjectSchema is of people whom data are about.
func subjectSchema() schema {
	shares := schema{"type": "object", "additionalProperties": text("share of the people, such as 90%")}
	trait := object(schema{
		"kind":   attributeKinds(),
		"values": schema{"anyOf": []any{schema{"const": "own"}, schema{"type": "integer", "minimum": 2}, shares}, "description": "own: everybody has another one; how many there are; or by name how common each is"},
	})
	trait["required"] = []string{"values"}
	return object(schema{
		"count":  schema{"type": "integer", "minimum": 1, "description": "how many people; of a device with is: person as many as that says"},
		"traits": named(trait),
		"moves":  movementSchema(),
	})
}

// movementSchema is of how people move about.
func movementSchema() schema {
	s := object(schema{
		"across": text("the town is a square so wide, such as 6 km"), "cell": text("how finely anybody can know where they are, such as 1 km"),
		"pattern": schema{"enum": []string{"homes", "anywhere"}, "description": "homes: they live and work somewhere; anywhere: in each hour in any cell"},
	})
	s["required"] = []string{"across", "cell"}
	return s
}

// precisionSchema is of how finely items tell where people were.
func precisionSchema() schema {
	s := object(schema{"time": duration("spans of time that are told apart"), "space": text("blocks of so many metres that are told apart, such as 1 km")})
	s["required"] = []string{"time", "space"}
	return s
}

// extensionSchema is of how a store tells people that it takes longer.
func extensionSchema() schema {
	s := object(schema{"by": duration("so much longer"), "after": duration("it tells them so long after it heard of the request")})
	s["required"] = []string{"by"}
	return s
}

// warningSchema is of how a store hears of breaches.
func warningSchema() schema {
	alarm := text("a report that is an alarm, such as siem.alarm")
	s := object(schema{"on": alarm, "after": duration("so much later it sends a notice")})
	s["required"] = []string{"on"}
	return schema{"description": "how its owner hears that something was taken, and tells an authority", "anyOf": []any{alarm, s}}
}

// storeSchema is of what a store takes beside what every device does.
func storeSchema() schema {
	holding := object(useSchema(schema{"share": text("of the people, such as 50%"), "about": text("whose: of all who have the trait, where nothing is said")}))
	taking := object(useSchema(schema{
		"from": text("a signal of a device, or what another store keeps"), "about": text("whom it is about: people, or one of them"),
		"every": duration("of a copy: how often"), "fine": duration("no more than one item in so long"), "qos": schema{"enum": []int{0, 1, 2}, "description": "of MQTT, where it comes from a broker"}, "kind": attributeKinds(),
		"infer": oneOrMany(text("what this store keeps")), "rule": text("how it is inferred, in words"), "right": text("how often an inference is right"),
		"precision": precisionSchema(),
	}))
	hears := schema{"description": "how it hears of a request", "anyOf": []any{
		text("a report of a portal, or of another store"),
		object(schema{"on": text("a report of a portal, or of another store"), "after": duration("so much later it does that"), "extends": extensionSchema()}),
	}}
	return schema{
		"also": oneOrMany(text("a key")), "readers": oneOrMany(text("who may read all of it")),
		"holds": named(schema{"anyOf": []any{text("all, or a share of the people"), holding}}), "takes": named(taking),
		"erases": hears, "stops": hears, "answers": hears, "notifies": warningSchema(),
	}
}

// useSchema adds to some keys what data are for.
func useSchema(s schema) schema {
	s["purpose"], s["keep_for"] = text("one of purposes:"), duration("how long it may be kept when erasure is asked for")
	s["coarse"] = schema{"type": "integer", "minimum": 2, "description": "a trait is kept in bands of so many values"}
	s["basis"], s["size"] = schema{"enum": data.Bases(), "description": "what lets it be kept (GDPR Art. 6(1))"}, text("of an item, such as 16 B")
	return s
}

func attributeKinds() schema {
	return schema{"enum": []string{"plain", "identifier", "quasi", "sensitive"}, "description": "what it tells about a person"}
}
