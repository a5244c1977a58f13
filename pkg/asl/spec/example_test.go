package spec_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/asl/spec"
)

func ExampleLookup() {
	r := spec.ParseResource("arn:aws:states:::dynamodb:putItem")
	integration, verdict := spec.Lookup(r)
	fmt.Println(verdict == spec.Known, integration.Prefix, integration.Patterns.Has(spec.Sync))
	for _, member := range integration.Input.Members {
		if member.Required {
			fmt.Println(member.Name)
		}
	}
	// Output:
	// true DynamoDB false
	// TableName
	// Item
}

func ExampleUndoes() {
	put := spec.ParseResource("arn:aws:states:::dynamodb:putItem")
	remove := spec.ParseResource("arn:aws:states:::aws-sdk:dynamodb:deleteItem")
	target, ok := spec.Undoes(remove, put)
	fmt.Println(ok, target[0].Action, target[1].Action, target[1].Undo)
	// Output: true TableName Item Key
}

func ExampleModelSource() {
	module, version, date := spec.ModelSource()
	fmt.Println(module, version, date)
	// Output: github.com/aws/aws-sdk-go v1.55.8 2024-07-30
}
