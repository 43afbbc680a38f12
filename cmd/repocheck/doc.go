// Package repocheck checks the repository itself: who may import whom (a policy
// that is a string, as in Go's own go/build/deps_test.go), and the house rules
// that a reader would otherwise have to watch. It is all tests.
package repocheck
