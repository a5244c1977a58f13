// Package extract finds the state machines in the files where users keep them:
// templates of CloudFormation and SAM, output of the AWS CDK, serverless.yml,
// Terraform modules, answers of the AWS API, and plain definitions. It executes
// nothing and fetches nothing.
package extract

import (
	"bytes"
	"path"
	"strings"

	"github.com/sfnctl/sfnctl/internal/extract/cloudformation"
	"github.com/sfnctl/sfnctl/internal/extract/host"
	"github.com/sfnctl/sfnctl/internal/extract/serverless"
	"github.com/sfnctl/sfnctl/internal/extract/terraform"
	"github.com/sfnctl/sfnctl/pkg/syntax"
)

// Kind is what a file is.
type Kind uint8

// The kinds of files.
const (
	Plain          Kind = iota // a definition, or nothing that is known
	CloudFormation             // a template of CloudFormation or SAM, written by hand or by the AWS CDK
	Serverless                 // serverless.yml with the plugin for Step Functions
	Terraform                  // a file of a Terraform module
	Answer                     // what the AWS API answers or takes: a definition as text
	Assembly                   // manifest.json of the AWS CDK
)

// String returns the name for messages.
func (k Kind) String() string {
	return [...]string{"definition", "CloudFormation template", "Serverless Framework configuration", "Terraform configuration",
		"answer of the AWS API", "output of the AWS CDK"}[k]
}

// KindOf tells what a file is by its name and a look at its content, without
// parsing it.
func KindOf(name string, content []byte) Kind {
	has := func(word string) bool { return bytes.Contains(content, []byte(word)) }
	switch strings.ToLower(path.Ext(name)) {
	case ".tf":
		return Terraform
	case ".asl":
		return Plain
	}
	base := strings.ToLower(path.Base(name))
	if strings.HasSuffix(base, ".tf.json") {
		return Terraform
	}
	switch {
	case serverless.IsProgram(base):
		if has("stepFunctions") {
			return Serverless
		}
		return Plain
	case has("AWS::StepFunctions::StateMachine") || has("AWS::Serverless::StateMachine"):
		if isTemplate(content) {
			return CloudFormation
		}
	case has("stepFunctions") && (has("stateMachines") || has("${file(")) && isYAML(base):
		return Serverless
	case !has("StartAt") && has("AWS::") && isTemplate(content):
		return CloudFormation // without a state machine
	case base == "manifest.json" && has("aws:cloudformation:stack"):
		return Assembly
	case has(`"definition"`) && has("StartAt") && hasMember(content, "definition") && !hasMember(content, "StartAt"):
		return Answer
	}
	return Plain
}

func isYAML(base string) bool {
	return strings.HasSuffix(base, ".yml") || strings.HasSuffix(base, ".yaml")
}

// isTemplate reports whether a text has the section of a template that holds its
// resources.
func isTemplate(content []byte) bool {
	return bytes.Contains(content, []byte(`"Resources"`)) || bytes.Contains(content, []byte("\nResources:")) ||
		bytes.HasPrefix(content, []byte("Resources:"))
}

// HoldsMachine reports whether a file met on the way may hold a state machine
// that is not a plain definition. The manifest of a CDK assembly does not count:
// the templates that it lists lie next to it.
func HoldsMachine(name string, content []byte) bool {
	has := func(word string) bool { return bytes.Contains(content, []byte(word)) }
	switch KindOf(name, content) {
	case CloudFormation:
		return has("AWS::StepFunctions::StateMachine") || has("AWS::Serverless::StateMachine")
	case Terraform:
		return has("aws_sfn_state_machine") || has("definition") && has("module ")
	case Serverless, Answer:
		return true
	}
	return false
}

// hasMember reports whether the outermost object of a JSON text has a member of
// that name: a cheap look that does not mind broken text.
func hasMember(content []byte, name string) bool {
	depth := 0
	for i := 0; i < len(content); i++ {
		switch content[i] {
		case '{', '[':
			depth++
		case '}', ']':
			depth--
		case '"':
			start := i + 1
			for i++; i < len(content) && content[i] != '"' && content[i] != '\n'; i++ {
				if content[i] == '\\' {
					i++
				}
			}
			if depth == 1 && i < len(content) && string(content[start:i]) == name &&
				bytes.HasPrefix(bytes.TrimLeft(content[i+1:], " \t\r\n"), []byte(":")) {
				return true
			}
		}
	}
	return false
}

// Result is what a file holds.
type Result struct {
	Kind     Kind
	Machines []host.Machine
	Faults   []syntax.Error // of the file's notation, outside of definitions
}

// Machines returns the state machines of a file that is not a plain definition.
func Machines(request *host.Request) Result {
	result := Result{Kind: KindOf(request.File.Name, request.File.Src)}
	switch result.Kind {
	case CloudFormation:
		result.Machines, result.Faults = cloudformation.Extract(request)
	case Serverless:
		result.Machines, result.Faults = serverless.Extract(request)
	case Answer:
		result.Machines, result.Faults = answer(request)
	case Assembly:
		result.Machines = assembly(request)
	case Terraform:
		result.Machines, result.Faults = terraform.Extract(request)
	}
	for i := range result.Machines {
		result.Machines[i].CheckParts()
	}
	return result
}
