package diag

import (
	"strings"
	"unicode/utf8"
)

// Suggest returns the candidate that name is most likely a misspelling of, ""
// when none is near: the same letters in another case, or at most a third of
// the letters mistyped, left out, added or swapped. Of equally near ones the
// first counts.
func Suggest(name string, candidates []string) string {
	best, bestDistance := "", allowedEdits(name)+1
	for _, candidate := range candidates {
		if strings.EqualFold(candidate, name) {
			return candidate
		}
		if distance := editDistance(name, candidate, bestDistance); distance < bestDistance {
			best, bestDistance = candidate, distance
		}
	}
	return best
}

func allowedEdits(name string) int {
	return utf8.RuneCountInString(name) / 3
}

// editDistance counts the letters to insert, delete, replace or swap with their
// neighbour to turn a into b; limit stands for every distance from limit on.
// The case of letters does not count.
func editDistance(a, b string, limit int) int {
	if difference := utf8.RuneCountInString(a) - utf8.RuneCountInString(b); max(difference, -difference) >= limit {
		return limit
	}
	from, to := []rune(strings.ToLower(a)), []rune(strings.ToLower(b))
	before, previous, current := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range previous {
		previous[j] = j
	}
	for i := 1; i <= len(from); i++ {
		current[0] = i
		nearest := i
		for j := 1; j <= len(to); j++ {
			current[j] = min(previous[j]+1, current[j-1]+1, previous[j-1]+substitution(from[i-1], to[j-1]))
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				current[j] = min(current[j], before[j-2]+1)
			}
			nearest = min(nearest, current[j])
		}
		if nearest >= limit {
			return limit
		}
		before, previous, current = previous, current, before
	}
	return min(limit, previous[len(to)])
}

func substitution(a, b rune) int {
	if a == b {
		return 0
	}
	return 1
}
