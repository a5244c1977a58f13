// Package fixtest holds the fixes that rules offer to what they promise: the
// result still reads, is clean of the finding, differs in nothing but the edits
// and runs to success as before. It contains no code of its own, since no other
// package knows both the rules and the simulator.
package fixtest
