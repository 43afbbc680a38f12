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
	return schema{"anyOf": []any{icon, object(properties)}}
}
