package spec

import (
	"slices"
	"strings"
	"testing"
)

func tables() []*Table {
	return []*Table{
		&Machine, &Branch, &Processor, &ProcessorConfig, &State, &Retrier, &Catcher, &ChoiceRule, &NestedRule,
		&ItemReader, &ReaderConfig, &ItemBatcher, &ResultWriter, &WriterConfig,
	}
}

func TestTablesAreSound(t *testing.T) {
	for _, table := range tables() {
		seen := map[string]bool{}
		for _, field := range table.Fields {
			if seen[field.Name] {
				t.Errorf("%s: field %s stands twice", table.Name, field.Name)
			}
			seen[field.Name] = true
			if (table == &State) != (field.Types != 0) {
				t.Errorf("%s: field %s has Types %v", table.Name, field.Name, field.Types.Names())
			}
			if (field.Kind == EnumValue) != (len(field.Values) > 0) {
				t.Errorf("%s: field %s: an enumeration has values, other fields have none", table.Name, field.Name)
			}
			if field.Max != 0 && field.Min > field.Max {
				t.Errorf("%s: field %s: empty range", table.Name, field.Name)
			}
			if strings.HasSuffix(field.Name, "Path") && field.Language != JSONPathOnly {
				t.Errorf("%s: field %s: paths exist in JSONPath only", table.Name, field.Name)
			}
		}
		for _, group := range table.Groups {
			for _, name := range group.Fields {
				if !seen[name] {
					t.Errorf("%s: group of the unknown field %s", table.Name, name)
				}
			}
		}
	}
}

// The measured table of the service: which state types take which field.
func TestStateFieldsAreThoseThatTheServiceTakes(t *testing.T) {
	want := map[string]string{
		"Pass":     "InputPath OutputPath Result ResultPath Parameters Output Assign Next End",
		"Task":     "InputPath OutputPath ResultPath Parameters Output Assign Next End Resource Arguments Credentials ResultSelector Retry Catch TimeoutSeconds TimeoutSecondsPath HeartbeatSeconds HeartbeatSecondsPath",
		"Wait":     "InputPath OutputPath Output Assign Next End Seconds Timestamp SecondsPath TimestampPath",
		"Choice":   "InputPath OutputPath Output Assign Choices Default",
		"Parallel": "InputPath OutputPath Parameters Arguments ResultSelector ResultPath Output Assign Retry Catch Branches Next End",
		"Map": "InputPath OutputPath Parameters ResultSelector ResultPath Output Assign Retry Catch Next End ItemProcessor Iterator ItemsPath Items ItemSelector" +
			" ItemReader ItemBatcher ResultWriter MaxConcurrency MaxConcurrencyPath ToleratedFailureCount ToleratedFailureCountPath" +
			" ToleratedFailurePercentage ToleratedFailurePercentagePath Label",
		"Succeed": "InputPath OutputPath Output",
		"Fail":    "Error Cause ErrorPath CausePath",
	}
	for name, fields := range want {
		expected := append(strings.Fields(fields), "Type", "Comment", "QueryLanguage")
		var got []string
		for _, field := range State.Fields {
			if field.Types&TypeByName(name) != 0 {
				got = append(got, field.Name)
			}
		}
		slices.Sort(expected)
		slices.Sort(got)
		if !slices.Equal(got, expected) {
			t.Errorf("%s takes\n%v, want\n%v", name, got, expected)
		}
	}
}

func TestThereAre39Operators(t *testing.T) {
	names := OperatorNames()
	if len(names) != 39 {
		t.Errorf("%d operators", len(names))
	}
	for _, name := range names {
		operator, path := FindOperator(name)
		if operator == nil || path != strings.HasSuffix(name, "Path") {
			t.Errorf("FindOperator(%q) = %v, %v", name, operator, path)
		}
	}
	for _, name := range []string{"StringMatchesPath", "IsNullPath", "stringEquals", "Path", ""} {
		if operator, _ := FindOperator(name); operator != nil {
			t.Errorf("%q is no operator", name)
		}
	}
}
