// Command sfnctl checks, draws and runs AWS Step Functions workflows offline.
package main

import (
	"context"
	"os"
	"os/signal"

	"github.com/sfnctl/sfnctl/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := cli.Main(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
