package spec

// splitWords splits the camelCase name of an action into its words:
// "batchGetItem" gives batch, Get, Item and "describeDBInstances" describe, DB,
// Instances.
func splitWords(name string) []string {
	var words []string
	start := 0
	for i := 1; i < len(name); i++ {
		upper := isUpper(name[i])
		beginsWord := upper && !isUpper(name[i-1]) || upper && i+1 < len(name) && isLower(name[i+1])
		if beginsWord {
			words = append(words, name[start:i])
			start = i
		}
	}
	return append(words, name[start:])
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }
