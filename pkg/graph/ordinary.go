package graph

import "strings"

// ordinaryErrors are words in the names of errors that report a fact the
// workflow asked about rather than a failure: the thing is not there, it is
// there already, it is switched off. Names are compared in lower case, without
// the service's prefix.
var ordinaryErrors = []string{
	"notfound", "nosuch", "notexist", "doesnotexist", "alreadyexist", "already", "duplicate", "exists",
	"conditionalcheckfailed", "notenabled", "disabled", "notmodified", "unchanged", "uptodate",
	"nothingto", "nomore", "inprogress", "notneeded", "notrequired",
}

// IsOrdinaryError reports whether an error is ordinary control flow by its
// name, such as DynamoDB.ConditionalCheckFailedException. Reserved names never are.
func IsOrdinaryError(name string) bool {
	if strings.HasPrefix(name, "States.") {
		return false
	}
	name = strings.ToLower(name[strings.LastIndexByte(name, '.')+1:])
	name = strings.NewReplacer("_", "", "-", "", " ", "").Replace(name)
	for _, word := range ordinaryErrors {
		if strings.Contains(name, word) {
			return true
		}
	}
	return false
}

func allOrdinary(names []string) bool {
	for _, name := range names {
		if !IsOrdinaryError(name) {
			return false
		}
	}
	return len(names) > 0
}
