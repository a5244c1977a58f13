package picture

import (
	"math"
	"time"
)

// maxMillis is how far from 1970 a time stamp can be, in milliseconds: a hundred
// million days, as in ECMAScript.
const maxMillis = 8.64e15

var (
	monthNames = []string{"January", "February", "March", "April", "May", "June", "July", "August", "September",
		"October", "November", "December"}
	dayNames = []string{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"}
)

// date returns the midnight at which a day begins; months and days beyond
// their ranges roll over.
func date(year int, month time.Month, day int) time.Time {
	return time.Date(year, month, day, 0, 0, 0, 0, time.UTC)
}

// weekday returns the number of the day in the week, 1 for Monday.
func weekday(t time.Time) int {
	if day := int(t.Weekday()); day > 0 {
		return day
	}
	return 7
}

// firstWeek returns the Monday of the first week of a month, or of a year when
// the month is January: the week that has its Thursday in it (ISO 8601).
func firstWeek(year int, month time.Month) time.Time {
	first := date(year, month, 1)
	day := weekday(first)
	if day > 4 {
		return first.AddDate(0, 0, 8-day)
	}
	return first.AddDate(0, 0, 1-day)
}

// weeksSince returns the number of the week in which t is, counted from a start.
func weeksSince(start, t time.Time) int {
	return int(math.Floor(float64(t.Unix()-start.Unix())/(7*24*60*60))) + 1
}

// weekInYear returns the number of the ISO week.
func weekInYear(t time.Time) int {
	_, week := t.ISOWeek()
	return week
}

// weekInMonth returns the number of the week in the month that owns it.
func weekInMonth(t time.Time) int {
	year, month := weekMonth(t)
	return weeksSince(firstWeek(year, month), t)
}

// weekMonth returns the month that owns the week in which t is.
func weekMonth(t time.Time) (int, time.Month) {
	thursday := t.AddDate(0, 0, 4-weekday(t))
	return thursday.Year(), thursday.Month()
}

// component returns the value of a numeric component of a date.
func component(t time.Time, letter byte) int {
	switch letter {
	case 'Y':
		return t.Year()
	case 'X':
		year, _ := t.ISOWeek()
		return year
	case 'M':
		return int(t.Month())
	case 'x':
		_, month := weekMonth(t)
		return int(month)
	case 'D':
		return t.Day()
	case 'd':
		return t.YearDay()
	case 'F':
		return weekday(t)
	case 'W':
		return weekInYear(t)
	case 'w':
		return weekInMonth(t)
	case 'H':
		return t.Hour()
	case 'h':
		return (t.Hour()+11)%12 + 1
	case 'm':
		return t.Minute()
	case 's':
		return t.Second()
	case 'f':
		return t.Nanosecond() / 1_000_000
	}
	return 0
}
