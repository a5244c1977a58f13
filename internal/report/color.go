package report

import (
	"fmt"

	"github.com/fatih/color"

	"github.com/sfnctl/sfnctl/pkg/diag"
)

// ColorMode is the value of a --color flag.
type ColorMode string

// The colour modes.
const (
	ColorAuto   ColorMode = "auto"
	ColorAlways ColorMode = "always"
	ColorNever  ColorMode = "never"
)

// String returns the mode as the flag spells it.
func (m *ColorMode) String() string { return string(*m) }

// Type names the kind of value in the help.
func (m *ColorMode) Type() string { return "when" }

// Set reads the mode from the text of a flag.
func (m *ColorMode) Set(text string) error {
	switch mode := ColorMode(text); mode {
	case ColorAuto, ColorAlways, ColorNever:
		*m = mode
		return nil
	}
	return fmt.Errorf("must be auto, always or never")
}

// UseColor decides whether to colour one stream: the flag, then NO_COLOR, then
// CLICOLOR_FORCE and FORCE_COLOR, then TERM=dumb, then whether it is a terminal.
func UseColor(mode ColorMode, getenv func(string) string, terminal bool) bool {
	forced := func(name string) bool { v := getenv(name); return v != "" && v != "0" }
	switch {
	case mode != ColorAuto:
		return mode == ColorAlways
	case getenv("NO_COLOR") != "":
		return false
	case forced("CLICOLOR_FORCE") || forced("FORCE_COLOR"):
		return true
	}
	return terminal && getenv("TERM") != "dumb"
}

// Palette paints text for one stream. Its methods return the text unchanged
// when colours are off. Meaning is never by colour alone.
type Palette struct{ enabled bool }

// NewPalette returns a palette that paints, or not.
func NewPalette(enabled bool) *Palette { return &Palette{enabled: enabled} }

// Enabled reports whether the palette paints.
func (p *Palette) Enabled() bool { return p.enabled }

// Paint applies attributes, through an instance of its own so that nothing
// global is switched.
func (p *Palette) Paint(text string, attributes ...color.Attribute) string {
	if !p.enabled || text == "" {
		return text
	}
	paint := color.New(attributes...)
	paint.EnableColor()
	return paint.Sprint(text)
}

// Error paints what went wrong.
func (p *Palette) Error(text string) string { return p.Paint(text, color.FgRed, color.Bold) }

// Warning paints what will hurt.
func (p *Palette) Warning(text string) string { return p.Paint(text, color.FgYellow, color.Bold) }

// Info paints what is worth knowing.
func (p *Palette) Info(text string) string { return p.Paint(text, color.FgCyan, color.Bold) }

// Good paints success.
func (p *Palette) Good(text string) string { return p.Paint(text, color.FgGreen, color.Bold) }

// Strong makes text stand out.
func (p *Palette) Strong(text string) string { return p.Paint(text, color.Bold) }

// Faint makes text step back.
func (p *Palette) Faint(text string) string { return p.Paint(text, color.Faint) }

// Severity paints text in the colour of a severity.
func (p *Palette) Severity(severity diag.Severity, text string) string {
	switch severity {
	case diag.Error:
		return p.Error(text)
	case diag.Warning:
		return p.Warning(text)
	}
	return p.Info(text)
}
