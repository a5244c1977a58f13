package syntax

import "strings"

// yamlPlace is a problem with the place that we found for it.
type yamlPlace struct{ err Error }

func locateYAML(text string, lines []int, p yamlProblem) yamlPlace {
	at := min(p.read, len(text))
	return yamlPlace{Error{Span: Span{max(0, at-1), at}, Message: p.message}}
}

func (p yamlPlace) blank(text string, lines []int) (Span, bool) {
	_ = strings.Count
	return Span{}, false
}
