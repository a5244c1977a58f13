package asl

import (
	"slices"
	"strings"

	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// HasSubstitution reports whether text holds a ${...} that a deployment tool
// replaces before the service sees the definition: CloudFormation's
// DefinitionSubstitutions, a template of Terraform, the Serverless Framework.
// Such text cannot be judged.
func HasSubstitution(text string) bool {
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			return false
		}
		text = text[start+len("${"):]
		if end := strings.IndexAny(text, "{}\n"); end > 0 && text[end] == '}' {
			return true
		}
	}
}

// isSubstituted reports whether node is text with a substitution in it, which
// may stand for a value of any type.
func isSubstituted(node syntax.Node) bool {
	text, ok := node.(*syntax.String)
	return ok && HasSubstitution(text.Value)
}

// isPartlySubstituted reports whether a substitution stands for a list or for an
// element of it, so that what the list holds is not known.
func isPartlySubstituted(node syntax.Node) bool {
	list, ok := node.(*syntax.Array)
	return isSubstituted(node) || ok && slices.ContainsFunc(list.Items, isSubstituted)
}

// hasNamedSubstitution is the strict form for text that is itself a program:
// ${Name} with nothing but a name inside, since JSONata has a use of its own for
// $ before a brace.
func hasNamedSubstitution(text string) bool {
	for {
		start := strings.Index(text, "${")
		if start < 0 {
			return false
		}
		text = text[start+len("${"):]
		end := strings.IndexFunc(text, func(r rune) bool { return !isIDContinue(r) && !strings.ContainsRune(".:-", r) })
		if end > 0 && text[end] == '}' {
			return true
		}
	}
}
