package main

import (
	_ "embed"
	"strings"
)

//go:embed services.txt
var servicesText string

// guideServices returns the error prefix of each service the guide lists.
func guideServices() map[string]string {
	prefixes := map[string]string{}
	for line := range strings.Lines(servicesText) {
		name, prefix, found := strings.Cut(strings.TrimSpace(line), " ")
		if found && name != "#" {
			prefixes[name] = prefix
		}
	}
	return prefixes
}

// supersededModels are the folders whose service has a newer model elsewhere.
var supersededModels = map[string]bool{
	"events": true, // CloudWatch Events, now EventBridge
}
