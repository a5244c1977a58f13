// Package conformance holds the simulator to executions and TestState calls that
// were recorded from the service. The recordings lie beside the module; without
// them the tests are skipped. How they are compared is told in their README, and
// done by their compare.py; the comparer here does the same.
package conformance_test
