package picture

import "time"

func FormatNumber(f float64, picture string, symbols map[string]string) (string, error) {
	return "", nil
}
func FormatInteger(f float64, picture string) (string, error)              { return "", nil }
func ParseInteger(text, picture string) (float64, error)                   { return 0, nil }
func FormatTime(millis float64, picture, zone string) (string, error)      { return "", nil }
func ParseISO(text string) (float64, bool)                                 { return 0, false }
func ParseTime(text, picture string, now time.Time) (float64, bool, error) { return 0, false, nil }
