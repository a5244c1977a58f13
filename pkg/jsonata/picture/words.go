package picture

import (
	"math"
	"strings"
)

// maxRoman is the largest number written in Roman numerals: beyond it the text
// is nothing but a row of M.
const maxRoman = 1e6

var romanNumerals = []struct {
	value float64
	text  string
}{
	{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"},
	{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
}

func toRoman(number float64) string {
	var out strings.Builder
	for _, numeral := range romanNumerals {
		for number >= numeral.value {
			out.WriteString(numeral.text)
			number -= numeral.value
		}
	}
	return out.String()
}

// fromRoman reads capitals from the right: a numeral smaller than one seen
// before is taken away. Other characters make the result NaN.
func fromRoman(text string) float64 {
	values := map[byte]float64{'M': 1000, 'D': 500, 'C': 100, 'L': 50, 'X': 10, 'V': 5, 'I': 1}
	number, highest := 0.0, 1.0
	for i := len(text) - 1; i >= 0; i-- {
		value, ok := values[text[i]]
		switch {
		case !ok:
			return math.NaN()
		case value < highest:
			number -= value
		default:
			highest = value
			number += value
		}
	}
	return number
}

var (
	cardinals = []string{"Zero", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten",
		"Eleven", "Twelve", "Thirteen", "Fourteen", "Fifteen", "Sixteen", "Seventeen", "Eighteen", "Nineteen"}
	ordinals = []string{"Zeroth", "First", "Second", "Third", "Fourth", "Fifth", "Sixth", "Seventh", "Eighth", "Ninth",
		"Tenth", "Eleventh", "Twelfth", "Thirteenth", "Fourteenth", "Fifteenth", "Sixteenth", "Seventeenth",
		"Eighteenth", "Nineteenth"}
	tens       = []string{"Twenty", "Thirty", "Forty", "Fifty", "Sixty", "Seventy", "Eighty", "Ninety"}
	magnitudes = []string{"Thousand", "Million", "Billion", "Trillion"}
)

// toWords writes an integer in English, capitalized as a title.
func toWords(number float64, ordinal bool) string { return wordsBehind(number, "", ordinal) }

// wordsBehind writes what follows other words: joined by ", ", or by "and" when
// less than a hundred is left.
func wordsBehind(number float64, joint string, ordinal bool) string {
	if number < 100 && joint != "" {
		joint = " and "
	}
	switch {
	case number < 20 && ordinal:
		return joint + ordinals[int(number)]
	case number < 20:
		return joint + cardinals[int(number)]
	case number < 100:
		return joint + wordsOfTens(int(number), ordinal)
	}
	unit, word := magnitudeOf(number)
	count := math.Floor(number / unit)
	text := joint + wordsBehind(count, "", false) + " " + word
	if rest := number - count*unit; rest > 0 {
		return text + wordsBehind(rest, ", ", ordinal)
	}
	if ordinal {
		text += "th"
	}
	return text
}

func wordsOfTens(number int, ordinal bool) string {
	word := tens[number/10-2]
	switch {
	case number%10 > 0 && ordinal:
		return word + "-" + ordinals[number%10]
	case number%10 > 0:
		return word + "-" + cardinals[number%10]
	case ordinal:
		return strings.TrimSuffix(word, "y") + "ieth"
	}
	return word
}

// magnitudeOf returns the largest unit with a word of its own within number.
func magnitudeOf(number float64) (unit float64, word string) {
	if number < 1000 {
		return 100, "Hundred"
	}
	power := min(int(math.Log10(number)/3), len(magnitudes))
	return math.Pow(10, float64(3*power)), magnitudes[power-1]
}

// wordValues returns the value of every word of a number, in lower case.
func wordValues() map[string]float64 {
	values := map[string]float64{"hundred": 100, "hundredth": 100}
	for i := range cardinals {
		values[strings.ToLower(cardinals[i])] = float64(i)
		values[strings.ToLower(ordinals[i])] = float64(i)
	}
	for i, word := range tens {
		word = strings.ToLower(word)
		values[word] = float64(10 * (i + 2))
		values[strings.TrimSuffix(word, "y")+"ieth"] = float64(10 * (i + 2))
	}
	for i, word := range magnitudes {
		word = strings.ToLower(word)
		values[word] = math.Pow(10, float64(3*(i+1)))
		values[word+"th"] = values[word]
	}
	return values
}

// fromWords adds up the words of a number in lower case. A word that is none
// makes the result NaN.
func fromWords(text string) float64 {
	values := wordValues()
	segments := []float64{0}
	for _, word := range splitWords(text) {
		value, ok := values[word]
		if !ok {
			return math.NaN()
		}
		last := &segments[len(segments)-1]
		switch {
		case value >= 100:
			*last *= value
		case *last >= 1000:
			segments = append(segments, value)
		default:
			*last += value
		}
	}
	sum := 0.0
	for _, segment := range segments {
		sum += segment
	}
	return sum
}

// splitWords cuts at ", ", " and ", white space and hyphens.
func splitWords(text string) []string {
	text = strings.ReplaceAll(text, ", ", "\x00")
	text = strings.ReplaceAll(text, " and ", "\x00")
	return strings.Split(strings.Map(func(r rune) rune {
		switch r {
		case ' ', '\t', '\n', '\r', '-', '\\':
			return 0
		}
		return r
	}, text), "\x00")
}
