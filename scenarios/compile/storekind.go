package compile

import "github.com/harmproof/harmproof/sim/device"

// StoreKind describes a store of data about people to people.
func StoreKind() device.Kind {
	return device.Kind{
		Name:    storeKind,
		Summary: "keeps data about people: a database, an archive, a backup, an app",
		Text:    storeText,
		Source:  "GDPR (Regulation (EU) 2016/679) Art. 5, 6, 7, 15, 17, 21, 33",
		Example: `readings:
  is: store
  owner: utility
  key: meter_no
  keeps: 400d
  takes:
    load: {from: meter.reading, purpose: billing, basis: contract, size: 16 B}
  erases: {on: phone.erasure, after: 2d}`,
		Parameters: []device.Parameter{
			{Name: "key", Doc: "what its records name people by: stores of one key can be joined", Type: device.TextParameter},
			{Name: "also", Doc: "further keys that its records name", Type: device.NamesParameter},
			{Name: "keeps", Doc: "how long it keeps what comes, or forever; required where anything comes", Type: device.TextParameter},
			{Name: "limit", Doc: "how much it can hold, such as 2 TB", Type: device.TextParameter},
			{Name: "remembers", Doc: "it knows whom it forgot, and forgets them again when a backup is put back", Type: device.BoolParameter, Default: "false"},
			{Name: "buffer", Doc: "it gives away what is fetched: a device that queues while it is offline", Type: device.BoolParameter, Default: "false"},
			{Name: "readers", Doc: "who else may read all of it", Type: device.NamesParameter},
			{Name: "holds", Doc: "traits that it has from the start", Type: device.NamesParameter},
			{Name: "takes", Doc: "what comes to it", Type: device.NamesParameter},
			{Name: "erases", Doc: "how it hears who wants to be forgotten", Type: device.NamesParameter},
			{Name: "stops", Doc: "how it hears who opts out", Type: device.NamesParameter},
			{Name: "answers", Doc: "how it hears who asks what is known of them", Type: device.NamesParameter},
			{Name: "notifies", Doc: "by which alarm its owner becomes aware of a breach, and tells an authority", Type: device.NamesParameter},
		},
	}
}

// storeText explains what a store takes.
const storeText = `What comes to it is about the people of subjects: (` + "`harmproof doc subjects`" + `). Of
many members, each is about the person of its number. ` + "`harmproof doc data`" + ` has
the whole of it.

What is about nobody, such as the readings of 400 machines, has subjects as well:
they are called machines, as many as there are of those that tell, and the store
keeps it as long as it likes. The report counts them among people, though no law does:
  subjects: {machine: {count: 400}}
  takes: {load: {from: sensor.reading, about: machine}}, keeps: forever

holds:   {name: all, age: 50%}    traits that it has from the start, about all
                                  people or so many
takes:   {NAME: {...}}            what comes to it, with one of
  from: meter.reading             each message of a device is one item
  from: readings.load             what another store keeps, copied; with
    every: 1d                       how often, not needed where that is a broker
    qos: 1                          of MQTT, where it is one
    fine: 1h                        not more than one item in so long
  precision:                        each item says where they were, by the
    {time: 1h, space: 1 km}         ` + "`moves:`" + ` of subjects, so finely; a copy
                                    as it came, or more coarsely
  infer: [load]                   made of what this store has; with
    right: 85%                      how often it is right, and
    rule: night load                how, for people
and of what it takes or holds
  about: resident                 whom it is about, or resident[3]
  kind: sensitive                 plain, identifier, quasi or sensitive
  purpose: billing                one of purposes:
  basis: contract                 consent (where nothing is said), contract,
                                  legal-obligation, vital-interest, public-task,
                                  legitimate-interest
  keep_for: 3650d                 so long it may be kept when erasure is asked
                                  for; not on consent or legitimate-interest
  size: 16 B                      of an item
erases, stops, answers:           how it hears of erasure, opt-out (withdraw
                                  and object as well) and access:
  phone.erasure                   a portal, or what another store did, such as
                                  readings.erased; {on: phone.erasure,
                                  after: 2d} where it does that so much later;
                                  extends: {by: 60d, after: 20d} where it tells
                                  people after so long that it takes longer
notifies: {on: siem.alarm, after: 20h}    by which alarm its owner becomes aware
                                  that something was taken, and so much later it
                                  sends a notice: its report breach, which comes
                                  to a device of another owner or never does
It tells what it did: erased, opted_out, answered, and how many items it has.
Of more than 260 000 rows (a person and what is kept of them) the times of older
items are thinned out: how many there are is about right then where keeps: lets
them go, 387 instead of 383 each in one run (1 %).
Where it has a limit:, days_left says when that is reached.`
