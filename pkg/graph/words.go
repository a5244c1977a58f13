package graph

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// reading is one way to read the name of a state: what is done to what.
type reading struct {
	verb  string
	nouns []string // sorted, in the singular, without generic words
	// objects are the doings that the words after the verb name: the booking in
	// "CancelBooking", what is to be undone in "CompensateReserve".
	objects []string
}

// readings returns the ways to read a name. The verb may stand first, as in
// "CreateOrder", or last, as in "OrderCreate"; "MarkFailedAndRelease" has two.
// What numbers a state or tells its part in the saga is no part of what it does:
// "Step3_ProcessPayment", "T1-Charge", "Compensation_RefundPayment". A name
// without a verb that does or undoes something has none.
func readings(name string) []reading {
	return readWords(content(nameWords(name)))
}

func readWords(words []string) []reading {
	var found []reading
	for _, clause := range clauses(words) {
		found = append(found, readClause(clause)...)
	}
	// In "AuthorizeAndCapturePayment" both are done to the payment.
	for i := range found {
		if len(found[i].nouns) == 0 && len(found[i].objects) == 0 && i+1 < len(found) {
			found[i].nouns, found[i].objects = found[i+1].nouns, found[i+1].objects
		}
	}
	return found
}

// content returns the words of a name without the ordinals and roles at its
// beginning.
func content(words []string) []string {
	for len(words) > 1 {
		switch {
		case isNumber(words[0]), slices.Contains(roleWords, words[0]):
			words = words[1:]
		case len(words[0]) == 1 && isNumber(words[1]) && len(words) > 2:
			words = words[2:]
		case slices.Contains(generalUndoVerbs, words[0]) && specificUndoVerbs[verbOf(words[1])] && len(words) > 2:
			words = words[1:] // "Rollback_ReleaseRoom" releases the room
		default:
			return words
		}
	}
	return words
}

func isNumber(word string) bool {
	return strings.Trim(word, "0123456789") == ""
}

// clauses splits words where a name says two things, and drops what tells when:
// "CleanUpOnError", "CancelOrderAfterTimeout".
func clauses(words []string) [][]string {
	var found [][]string
	start := 0
	for i, word := range words {
		switch {
		case i > start && slices.Contains(whenWords, word):
			return append(found, words[start:i])
		case i > start && i+1 < len(words) && (word == "and" || word == "then") && verbOf(words[i+1]) != "":
			found = append(found, words[start:i])
			start = i + 1
		}
	}
	return append(found, words[start:])
}

// readClause reads verb and nouns. A word is a verb by its place: in "FailOrder",
// "OrderFailed" and "NotifyBooking" nothing is ordered or booked.
func readClause(words []string) []reading {
	first := 0
	for first < len(words)-1 && slices.Contains(genericNouns, words[first]) {
		first++
	}
	last := len(words) - 1
	if last < 0 || last > first && slices.Contains(statusWords, words[last]) && !isUndoVerb(verbOf(words[first])) {
		return nil
	}
	leading := verbOf(words[first])
	if leading == "" && isOtherVerb(words[first]) {
		return nil
	}
	if last > first {
		trailing := verbAtEnd(words[last])
		if trailing != "" && (leading == "" || slices.Contains(nounLikeVerbs, leading) && !slices.Contains(nounLikeVerbs, trailing)) {
			return []reading{{verb: trailing, nouns: nounsOf(words[:last])}}
		}
	}
	if leading == "" {
		return nil
	}
	rest := words[first+1:]
	return []reading{{verb: leading, nouns: nounsOf(rest), objects: objectsOf(rest)}}
}

// isOtherVerb reports whether a word that begins a name is a verb that neither
// does nor undoes anything outside.
func isOtherVerb(word string) bool {
	return slices.Contains(readVerbs, word) || slices.Contains(notifyVerbs, word) || slices.Contains(plainVerbs, word)
}

// verbOf returns the verb that a word is at the beginning of a name, "" for none.
func verbOf(word string) string {
	if form, ok := verbForms[word]; ok {
		word = form
	}
	if _, does := undoVerbs[word]; does || isUndoVerb(word) || slices.Contains(destructiveVerbs, word) {
		return word
	}
	return ""
}

// verbAtEnd returns the verb that a word is at the end of a name, where many
// words are nouns: a "CustomerOrder" is not an ordering of customers.
func verbAtEnd(word string) string {
	if verb, ok := verbNouns[word]; ok {
		return verb
	}
	if slices.Contains(nounsAtEnd, word) {
		return ""
	}
	return verbOf(word)
}

