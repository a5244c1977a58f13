// Package report writes findings for people and for machines: one file a
// format, all of them a [Formatter]. It is also the one place that knows colours.
package report
