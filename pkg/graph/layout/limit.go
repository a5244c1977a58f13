package layout

import (
	"cmp"
	"slices"
)

// maxPlaces is how many places long edges may have on their way. A tangle of
// thousands of nodes would need many millions.
const maxPlaces = 150_000

// tooLong returns for each arc whether it must do without places because the
// shorter ones need all there are. Arcs of one trunk count once.
func (l *layers) tooLong() []bool {
	direct := make([]bool, len(l.arcs))
	byLength := make([]int, len(l.arcs))
	for i := range byLength {
		byLength[i] = i
	}
	span := func(i int) int { return l.ranks[l.arcs[i].to] - l.ranks[l.arcs[i].from] - 1 }
	slices.SortStableFunc(byLength, func(i, j int) int { return cmp.Compare(span(i), span(j)) })
	longest := map[trunkKey]int{}
	places := 0
	for _, i := range byLength {
		need := span(i)
		if edge := l.graph.Edges[l.arcs[i].edge]; edge.Trunk != "" && !l.arcs[i].reversed {
			key := trunkKey{l.arcs[i].to, edge.Trunk}
			need, longest[key] = need-longest[key], need
		}
		if places+need > maxPlaces {
			direct[i] = true
			continue
		}
		places += need
	}
	return direct
}
