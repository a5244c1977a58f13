package value_test

import (
	"fmt"

	"github.com/sfnctl/sfnctl/pkg/value"
)

func ExampleParse() {
	v, err := value.Parse(`{"price": 1.50, "tags": ["a", "b"]}`)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(v.Get("price").NumberText(), v.Get("tags").Index(1).Str())
	fmt.Println(v.Text())
	fmt.Println(v.With("paid", value.Bool(true)).Compact())
	// Output:
	// 1.50 b
	// {"price": 1.50, "tags": ["a", "b"]}
	// {"price":1.50,"tags":["a","b"],"paid":true}
}

func ExampleJavaHashOrder() {
	keys := []string{"ApiEndpoint", "Method", "Path", "Stage"}
	for _, at := range value.JavaHashOrder(keys) {
		fmt.Println(keys[at])
	}
	// Output:
	// Path
	// Stage
	// ApiEndpoint
	// Method
}
