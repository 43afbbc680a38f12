// Package record writes what happens in a run to a trace: it is the sim.Recorder that
// feeds a trace.Writer, so that who reads traces needs nothing of the simulator.
//
//	r, err := record.New(file, plan, record.Options{Seed: seed})
//	result, err := sim.Run(ctx, plan, sim.Record(r), sim.Explain())
//	err = r.Close(result)
package record
