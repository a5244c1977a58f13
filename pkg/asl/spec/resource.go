package spec

import "strings"

// ResourceKind says what a Resource field names.
type ResourceKind uint8

// The kinds of resources.
const (
	InvalidResource      ResourceKind = iota // no ARN at all
	ForeignResource                          // an ARN that no Task runs, such as that of a state machine
	SubstitutedResource                      // a ${...} hides what it is
	LambdaFunction                           // arn:aws:lambda:REGION:ACCOUNT:function:NAME[:QUALIFIER]
	Activity                                 // arn:aws:states:REGION:ACCOUNT:activity:NAME
	OptimizedIntegration                     // arn:aws:states:::dynamodb:putItem; http:invoke is one of them
	SDKIntegration                           // arn:aws:states:::aws-sdk:dynamodb:putItem
)

// Pattern is a service integration pattern: when a Task is done.
type Pattern uint8

// The integration patterns.
const (
	RequestResponse  Pattern = iota // as soon as the service answers
	Sync                            // when the job that was started has ended
	Sync2                           // the same, with the output parsed as JSON
	WaitForTaskToken                // when somebody returns the task token
	UnknownPattern                  // a suffix that does not exist
)

var patternSuffixes = [...]string{"", ".sync", ".sync:2", ".waitForTaskToken", ""}

// Suffix returns what the pattern adds to a Resource, such as ".sync".
func (p Pattern) Suffix() string { return patternSuffixes[p] }

// IsJob reports whether a Task with the pattern waits for a job to end.
func (p Pattern) IsJob() bool { return p == Sync || p == Sync2 }

// Resource is a Resource field of a Task, ItemReader or ResultWriter, taken
// apart. What a ${...} stands for is unknown; it is kept as it is written.
type Resource struct {
	Text      string // as written
	Kind      ResourceKind
	Partition string // "aws", "aws-cn", ...
	Region    string
	Account   string
	Service   string // "dynamodb"; "lambda" for a function, "states" for an activity
	Action    string // "putItem"; empty for functions and activities
	Pattern   Pattern
	Suffix    string // the pattern's suffix as written
	Name      string // of the function or activity
	Qualifier string // version or alias of the function; with HasQualifier it may be empty
	// HasQualifier says that the ARN of a function has a field for the qualifier.
	HasQualifier bool
}

// ParseResource takes a Resource apart. It never fails: what cannot be read is
// an [InvalidResource].
func ParseResource(text string) Resource {
	r := Resource{Text: text}
	parts := arnParts{rest: text}
	prefix, partition, service := parts.next(), parts.next(), parts.next()
	region, account := parts.next(), parts.next()
	if prefix != "arn" || parts.done {
		if hasSubstitution(text) {
			r.Kind = SubstitutedResource
		}
		return r
	}
	r.Kind = ForeignResource
	r.Partition, r.Region, r.Account = partition, region, account
	switch {
	case hasSubstitution(service):
		r.Kind = SubstitutedResource
	case service == "lambda":
		r.readFunction(parts)
	case service == "states":
		r.readStates(parts)
	}
	return r
}

// readFunction reads function:NAME[:QUALIFIER].
func (r *Resource) readFunction(parts arnParts) {
	hidden := hasSubstitution(parts.rest)
	kind, name := parts.next(), parts.next()
	qualifier, hasQualifier := "", !parts.done
	if hasQualifier {
		qualifier = parts.next()
	}
	switch {
	case kind == "function" && name != "" && parts.done:
		r.Kind, r.Service, r.Name = LambdaFunction, "lambda", name
		r.Qualifier, r.HasQualifier = qualifier, hasQualifier
	case hidden:
		r.Kind = SubstitutedResource
	}
}

// readStates reads what follows the account in an ARN of Step Functions:
// activity:NAME, SERVICE:ACTION or aws-sdk:SERVICE:ACTION.
func (r *Resource) readStates(parts arnParts) {
	after := parts
	switch kind := after.next(); {
	case kind == "activity":
		if name := after.next(); name != "" && after.done {
			r.Kind, r.Service, r.Name = Activity, "states", name
		}
	case stateMachineResources[kind]:
	case kind == "aws-sdk":
		r.readIntegration(SDKIntegration, after)
	default:
		r.readIntegration(OptimizedIntegration, parts)
	}
}

