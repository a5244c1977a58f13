package simulate_test

import (
	"fmt"
	"testing"

	"github.com/sfnctl/sfnctl/pkg/simulate"
)

func TestToleratedFailuresCountWhateverMaxConcurrencyIs(t *testing.T) {
	const definition = `{"StartAt": "Each", "States": {"Each": {"Type": "Map", %s, "MaxConcurrency": %d, "End": true, "ItemsPath": "$.items",
	  "ItemProcessor": {"ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"}, "StartAt": "Fails",
	    "States": {"Fails": {"Type": "Choice", "Choices": [{"Variable": "$", "NumericEquals": 1, "Next": "Good"}], "Default": "Bad"},
	      "Good": {"Type": "Succeed"}, "Bad": {"Type": "Fail", "Error": "E"}}}}}}`
	for _, test := range []struct {
		threshold, items string
		want             simulate.Status
	}{
		{`"ToleratedFailurePercentage": 50`, `[1, 2, 2, 2]`, simulate.Failed},
		{`"ToleratedFailurePercentage": 50`, `[1, 1, 2, 2]`, simulate.Succeeded},
		{`"ToleratedFailurePercentagePath": "$.limit"`, `[2, 2, 2, 2]`, simulate.Failed},
		{`"ToleratedFailureCountPath": "$.limit"`, `[2, 2, 2, 2]`, simulate.Succeeded},
		{`"ToleratedFailureCount": 2`, `[1, 2, 2, 2]`, simulate.Failed},
		{`"Comment": "none"`, `[1, 1, 1, 2]`, simulate.Failed},
	} {
		for concurrency := range 6 {
			_, _, result := observed(t, fmt.Sprintf(definition, test.threshold, concurrency), `{"limit": 50, "items": `+test.items+`}`)
			if result.Status != test.want {
				t.Errorf("%s of %s with MaxConcurrency %d: %s, want %s", test.threshold, test.items, concurrency, result.Status, test.want)
			}
		}
	}
}
