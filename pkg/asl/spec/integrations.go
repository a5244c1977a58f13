package spec

// Integration is one action of a service as a Task can call it. Integrations
// are shared and must not be changed.
type Integration struct {
	Service    string // as the resource ARN spells it
	Action     string
	Optimized  bool
	Prefix     string // of error names: "DynamoDB" when optimized, "DynamoDb" through the SDK; empty when not known
	Patterns   Patterns
	Input      *Shape // the parameters, a Structure; never nil
	Output     *Shape // the result; nil when it is empty or not described
	Method     string // the HTTP method of the API
	Deprecated bool
	Place      Place
	errors     []string // declared errors, without the prefix
}

// Patterns is a set of integration patterns.
type Patterns uint8

// Has reports whether the set holds the pattern.
func (p Patterns) Has(pattern Pattern) bool { return p&(1<<pattern) != 0 }

// Place says in which field a resource can stand.
type Place uint8

// The places of resources.
const (
	InTask Place = iota
	InItemReader
	InResultWriter
)

// Errors returns the errors that the API declares, as ErrorEquals spells them,
// such as "DynamoDB.ConditionalCheckFailedException". An action can also fail
// with errors that every service has.
func (i *Integration) Errors() []string {
	if i.Prefix == "" {
		return nil
	}
	names := make([]string, len(i.errors))
	for at, name := range i.errors {
		names[at] = i.Prefix + "." + name
	}
	return names
}

// Verdict says what is known of the integration that a resource names.
type Verdict uint8

// The verdicts of [Lookup].
const (
	Known          Verdict = iota
	UnknownService         // no such service
	UnknownAction          // the service has no such action, as far as our dated table knows
	NotOffered             // the API has the action, and Step Functions does not offer it
	Uncharted              // the service exists and its actions are not in the table, or the resource is no integration
)

// Lookup finds the integration that a resource names. It is nil unless the
// verdict is [Known].
func Lookup(r Resource) (*Integration, Verdict) {
	switch r.Kind {
	case OptimizedIntegration:
		return lookupOptimized(r)
	case SDKIntegration:
		return lookupSDK(r.Service, r.Action)
	}
	return nil, Uncharted
}

func lookupSDK(service, action string) (*Integration, Verdict) {
	found := apis().services[service]
	switch {
	case found == nil:
		return nil, UnknownService
	case isNotOffered(service, action):
		return nil, NotOffered
	case !found.charted:
		return nil, Uncharted
	}
	if integration := found.decoded().byName[action]; integration != nil {
		return integration, Known
	}
	return nil, UnknownAction
}

func lookupOptimized(r Resource) (*Integration, Verdict) {
	actions, known := optimizedTable().actions[r.Service]
	if !known {
		return nil, UnknownService
	}
	if made := actions[r.Action]; made != nil {
		return made(), Known
	}
	return nil, UnknownAction
}
