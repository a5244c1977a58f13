package layout

import (
	"cmp"
	"math"
	"slices"
)

// Lines that run sideways one above the other stand laneHeight apart; where
// there are many they move together, so that all lanes between two layers
// take at most allLanes.
const (
	laneHeight = 8.0
	allLanes   = 120.0
	maxLanes   = 60
)

// run is a line that goes sideways between two layers.
type run struct {
	link     [2]int // upper and lower vertex
	from, to float64
	lane     int
}

// assignTracks lets lines that run sideways above each other bend one after
// the other, so that they do not lie on each other. Of two lines that go right,
// the one on the right bends first; else they would cross.
func (l *layers) assignTracks() {
	l.tracks = map[[2]int]int{}
	l.lanes = make([]int, len(l.layers))
	for layer, vertices := range l.layers {
		var left, right []run
		for _, v := range vertices {
			for _, link := range l.vertices[v].down {
				r := run{link: [2]int{v, link.to}, from: l.portX(v, link.to, false), to: l.portX(link.to, v, true)}
				const straight = 24
				switch {
				case r.to > r.from+straight:
					right = append(right, r)
				case r.to < r.from-straight:
					left = append(left, r)
				}
			}
		}
		slices.SortStableFunc(left, func(a, b run) int { return cmp.Compare(a.from, b.from) })
		slices.SortStableFunc(right, func(a, b run) int { return cmp.Compare(b.from, a.from) })
		l.lanes[layer] = max(l.assignLanes(left), l.assignLanes(right))
	}
}

// assignLanes gives each run the first lane below those that come before it
// and run above or below it. It returns the number of lanes.
func (l *layers) assignLanes(runs []run) int {
	lanes := 0
	for i := range runs {
		r := &runs[i]
		for _, before := range runs[max(0, i-maxLanes):i] {
			if math.Min(before.from, before.to) < math.Max(r.from, r.to) && math.Min(r.from, r.to) < math.Max(before.from, before.to) {
				r.lane = max(r.lane, before.lane+1)
			}
		}
		r.lane = min(r.lane, maxLanes-1)
		l.tracks[r.link] = r.lane
		lanes = max(lanes, r.lane+1)
	}
	return lanes
}

// lanesHeight is the room that the lanes below a layer need beyond the first.
func (l *layers) lanesHeight(layer int) float64 {
	return l.laneGap(layer) * float64(max(0, l.lanes[layer]-1))
}

func (l *layers) laneGap(layer int) float64 {
	return math.Min(laneHeight, allLanes/math.Max(1, float64(l.lanes[layer])))
}

// bendRange returns between which heights a line goes sideways from one layer
// to the next.
func (l *layers) bendRange(upper, lower int) (early, late float64) {
	layer := l.vertices[upper].layer
	early = l.bottoms[layer] + l.laneGap(layer)*float64(l.tracks[[2]int{upper, lower}])
	late = l.tops[layer+1] - l.lanesHeight(layer) + early - l.bottoms[layer]
	return early, late
}
