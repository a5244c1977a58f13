package jsonpath_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/jsonpath"
	"github.com/sfnctl/sfnctl/pkg/value"
)

func ExamplePath_Eval() {
	input, _ := value.Parse(`{"order":{"lines":[{"sku":"a","price":3},{"sku":"b","price":30}]}}`)
	for _, text := range []string{"$.order.lines[0].sku", "$.order.lines[?(@.price > 10)].sku", "$.order.customer.name"} {
		path, err := jsonpath.Parse(text)
		if err != nil {
			fmt.Println(err)
			continue
		}
		found, err := path.Eval(input)
		if err != nil {
			fmt.Println(err)
			continue
		}
		fmt.Println(found)
	}
	// Output:
	// "a"
	// ["b"]
	// Invalid path '$.order.customer.name' : Missing property in path $['order']['customer']
}

func ExamplePath_Set() {
	path, _ := jsonpath.ParseReference("$.task.result")
	input, _ := value.Parse(`{"id":7}`)
	output, _ := path.Set(input, value.String("done"))
	fmt.Println(output)
	// Output: {"id":7,"task":{"result":"done"}}
}
