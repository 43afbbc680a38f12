package custom

import "github.com/harmproof/harmproof/sim/device"

// Custom describes the kind that is written in the file.
func Custom() device.Kind {
	return device.Kind{
		Name:    "custom",
		Summary: "a kind of your own: signals, rates, rules, commands",
		Text: `inputs:   {name: path}              its only sight of others
signals:  {name: {...}}             with one of
  start: 350 K                      discrete: changed by rules, messages, injections
  start: 350 K, rate: EXPRESSION    continuous: its derivative, per second
  value: EXPRESSION, unit: K/s      computed, always up to date
rules:    a list of
  when: CONDITION, set: {...}       at the first nanosecond at which it holds
  every: 100ms, if: CONDITION, set: {...}   from 0 on
on:       {command: {set: {...}}}   when a command reaches it; message.value
look:     an icon                   how it is drawn: harmproof doc look
Rules of one instant read one state. Discrete signals are also told to whoever
wires a told input to them.`,
		Source: "what you write",
		Example: `reactor:
  is: custom
  inputs: {level: gauge.level}
  signals:
    temperature: {start: 350 K, rate: (300 - temperature) / "60 s"}
    tripped: {start: false}
  rules:
    - when: temperature < 310
      set: {tripped: true}`,
	}
}
