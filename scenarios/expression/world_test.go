package expression

import (
	"fmt"
	"slices"
	"strings"

	"github.com/harmproof/harmproof/scenarios/source"
	"github.com/harmproof/harmproof/sim/signal"
	"github.com/harmproof/harmproof/sim/unit"
)

// A world is a resolver over a handful of signals, and their column.
type world struct {
	symbols map[string]Symbol
	column  []float64
	windows []Window
}

const fleetSize = 4

var valveStates = []string{"closed", "opening", "open"}

func newWorld() *world {
	w := &world{symbols: map[string]Symbol{}, column: []float64{90}} // time
	w.symbols["time"] = Symbol{Slot: signal.Clock, Continuous: true}
	number := func(path, symbol string, value float64) {
		u, err := unit.Parse(symbol)
		if err != nil {
			panic(err)
		}
		w.add(path, Symbol{Unit: u, Continuous: strings.HasPrefix(path, "tower.")}, u.Literal(value))
	}
	number("tower.level", "m", 2)
	number("tower.height", "m", 4)
	number("tower.area", "m2", 3)
	number("tower.temperature", "degC", 20)
	number("gauge.level", "mm", 1200)
	number("gauge.ambient", "degC", 25)
	number("pump.flow", "L/s", 50)
	number("valve.opening", "%", 75)
	number("coolant", "K", 300)
	number("water_tower.level", "m", 1)
	number("x", "", 3)
	number("y", "", -2)
	w.add("pump.on", Symbol{Type: signal.Bool}, 1)
	w.add("plc.alarm", Symbol{Type: signal.Bool}, 0)
	w.add("valve.state", Symbol{Type: signal.Enum, Labels: valveStates}, 2)
	w.add("other.state", Symbol{Type: signal.Enum, Labels: valveStates}, 0)
	w.add("door.state", Symbol{Type: signal.Enum, Labels: []string{"shut", "ajar"}}, 0)
	w.add("plc.cycles", Symbol{Type: signal.Int}, 7)
	w.add("plc.program", Symbol{Type: signal.Hash}, 1234)
	w.add("plc.golden", Symbol{Type: signal.Hash}, 1234)
	w.symbols["brim"] = Symbol{Constant: true, Value: 1.6, Unit: unit.Metre}
	speed := signal.Slot(len(w.column))
	w.symbols["drive.speed"] = Symbol{Slot: speed, Count: fleetSize, Unit: unit.MetrePerSecond}
	w.symbols["own.speed"] = Symbol{Slot: speed, Count: fleetSize, Stride: 1, Unit: unit.MetrePerSecond}
	for i := range fleetSize {
		w.symbols[fmt.Sprintf("drive[%d].speed", i)] = Symbol{Slot: speed + signal.Slot(i), Unit: unit.MetrePerSecond}
		w.column = append(w.column, float64(i+1))
	}
	w.symbols["drive.on"] = Symbol{Slot: signal.Slot(len(w.column)), Count: fleetSize, Type: signal.Bool}
	w.column = append(w.column, 1, 0, 1, 1)
	w.symbols["robot.speed"] = Symbol{Slot: signal.Slot(len(w.column)), Count: 2, Unit: unit.MetrePerSecond}
	w.column = append(w.column, 0.5, 0.25)
	return w
}

func (w *world) add(path string, s Symbol, value float64) {
	s.Slot = signal.Slot(len(w.column))
	w.symbols[path] = s
	w.column = append(w.column, value)
}

func (w *world) Symbol(path string) (Symbol, error) {
	s, ok := w.symbols[path]
	if !ok {
		var names []string
		for name := range w.symbols {
			names = append(names, name)
		}
		slices.Sort(names)
		return s, fmt.Errorf("there is no signal %s%s", source.Quote(path), source.DidYouMean(path, names))
	}
	return s, nil
}

// Told gives the first cell after the true one, so that tests see a difference.
func (w *world) Told(path, receiver string) (Symbol, error) {
	s, err := w.Symbol(path)
	if receiver != "" && receiver != "plc" {
		return s, Error{Message: fmt.Sprintf("there is no device %q", receiver), Fix: "write `plc`"}
	}
	s.Slot++
	s.Continuous = false
	return s, err
}

func (w *world) Window(call Window) (Symbol, error) {
	w.windows = append(w.windows, call)
	s := Symbol{Slot: signal.Slot(len(w.column)), Count: call.Members, Continuous: call.Of.Continuous}
	if call.Members > 1 {
		s.Stride = 1
	}
	for m := range max(call.Members, 1) {
		w.column = append(w.column, call.Of.Eval(w.column, int(m)))
	}
	return s, nil
}
