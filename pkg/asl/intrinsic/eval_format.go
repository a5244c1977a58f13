package intrinsic

import (
	"strings"

	"github.com/sfnctl/sfnctl/pkg/value"
)

// format replaces each {} of the template. Braces that stand for themselves are
// escaped in the template, whether it is a literal or comes from a path.
func format(e *evaluation, c *Call, args []value.Value) (value.Value, error) {
	template := args[0].Str()
	if c.Args[0].Kind == ArgumentLiteral {
		template = literalTemplate(&c.Args[0])
	}
	if message := templateMessage(template, len(args)-1); message != "" {
		return value.Value{}, &Failure{e.whole.Text, message}
	}
	dst := make([]byte, 0, len(template)+16*len(args))
	next := 1
	for i := 0; i < len(template); i++ {
		switch c0 := template[i]; {
		case c0 == '\\' && i+1 < len(template) && isEscapable(template[i+1]):
			i++
			dst = append(dst, template[i])
		case c0 == '$' && substitutionLength(template[i:]) > 0:
			length := substitutionLength(template[i:])
			dst = append(dst, template[i:i+length]...)
			i += length - 1
		case c0 == '{':
			i++ // templateMessage has seen the }
			dst = appendFormatted(dst, &c.Args[next], args[next])
			next++
		default:
			dst = append(dst, c0)
		}
	}
	return value.String(string(dst)), nil
}

// literalTemplate is the template between the quotes, its escapes kept.
func literalTemplate(a *Argument) string { return a.Text[1 : len(a.Text)-1] }

func isEscapable(c byte) bool { return strings.IndexByte(`'{}\`, c) >= 0 }

// substitutionLength returns the length of a ${name} that template starts with,
// 0 when it does not. Deployment tools put a text in its place, so that the
// service never sees it; here it stands for itself.
func substitutionLength(template string) int {
	name, found := strings.CutPrefix(template, "${")
	end := strings.IndexByte(name, '}')
	if !found || end <= 0 || strings.ContainsAny(name[:end], `{\`) {
		return 0
	}
	return len("${") + end + 1
}

// templateMessage tells what is wrong with a template and its number of
// values; "" when nothing is.
func templateMessage(template string, values int) string {
	placeholders := 0
	for i := 0; i < len(template); i++ {
		switch c := template[i]; {
		case c == '\\' && i+1 < len(template) && isEscapable(template[i+1]):
			i++
		case c == '$':
			i += max(substitutionLength(template[i:])-1, 0)
		case c == '{':
			if i+1 == len(template) || template[i+1] != '}' {
				return "Invalid template in States.Format: matching '}' not found for '{'."
			}
			i++
			placeholders++
		case c == '}':
			return "Invalid template in States.Format: matching '{' not found for '}'."
		}
	}
	if placeholders != values {
		return "Invalid arguments in States.Format: number of arguments do not match the occurrences of {}."
	}
	return ""
}

// appendFormatted appends a value in Java's toString form. What StringToJson
// returns is still a JSON node to the service and prints as JSON.
func appendFormatted(dst []byte, a *Argument, v value.Value) []byte {
	if a.Kind == ArgumentCall && a.Call.Name == "States.StringToJson" {
		return v.Append(dst)
	}
	return value.AppendJava(dst, v)
}
