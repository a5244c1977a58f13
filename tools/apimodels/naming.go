package main

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Step Functions calls the APIs through the AWS SDK for Java 2.x and spells
// parameters, results, errors and service prefixes as that SDK's fluent names,
// with a capital first letter. These are the naming rules of its code generator.

// memberName spells a member of a structure: DBInstanceIdentifier becomes
// DbInstanceIdentifier, awsvpcConfiguration AwsvpcConfiguration, SSEKMSKeyId
// SsekmsKeyId. Only the leading acronym changes.
func memberName(name string) string {
	return capitalize(uncapitalize(name))
}

// actionName spells an action in a Resource: DescribeDBInstances becomes
// describeDBInstances.
func actionName(operation string) string { return uncapitalize(operation) }

// errorName spells an error without its service prefix: DBInstanceNotFoundFault
// becomes DbInstanceNotFoundException.
func errorName(shape string) string {
	name := strings.TrimSuffix(shape, "Fault")
	if strings.HasSuffix(name, "Exception") && name == shape {
		return pascalCase(name)
	}
	return pascalCase(name) + "Exception"
}

// servicePrefix spells a service in error names: "Elastic Load Balancing v2"
// becomes ElasticLoadBalancingV2, "Config Service" Config.
func servicePrefix(serviceID string) string {
	name := pascalCase(serviceID)
	name = strings.TrimPrefix(name, "Amazon")
	name = strings.TrimPrefix(name, "Aws")
	return strings.TrimSuffix(name, "Service")
}

func capitalize(word string) string {
	first, size := utf8.DecodeRuneInString(word)
	return string(unicode.ToUpper(first)) + word[size:]
}

// uncapitalize lowers the first letter, and with it the rest of a leading
// acronym up to the capital that begins the next word.
func uncapitalize(word string) string {
	letters := []byte(word)
	for i := range letters {
		startsWord := i+1 < len(letters) && isLower(letters[i+1])
		if i > 0 && (!isUpper(letters[i]) || startsWord) {
			break
		}
		if isUpper(letters[i]) {
			letters[i] += 'a' - 'A'
		}
	}
	return string(letters)
}

func isUpper(c byte) bool { return 'A' <= c && c <= 'Z' }
func isLower(c byte) bool { return 'a' <= c && c <= 'z' }

var wordBoundaries = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`[^A-Za-z0-9]+`), " "},
	{regexp.MustCompile(`([^a-z]{2,})v([0-9]+)`), "$1 v$2 "},
	{regexp.MustCompile(`([^A-Z]{2,})V([0-9]+)`), "$1 V$2 "},
	{regexp.MustCompile(`([a-z])([A-Z][a-zA-Z0-9])`), "$1 $2"},
	{regexp.MustCompile(`([A-Z]+)([A-Z][a-z])`), "$1 $2"},
	{regexp.MustCompile(`([0-9])([a-zA-Z])`), "$1 $2"},
}

// pascalCase splits a name into words and gives each one capital letter.
func pascalCase(name string) string {
	for _, boundary := range wordBoundaries {
		name = boundary.pattern.ReplaceAllString(name, boundary.with)
	}
	var joined strings.Builder
	for _, word := range strings.Fields(name) {
		joined.WriteString(capitalize(strings.ToLower(word)))
	}
	return joined.String()
}

// javaWords are the names a Java method cannot have; the SDK appends "Value" to
// a member so named: equals becomes EqualsValue.
var javaWords = wordSet(`abstract assert boolean break byte case catch char class const continue default do double
	else enum equals extends final finally float for getclass goto hashcode if implements import instanceof int
	interface long native new notify null package private protected public return short static strictfp super switch
	synchronized this throw throws tostring transient try void volatile wait while true false`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(words) {
		set[word] = true
	}
	return set
}

// memberNames returns the spellings of a member that Step Functions takes, the
// usual one first.
func memberNames(structure, member string) []string {
	name := memberName(member)
	switch {
	case structure == "AttributeValue" && name != member:
		// Of DynamoDB values it takes and returns both BOOL and Bool.
		if member == "NULL" {
			return []string{"NULL", "Nul", "Null"}
		}
		return []string{member, name}
	case javaWords[strings.ToLower(member)]:
		return []string{name + "Value", name}
	}
	return []string{name}
}
