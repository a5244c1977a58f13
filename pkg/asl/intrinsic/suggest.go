package intrinsic

import "strings"

// suggest returns the function whose name is nearest to name, "" when none is
// near.
func suggest(name string) string {
	best, bestDistance := "", 4
	for _, function := range Names() {
		short := strings.TrimPrefix(function, "States.")
		if strings.EqualFold(name, function) || strings.EqualFold(name, short) {
			return function
		}
		if len(name) > 5 && (strings.HasPrefix(function, name) || strings.HasPrefix(short, name)) { // not finished
			bestDistance, best = 1, function
			continue
		}
		distance := min(editDistance(strings.ToLower(name), strings.ToLower(function), bestDistance),
			editDistance(strings.ToLower(name), strings.ToLower(short), bestDistance))
		if distance < bestDistance {
			best, bestDistance = function, distance
		}
	}
	return best
}

// editDistance counts insertions, deletions and replacements; limit stands for
// that many or more.
func editDistance(a, b string, limit int) int {
	if len(a)-len(b) >= limit || len(b)-len(a) >= limit {
		return limit
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			cost := diagonal
			if a[i-1] != b[j-1] {
				cost = 1 + min(diagonal, row[j], row[j-1])
			}
			diagonal, row[j] = row[j], cost
		}
	}
	return row[len(b)]
}
