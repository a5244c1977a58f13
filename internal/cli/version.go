package cli

import (
	"encoding/json"
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

// version is set by the release build; builds by `go install` take it from the
// build information instead.
var version string

// versionInfo says which build this is.
type versionInfo struct {
	Version  string `json:"version"`
	Commit   string `json:"commit,omitempty"`
	Date     string `json:"date,omitempty"`
	Modified bool   `json:"modified,omitempty"` // built from a changed checkout
	Go       string `json:"go"`
	Platform string `json:"platform"`
}

func buildVersion() versionInfo {
	info := versionInfo{Version: version, Go: runtime.Version(), Platform: runtime.GOOS + "/" + runtime.GOARCH}
	if build, ok := debug.ReadBuildInfo(); ok {
		if info.Version == "" {
			info.Version = build.Main.Version
		}
		for _, setting := range build.Settings {
			switch setting.Key {
			case "vcs.revision":
				info.Commit = setting.Value
			case "vcs.time":
				info.Date = setting.Value
			case "vcs.modified":
				info.Modified = setting.Value == "true"
			}
		}
	}
	if info.Version == "" || info.Version == "(devel)" {
		info.Version = "devel"
	}
	return info
}

func newVersionCommand(env *Env) *cobra.Command {
	var format string
	command := &cobra.Command{
		Use:     "version",
		Short:   "Say which build this is",
		Example: "  sfnctl version\n  sfnctl version --format json",
		Args:    noArguments,
		RunE: func(*cobra.Command, []string) error {
			return printVersion(env, format)
		},
	}
	command.Flags().StringVarP(&format, "format", "f", "text", "text or json")
	return command
}

func printVersion(env *Env, format string) error {
	info := buildVersion()
	switch format {
	case "text":
		_, err := fmt.Fprintf(env.Stdout, "sfnctl %s\n%s", info.Version, versionDetails(info))
		return err
	case "json":
		encoder := json.NewEncoder(env.Stdout)
		encoder.SetIndent("", "  ")
		return encoder.Encode(info)
	}
	return usagef("unknown format %q; version knows text and json", format)
}

func versionDetails(info versionInfo) string {
	details := ""
	if info.Commit != "" {
		details += fmt.Sprintf("commit   %s\n", info.Commit)
	}
	if info.Date != "" {
		details += fmt.Sprintf("date     %s\n", info.Date)
	}
	return details + fmt.Sprintf("go       %s\nplatform %s\n", info.Go, info.Platform)
}
