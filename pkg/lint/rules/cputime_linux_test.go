package rules_test

import (
	"syscall"
	"time"
)

// threadTime returns the time that the processor has worked for the calling
// thread, which a busy machine does not lengthen as it does the time on the wall.
func threadTime() time.Duration {
	const ofThread = 1 // RUSAGE_THREAD
	var usage syscall.Rusage
	if err := syscall.Getrusage(ofThread, &usage); err != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