// stateMachineResources are the resource types of Step Functions that a Task
// cannot name: it starts another machine through states:startExecution.
var stateMachineResources = map[string]bool{
	"stateMachine": true, "execution": true, "express": true, "mapRun": true, "activities": true,
}

func (r *Resource) readIntegration(kind ResourceKind, parts arnParts) {
	if hasSubstitution(parts.rest) {
		kind = SubstitutedResource
	}
	service := parts.next()
	if parts.done {
		if kind == SubstitutedResource {
			r.Kind = kind
		}
		return
	}
	r.Kind, r.Service = kind, service
	rest, end := parts.rest, 0
	for end < len(rest) && rest[end] != '.' && rest[end] != ':' {
		end++
	}
	r.Action, r.Suffix = rest[:end], rest[end:]
	r.Pattern = patternOf(r.Suffix)
}

func patternOf(suffix string) Pattern {
	for pattern := RequestResponse; pattern < UnknownPattern; pattern++ {
		if pattern.Suffix() == suffix {
			return pattern
		}
	}
	return UnknownPattern
}

// IsIntegration reports whether a Task with the resource calls an API by itself.
func (r *Resource) IsIntegration() bool {
	return r.Kind == OptimizedIntegration || r.Kind == SDKIntegration
}

// IsHTTP reports whether the resource is that of an HTTP task.
func (r *Resource) IsHTTP() bool {
	return r.Kind == OptimizedIntegration && r.Service == "http" && r.Action == "invoke"
}

// IsLambda reports whether a Task with the resource runs a function, be it
// named directly or through lambda:invoke.
func (r *Resource) IsLambda() bool {
	return r.Kind == LambdaFunction || r.IsIntegration() && r.Service == "lambda" && r.Action == "invoke"
}

// EventType is the resourceType of the history events of a Task, such as
// "aws-sdk:dynamodb".
func (r *Resource) EventType() string {
	if r.Kind == SDKIntegration {
		return "aws-sdk:" + r.Service
	}
	return r.Service
}

// EventResource is the resource of the history events of a Task: "putItem",
// "startExecution.sync:2", or the ARN of a function or activity.
func (r *Resource) EventResource() string {
	if r.IsIntegration() {
		return r.Action + r.Suffix
	}
	return r.Text
}

// arnParts cuts an ARN at its colons, but not at those inside ${...}, such as
// ${AWS::Partition}, nor inside {{...}}.
type arnParts struct {
	rest string
	done bool // nothing follows the last part
}

// next returns the next part, "" at the end.
func (p *arnParts) next() string {
	depth := 0
	for i := range len(p.rest) {
		switch p.rest[i] {
		case '{':
			depth++
		case '}':
			depth = max(0, depth-1)
		case ':':
			if depth == 0 {
				part := p.rest[:i]
				p.rest = p.rest[i+1:]
				return part
			}
		}
	}
	part := p.rest
	p.rest, p.done = "", true
	return part
}

// hasSubstitution reports whether text holds a placeholder that a deployment
// tool fills in.
func hasSubstitution(text string) bool {
	return isPaired(text, "${", "}") || isPaired(text, "{{", "}}")
}

// isPaired reports whether text holds an opening mark and its closing one behind it.
func isPaired(text, opening, closing string) bool {
	_, inside, found := strings.Cut(text, opening)
	return found && strings.Contains(inside, closing)
}

// ExpressFault says what an Express workflow cannot do about the resource, in
// our words and in those of the service; both are empty when it can.
func (r *Resource) ExpressFault() (message, aws string) {
	switch {
	case r.Kind == Activity:
		return "waits for an activity", "Express state machine does not support Activity ARN"
	case r.Pattern.IsJob():
		return "waits for a job (" + r.Pattern.Suffix() + ")", "Express state machine does not support '.sync' service integration"
	case r.Pattern == WaitForTaskToken:
		// The blank at the end is the service's.
		return "waits for a callback (.waitForTaskToken)", "Express state machine does not support '.waitForTaskToken' service integration "
	}
	return "", ""
}
