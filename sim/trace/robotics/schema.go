package robotics

import _ "embed" // of the schemas

// LogSchema is the JSON schema of foxglove.Log, SceneSchema that of foxglove.SceneUpdate.
var (
	//go:embed schema/Log.json
	LogSchema string
	//go:embed schema/SceneUpdate.json
	SceneSchema string
)
