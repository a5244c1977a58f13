package cli

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

// UntilSignal returns a context that ends when the user presses Ctrl-C or when
// the process is told to end. A second signal kills, as it would without us. A
// signal that the process was started to ignore, as nohup does, stays ignored.
func UntilSignal() (context.Context, context.CancelFunc) {
	// Without this, writing to a pipe that nobody reads any more would kill the
	// process before it has written what goes to files.
	signal.Notify(make(chan os.Signal, 1), syscall.SIGPIPE)
	var signals []os.Signal
	for _, one := range []os.Signal{os.Interrupt, syscall.SIGTERM, syscall.SIGHUP} {
		if !signal.Ignored(one) {
			signals = append(signals, one)
		}
	}
	if len(signals) == 0 {
		return context.WithCancel(context.Background())
	}
	ctx, stop := signal.NotifyContext(context.Background(), signals...)
	context.AfterFunc(ctx, stop)
	return ctx, stop
}
