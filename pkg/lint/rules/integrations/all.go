// Package integrations holds the rules about what a Task calls: resources,
// integration patterns, parameters, credentials, timeouts and the errors that a
// service can raise. What the services offer is known from pkg/asl/spec.
package integrations

import "github.com/sfnctl/sfnctl/pkg/lint"

// All returns the rules of the category, what AWS refuses first.
func All() []*lint.Rule {
	return []*lint.Rule{
		invalidResource(),
		unknownIntegration(),
		unsupportedPattern(),
		unsupportedInExpress(),
		missingParameter(),
		unknownParameter(),
		invalidParameterValue(),
		missingTaskToken(),
		taskTokenWithoutCallback(),
		httpConnection(),
		httpHeader(),
		impossibleErrorName(),
		callbackWithoutTimeout(),
		jobWithoutTimeout(),
		taskWithoutTimeout(),
		lambdaRetryMissing(),
		pollingLoop(),
		deprecatedAPI(),
		lambdaARNResource(),
		executionNotLinked(),
	}
}
