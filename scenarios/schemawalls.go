package scenarios

// wallSchema is of what nobody walks through.
func wallSchema() schema {
	corner := schema{"type": "array", "minItems": 2, "maxItems": 2, "items": text("a coordinate, such as 1.2 m")}
	wall := object(schema{
		"about":   text("what it is"),
		"corners": schema{"type": "array", "minItems": 3, "items": corner, "description": "it is solid, all within these"},
		"line":    schema{"type": "array", "minItems": 2, "items": corner, "description": "it goes from corner to corner"},
		"thick":   text("how thick a line is; a fence is 0 m"),
	})
	wall["oneOf"] = []any{schema{"required": []string{"corners"}}, schema{"required": []string{"line"}}}
	return wall
}
