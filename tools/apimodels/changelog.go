package main

import (
	"fmt"
	"os"
	"regexp"
	"strings"
)

var releaseHeading = regexp.MustCompile(`^(?:# )?Release v\S+ \((\d{4}-\d{2}-\d{2})\)`)

// modelsDate returns the day of the newest release that changed the models. It
// is older than the newest release, which may only have changed code.
func modelsDate(changelog string) (string, error) {
	text, err := os.ReadFile(changelog)
	if err != nil {
		return "", err
	}
	date := ""
	for line := range strings.Lines(string(text)) {
		if heading := releaseHeading.FindStringSubmatch(line); heading != nil {
			date = heading[1]
		}
		if date != "" && strings.HasPrefix(line, "### Service Client Updates") {
			return date, nil
		}
	}
	return "", fmt.Errorf("%s names no release that changed the models", changelog)
}
