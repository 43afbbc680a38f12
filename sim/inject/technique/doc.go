// Package technique knows the techniques by which attackers of industrial control
// systems are described: MITRE ATT&CK for ICS v18.1 (13 November 2025), its 12 tactics
// and 83 techniques, by their ids and names there.
//
// Ids change between versions. What is not in this one is unknown, and Nearest says
// what may have been meant.
package technique
