// Package lora is what a LoRa radio may send and what becomes of it: how long a packet is on the
// air, when a device may send again, whose packets collide, and how long a battery lasts.
//
// Airtime is the formula of Semtech's application note AN1200.13, "LoRa Modem Designer's Guide"
// (2013), in whole nanoseconds: it is exact for bandwidths that divide 2^SF * 1e9, such as 125, 250
// and 500 kHz. Published vector: 12 bytes at SF9, 125 kHz, 4/5 take 144.384 ms.
//
// A Regulator keeps a device to the duty cycles of its bands (ETSI EN 300 220; LoRaWAN Regional
// Parameters RP002, EU863-870): after a packet that took T a band is closed for T(1/duty - 1).
//
// A Medium is a channel that all use when they like (pure ALOHA; N. Abramson, "The ALOHA System",
// 1970): of packets that overlap in the same channel and spreading factor all are lost, different
// spreading factors do not hear each other. With Capture the one that is stronger than every other
// by so many decibels survives (M. Bor, U. Roedig, T. Voigt, J. Alonso, "Do LoRa Low-Power Wide-Area
// Networks Scale?", MSWiM 2016, use 6 dB). Its throughput is G exp(-2G), or G exp(-G) where all
// begin at slots: tests find both in the 99 % confidence interval of a simulation.
//
// A Battery is a charge and what a device draws of it, asleep, sending and listening: its lifetime
// is a closed form, and a Meter gives the same, packet by packet.
package lora
