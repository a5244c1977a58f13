// Package fixtest holds what takes the rules and the simulator together to tell.
// The fixes that rules offer keep their promises: the result still reads, is clean
// of the finding, differs in nothing but the edits and runs to success as before.
// And the workflows of the guide heal as it says. The package contains no code of
// its own.
package fixtest
