// Command apimodels writes the table of AWS APIs that pkg/asl/spec embeds: for
// every service that Step Functions can call through an AWS SDK integration its
// actions, their parameters, results and errors, spelt as Step Functions spells
// them.
//
// The facts come from the public API models that the Go module
// github.com/aws/aws-sdk-go carries as data (models/apis/*/*/api-2.json), and
// from services.txt, the list of service names and error prefixes in the Step
// Functions guide. The output depends on nothing else, so that two runs over the
// same module write the same bytes.
//
// To renew the table, from the folder tools:
//
//	go get github.com/aws/aws-sdk-go@VERSION
//	go run ./apimodels -out ../pkg/asl/spec/apis.bin
//
// and run the tests of pkg/asl/spec.
package main

// The models are data in the folder of the module; importing a small package of it
// keeps the module in go.mod.
import _ "github.com/aws/aws-sdk-go/aws/awserr"
