// Package robotics writes what viewers of robots show beside the channels of a trace: log
// lines and scenes, as messages in JSON with the schemas foxglove.Log and
// foxglove.SceneUpdate, of which schema/ has the published JSON schemas without their
// descriptions (MIT licence, Foxglove Technologies Inc).
package robotics
