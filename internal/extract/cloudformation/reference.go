package cloudformation

import (
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// ref evaluates a Ref: what the user gives, a pseudo parameter, a parameter
// with a default, a resource.
func (t *template) ref(name string) host.Value {
	if text, ok := t.request.Given(name); ok {
		return host.Known(text)
	}
	if v, ok := pseudoParameter(name); ok {
		return v
	}
	if value, ok := t.defaultOf(name); ok {
		return value
	}
	if t.known != nil {
		if v, ok := t.known(name, ""); ok {
			return v
		}
	}
	if resource := object(t.resources.Get(name)); resource != nil {
		return t.refOf(name, text(resource.Get("Type")))
	}
	return host.Unknown(name)
}

// knows reports whether the template has a parameter, resource or pseudo
// parameter of that name, or may get one from a transform.
func (t *template) knows(name string) bool {
	name, _, _ = strings.Cut(name, ".")
	if _, ok := t.request.Given(name); ok {
		return true
	}
	if strings.HasPrefix(name, "AWS::") || t.parameters.Get(name) != nil || t.resources.Get(name) != nil {
		return true
	}
	if t.isSAM() && (strings.HasPrefix(name, "Serverless") || t.isGenerated(name)) {
		return true
	}
	return len(t.transforms) > 1 || len(t.transforms) == 1 && !t.isSAM()
}

// isGenerated reports whether SAM makes the resource: the name of one in the
// template and a suffix, such as MyFunctionRole.
func (t *template) isGenerated(name string) bool {
	for _, member := range members(t.resources) {
		if strings.HasPrefix(name, member.Key.Value) {
			return true
		}
	}
	return false
}

func pseudoParameter(name string) (host.Value, bool) {
	switch name {
	case "AWS::Partition":
		return host.Known("aws"), true
	case "AWS::URLSuffix":
		return host.Known("amazonaws.com"), true
	}
	return host.Unknown(name), strings.HasPrefix(name, "AWS::")
}

// defaultOf returns the default of a parameter. One of a type that names a
// Systems Manager parameter is only its name, and an empty one says nothing.
func (t *template) defaultOf(name string) (host.Value, bool) {
	parameter := object(t.parameters.Get(name))
	if parameter == nil || strings.HasPrefix(text(parameter.Get("Type")), "AWS::SSM::") {
		return host.Value{}, false
	}
	node := parameter.Get("Default")
	if node == nil {
		return host.Value{}, false
	}
	value := t.plain(node)
	if kind := text(parameter.Get("Type")); strings.Contains(kind, "List") {
		for _, item := range strings.Split(value.Text, ",") {
			value.List = append(value.List, host.Known(strings.TrimSpace(item)))
		}
	}
	return value, value.Known && strings.TrimSpace(value.Text) != ""
}

// arnForms say what the ARN of a resource looks like; NAME stands for a
// placeholder.
func arnForms(resourceType string) string {
	switch resourceType {
	case "AWS::Serverless::Function", "AWS::Lambda::Function":
		return "arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:NAME"
	case cloudFormationType, samType:
		return "arn:aws:states:${AWS::Region}:${AWS::AccountId}:stateMachine:NAME"
	case "AWS::StepFunctions::Activity":
		return "arn:aws:states:${AWS::Region}:${AWS::AccountId}:activity:NAME"
	case "AWS::SNS::Topic":
		return "arn:aws:sns:${AWS::Region}:${AWS::AccountId}:NAME"
	case "AWS::SQS::Queue":
		return "arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:NAME"
	case "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable":
		return "arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/NAME"
	case "AWS::S3::Bucket":
		return "arn:aws:s3:::NAME"
	}
	return ""
}

func arnOf(resourceType, name string) host.Value {
	form := arnForms(resourceType)
	if form == "" {
		return host.Unknown(name + ".Arn")
	}
	return host.Partly(strings.Replace(form, "NAME", "${"+name+"}", 1))
}

// refOf returns what a Ref to a resource gives: its ARN, its URL or its name.
func (t *template) refOf(name, resourceType string) host.Value {
	switch resourceType {
	case cloudFormationType, samType, "AWS::StepFunctions::Activity", "AWS::SNS::Topic":
		return arnOf(resourceType, name)
	case "AWS::SQS::Queue":
		return host.Partly("https://sqs.${AWS::Region}.amazonaws.com/${AWS::AccountId}/${" + name + "}")
	}
	return host.Unknown(name)
}

// attribute returns what Fn::GetAtt gives.
func (t *template) attribute(name, attribute string) host.Value {
	if text, ok := t.request.Given(name + "." + attribute); ok {
		return host.Known(text)
	}
	if t.known != nil {
		if v, ok := t.known(name, attribute); ok {
			return v
		}
	}
	resource := object(t.resources.Get(name))
	if attribute == "Arn" && resource != nil {
		return arnOf(text(resource.Get("Type")), name)
	}
	return host.Unknown(name + "." + attribute)
}

// substitution evaluates one ${...} of an Fn::Sub.
func (t *template) substitution(name string, own *syntax.Object) host.Value {
	name = strings.TrimSpace(name)
	if node := own.Get(name); node != nil {
		return t.value(node)
	}
	if resource, attribute, found := strings.Cut(name, "."); found && t.parameters.Get(name) == nil {
		return t.attribute(resource, attribute)
	}
	return t.ref(name)
}
