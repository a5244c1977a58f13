// Command sfnctl checks, draws and runs AWS Step Functions workflows offline.
package main

import (
	"os"

	"github.com/sfnctl/sfnctl/internal/cli"
)

func main() {
	ctx, stop := cli.UntilSignal()
	code := cli.Main(ctx, os.Args[1:], cli.System())
	stop()
	os.Exit(code)
}