// objectsOf returns the doings that the words after a verb name.
func objectsOf(words []string) []string {
	var found []string
	for i, word := range words {
		verb := verbNouns[word]
		if verb == "" && (i == 0 || slices.Contains(nounLikeVerbs, word)) {
			verb = verbOf(word)
		}
		if verb != "" && !slices.Contains(found, verb) {
			found = append(found, verb)
		}
	}
	return found
}

var specificUndoVerbs = collectUndoVerbs()

func collectUndoVerbs() map[string]bool {
	set := map[string]bool{}
	for _, undos := range undoVerbs {
		for _, verb := range undos {
			set[verb] = true
		}
	}
	return set
}

func isUndoVerb(verb string) bool {
	return specificUndoVerbs[verb] || slices.Contains(generalUndoVerbs, verb)
}

// undoesVerb reports whether undo takes back what action does.
func undoesVerb(undo, action string) bool {
	undos, ok := undoVerbs[action]
	return ok && (slices.Contains(undos, undo) || slices.Contains(generalUndoVerbs, undo))
}

func nounsOf(words []string) []string {
	var nouns []string
	for _, word := range words {
		if !slices.Contains(genericNouns, word) {
			nouns = append(nouns, singular(word))
		}
	}
	slices.Sort(nouns)
	return slices.Compact(nouns)
}

func singular(word string) string {
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us"):
		return word[:len(word)-1]
	}
	return word
}

// maxWords bounds how much of a name is looked at.
const maxWords = 24

// nameWords splits a name into words in lower case, at blanks, punctuation,
// changes of case and digits. Verbs of two words are joined: "clean up" is "cleanup".
func nameWords(name string) []string {
	name = strings.ReplaceAll(name, "'", "")
	lower := strings.ToLower(name)
	words := make([]string, 0, 4)
	start, previous := -1, rune(0)
	for i, c := range name {
		isPart := unicode.IsLetter(c) || unicode.IsDigit(c)
		if start >= 0 && (!isPart || beginsWord(name, i, previous, c)) {
			words = appendWord(words, name, lower, start, i)
			start = -1
		}
		if isPart && start < 0 {
			start = i
		}
		previous = c
	}
	if start >= 0 {
		words = appendWord(words, name, lower, start, len(name))
	}
	return joinTwoWordVerbs(words)
}

// appendWord adds the word from start to end in lower case. The whole name in
// lower case has it at the same place unless letters have changed their length.
func appendWord(words []string, name, lower string, start, end int) []string {
	switch {
	case len(words) >= maxWords:
		return words
	case len(lower) == len(name):
		return append(words, lower[start:end])
	}
	return append(words, strings.ToLower(name[start:end]))
}

// beginsWord reports whether a new word begins with the letter or digit c at i,
// behind another one.
func beginsWord(name string, i int, previous, c rune) bool {
	switch {
	case unicode.IsDigit(c) != unicode.IsDigit(previous):
		return true
	case !unicode.IsUpper(c):
		return false
	case unicode.IsLower(previous):
		return true
	}
	// The last capital of "SQSMessage" begins a word.
	next, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(c):])
	return unicode.IsUpper(previous) && unicode.IsLower(next)
}

func joinTwoWordVerbs(words []string) []string {
	joined := words[:0]
	for i := 0; i < len(words); i++ {
		if i+1 < len(words) {
			switch pair := words[i] + " " + words[i+1]; pair {
			case "clean up", "roll back", "tear down", "look up", "scale up", "scale down", "scale out", "scale in", "fail over", "fail back", "timed out", "switch back", "migrate back":
				joined = append(joined, words[i]+words[i+1])
				i++
				continue
			}
		}
		joined = append(joined, words[i])
	}
	return joined
}

// nounMatch says how well the nouns of two names agree: 2 when they are the
// same, 1 when one has more to say than the other, 0 when they differ.
func nounMatch(a, b []string) int {
	switch {
	case len(a) == 0 || len(b) == 0:
		return 0
	case slices.Equal(a, b):
		return 2
	case isSubset(a, b) || isSubset(b, a):
		return 1
	}
	return 0
}

func isSubset(small, large []string) bool {
	for _, word := range small {
		if !slices.Contains(large, word) {
			return false
		}
	}
	return true
}
