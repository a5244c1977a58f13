// Package suggest finds the word that a misspelt one was probably meant to be.
package suggest

import "strings"

// Nearest returns the candidate nearest to word, "" when none is near enough
// to be a plausible slip. Of equally near ones the first counts.
func Nearest(word string, candidates []string) string {
	best, bestDistance := "", limit(word)+1
	for _, candidate := range candidates {
		if distance := Distance(strings.ToLower(word), strings.ToLower(candidate)); distance < bestDistance {
			best, bestDistance = candidate, distance
		}
	}
	return best
}

// limit is how many slips of the finger a word of this length may have.
func limit(word string) int { return min(3, max(1, len(word)/3)) }

// Distance counts the insertions, deletions, replacements and swaps of
// neighbours that turn a into b.
func Distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	before, last, row := make([]int, len(to)+1), make([]int, len(to)+1), make([]int, len(to)+1)
	for j := range last {
		last[j] = j
	}
	for i := 1; i <= len(from); i++ {
		row[0] = i
		for j := 1; j <= len(to); j++ {
			cost := 1
			if from[i-1] == to[j-1] {
				cost = 0
			}
			row[j] = min(last[j]+1, row[j-1]+1, last[j-1]+cost)
			if i > 1 && j > 1 && from[i-1] == to[j-2] && from[i-2] == to[j-1] {
				row[j] = min(row[j], before[j-2]+1)
			}
		}
		before, last, row = last, row, before
	}
	return last[len(to)]
}
