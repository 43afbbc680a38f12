package scenarios

import "github.com/harmproof/harmproof/sim/device"

// lookSchema is of how a device is drawn: an icon, or that and its parts.
func lookSchema() schema {
	icon := schema{"enum": device.Icons(), "description": "what it looks like"}
	from, to := text("value of the signal at the one end"), text("value of the signal at the other end")
	properties := schema{"icon": icon, "from": from, "to": to}
	for _, part := range device.Parts() {
		of := text("a signal of the device")
		properties[part] = of
		if device.Ranges(part) {
			properties[part] = schema{"anyOf": []any{of, object(schema{"of": of, "from": from, "to": to})}}
		}
	}
	properties["place"], properties["zones"] = placeSchema(), named(zoneOfLookSchema())
	return schema{"anyOf": []any{icon, object(properties)}}
}

// length is a length in the picture.
func length(about string) schema {
	return text(about + ": a length, a signal that is one, or a signal times something")
}

// placeSchema is of where a device is in the plane.
func placeSchema() schema {
	return object(schema{
		"in": text("a device that it is in"), "x": length("where it is, or its front"), "y": length("where it is"),
		"length": length("how far it reaches back from x"), "width": length("how wide it is"),
	})
}

// zoneOfLookSchema is of where a device is dangerous, or watches.
func zoneOfLookSchema() schema {
	return object(schema{
		"x": length("the middle of a circle, a corner, or where it widens from"), "y": length("the same across"), "radius": length("of a circle"),
		"along": length("how far it reaches along x"), "across": length("how far it reaches along y"),
		"widens": length("how wide it has become at the end of along, from a point on, as a plume does"),
		"while":  text("it is there while this signal is true, or not 0"), "alarm": text("it has seen something while this signal is"),
		"hazards": listOf(text("a hazard that is there")), "severity": text("how badly they harm at its edge: slight, serious, irreversible or death"),
	})
}
