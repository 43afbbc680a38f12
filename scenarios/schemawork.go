package scenarios

import "github.com/harmproof/harmproof/scenarios/syntax"

// workSchema is of what a device needs for each message.
func workSchema() schema {
	limit := object(schema{"rate": text("such as 10 kB/s"), "burst": text("such as 64 kB")})
	limit["required"] = []string{"rate", "burst"}
	work := object(schema{
		"takes": duration("for each message"), "spread": schema{"enum": syntax.Spreads, "description": "how these times differ"},
		"variation": text("of lognormal times: their deviation as a share of the mean, such as 50%"),
		"rate":      text("and so many bytes a second, such as 10 MB/s"),
		"servers":   whole(1, "so many at once"),
		"queue":     schema{"anyOf": []any{whole(0, "how many may wait"), schema{"const": "unlimited"}}},
		"priority":  oneOrMany(text("a device or a signal whose messages go first")),
		"limit":     limit,
	})
	work["anyOf"] = []any{schema{"required": []string{"takes"}}, schema{"required": []string{"rate"}}}
	return work
}

// radioSchema is of a link that is LoRa.
func radioSchema() schema {
	lora := object(schema{
		"sf": whole(6, "spreading factor, 6 to 12"), "bandwidth": text("such as 125 kHz"),
		"coding": schema{"enum": syntax.Codings, "description": "coding rate"}, "channels": whole(1, "of which each message takes one"),
		"duty": text("share of the time that a device may send, such as 1%"), "wait": duration("for that, at most"),
		"jitter": duration("each message is sent up to so much later"),
	})
	lora["required"] = []string{"sf"}
	radio := object(schema{"lora": lora})
	radio["required"] = []string{"lora"}
	return radio
}

// batterySchema is of what a device lives on.
func batterySchema() schema {
	battery := object(schema{
		"energy": text("when it is full, such as 10 kJ"), "sleeps": text("what it draws all the time, such as 10 uW"),
		"sends": text("what it draws while it sends, such as 100 mW"),
	})
	battery["required"] = []string{"energy", "sends"}
	return battery
}
