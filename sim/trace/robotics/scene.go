package robotics

import (
	"strconv"

	"github.com/harmproof/harmproof/sim/vtime"
)

// A Shape is what stands for a device.
type Shape int

// The shapes.
const (
	Cube     Shape = iota
	Cylinder       // of what has a state of its own: a tank, a rotor
)

// A Color is red, green and blue, from 0 to 1.
type Color [3]float64

// An Entity is something in a scene that stays where it is.
type Entity struct {
	head, middle []byte // of its JSON, without time, color and text
}

// NewEntity makes an entity of a size around a place.
func NewEntity(id string, shape Shape, at [3]float64, size float64) Entity {
	e := Entity{head: appendText([]byte(`,"frame_id":"world","id":`), id)}
	e.head = append(e.head, `,"lifetime":{"sec":0,"nsec":0},"frame_locked":false,"metadata":[],"arrows":[],"spheres":[],"lines":[],"triangles":[],"models":[],`...)
	if shape == Cylinder {
		e.head = append(e.head, `"cubes":[],"cylinders":[{"bottom_scale":1,"top_scale":1,`...)
	} else {
		e.head = append(e.head, `"cylinders":[],"cubes":[{`...)
	}
	e.head = appendPose(e.head, at)
	e.head = appendVector(append(e.head, `,"size":`...), [3]float64{size, size, size})
	e.head = append(e.head, `,"color":`...)
	e.middle = appendPose([]byte(`}],"texts":[{`), [3]float64{at[0], at[1], at[2] + size})
	e.middle = append(e.middle, `,"billboard":true,"scale_invariant":false,"font_size":`...)
	e.middle = appendNumber(e.middle, size/3)
	e.middle = append(e.middle, `,"color":{"r":1,"g":1,"b":1,"a":1},"text":`...)
	return e
}

func appendPose(b []byte, at [3]float64) []byte {
	b = appendVector(append(b, `"pose":{"position":`...), at)
	return append(b, `,"orientation":{"x":0,"y":0,"z":0,"w":1}}`...)
}

func appendVector(b []byte, v [3]float64) []byte {
	b = appendNumber(append(b, `{"x":`...), v[0])
	b = appendNumber(append(b, `,"y":`...), v[1])
	b = appendNumber(append(b, `,"z":`...), v[2])
	return append(b, '}')
}

// appendNumber appends a number; JSON has none that is not finite.
func appendNumber(b []byte, x float64) []byte {
	if x-x != 0 {
		x = 0
	}
	return strconv.AppendFloat(b, x, 'g', 6, 64)
}

// BeginScene begins a foxglove.SceneUpdate; Append adds entities, EndScene ends it.
func BeginScene(b []byte) []byte { return append(b, `{"deletions":[],"entities":[`...) }

// Append appends an entity, as it looks at a time, to a scene of so many.
func (e *Entity) Append(b []byte, before int, at vtime.Time, c Color, text string) []byte {
	if before > 0 {
		b = append(b, ',')
	}
	b = appendTime(append(b, '{'), at)
	b = append(b, e.head...)
	b = appendNumber(append(b, `{"r":`...), c[0])
	b = appendNumber(append(b, `,"g":`...), c[1])
	b = appendNumber(append(b, `,"b":`...), c[2])
	b = append(b, `,"a":1}`...)
	b = append(b, e.middle...)
	b = appendText(b, text)
	return append(b, `}]}`...)
}

// EndScene ends a scene.
func EndScene(b []byte) []byte { return append(b, "]}"...) }
