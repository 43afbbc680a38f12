package custom

import "github.com/harmproof/harmproof/sim/device"

// Population describes many hosts that are alike to people; it does nothing but have
// malware.
func Population() device.Kind {
	return device.Kind{
		Name:    "population",
		Summary: "many hosts that are alike, for malware: cameras, routers, office computers",
		Text: `It has a count: of at most 10 million hosts, weaknesses:, remote: and
hardening: (` + "`harmproof doc malware`, `harmproof doc hardening`" + `), and no signals.
It stands in zones like a device, and each of its hosts spreads what it has.

worm.cameras is how many of its hosts have the malware worm. A payload is for
devices one by one; what many hosts do together is a step of the timeline with
when: worm.cameras > 1000.`,
		Source: "Antonakakis et al., Understanding the Mirai Botnet, USENIX Security 2017",
		Example: `cameras:
  is: population
  count: 600000
  weaknesses: {telnet: {share: 40%, patched: 30d, over: 60d}}
  hardening: {reboots: 10d}`,
	}
}
