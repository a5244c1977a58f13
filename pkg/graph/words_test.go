package graph

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/sfnctl/sfnctl/pkg/asl"
)

func TestNamesAreSplitIntoWords(t *testing.T) {
	for name, want := range map[string]string{
		"BookHotel": "book hotel", "Clean Up Lock": "cleanup lock", "sns:NotifyOrderFail": "sns notify order fail",
		"SQSMessage": "sqs message", "create_user-2": "create user 2", "rollBack": "rollback", "": "", "État1": "état 1", "Don't": "dont",
	} {
		if got := strings.Join(nameWords(name), " "); got != want {
			t.Errorf("%q: %q", name, got)
		}
	}
}

func TestInverseVerbsOnTheSameNounArePairs(t *testing.T) {
	for _, test := range []struct {
		action, undo string
		want         int
	}{
		{"BookHotel", "CancelHotel", 2},
		{"ReserveFlight", "CancelFlightReservation", 2},
		{"ReserveCarRental", "CancelRentalReservation", 1},
		{"OrderCreate", "OrderReject", 2},
		{"PaymentDebit", "PaymentCredit", 2},
		{"ProcessPayment", "RefundPayment", 2},
		{"UpdateInventory", "InventoryRollback", 2},
		{"Create an EMR cluster", "Terminate Cluster", 1},
		{"Launch Workers", "Clean Up Workers", 2},
		{"Attach Policies", "DetachPolicy", 2},
		{"HotelBooking", "CancelHotelBooking", 2},
		{"BookHotel", "CancelFlight", 0},
		{"BookHotel", "NotifyHotel", 0},
		{"CreateUser", "DeleteLogs", 0},
		{"UpdateUser", "DeleteUser", 0},
		{"CancelHotel", "BookHotel", 0},
		{"Create", "Delete", 0},
	} {
		best := 0
		for _, did := range readings(test.action) {
			for _, undid := range readings(test.undo) {
				if undoesVerb(undid.verb, did.verb) {
					best = max(best, nounMatch(did.nouns, undid.nouns))
				}
			}
		}
		if best != test.want {
			t.Errorf("%s, %s: %d, want %d", test.action, test.undo, best, test.want)
		}
	}
}

func TestEffectIsToldFromNameAndAPI(t *testing.T) {
	for _, test := range []struct{ name, resource, want string }{
		{"BookHotel", "lambda", "write guessed"},
		{"GetInvoice", "lambda", "none guessed"},
		{"SendMail", "lambda", "notification guessed"},
		{"Order notification", "lambda", "notification guessed"},
		{"Frobnicate", "lambda", "unknown guessed"},
		{"Step 1", "arn:aws:lambda:eu-west-1:123456789012:function:create-user", "write guessed"},
		{"Step 2", "${DeleteUserFunction.Arn}", "write guessed"},
		{"Anything", "arn:aws:states:::dynamodb:getItem", "none known"},
		{"Anything", "arn:aws:states:::dynamodb:putItem", "write known"},
		{"Anything", "arn:aws:states:::sns:publish", "notification known"},
		{"Create it", "arn:aws:states:::lambda:invoke", "write guessed"},
		{"Look", "arn:aws:states:::aws-sdk:ec2:describeInstances", "none known"},
	} {
		resource := test.resource
		if resource == "lambda" {
			resource = "arn:aws:lambda:eu-west-1:123456789012:function:f"
		}
		machine, _ := asl.ParseFile("x.yaml", []byte(`{StartAt: "`+test.name+`", States: {"`+test.name+`": {Type: Task, Resource: "`+resource+`", End: true}}}`))
		effect := Analyze(Build(machine), Options{}).Effects[0]
		got := EffectName(effect.Effect) + " guessed"
		if effect.Certain {
			got = EffectName(effect.Effect) + " known"
		}
		if got != test.want {
			t.Errorf("%s %s: %s, want %s (%s)", test.name, resource, got, test.want, effect.Why)
		}
	}
}

func TestPatternsMatchWholeNames(t *testing.T) {
	for _, test := range []struct {
		pattern, name string
		want          bool
	}{
		{"a", "a", true}, {"a", "ab", false}, {"*", "", true}, {"a*", "ab", true}, {"*b", "ab", true}, {"*b", "ba", false},
		{"a*c", "abc", true}, {"a*c", "ac", true}, {"a*c", "a", false}, {"*x*", "axb", true}, {"*x*", "ab", false},
		{"a*a", "a", false}, {"a**b", "ab", true}, {"[a]", "a", false}, {"a*b*c", "aXbYbZc", true},
	} {
		if got := Match(test.pattern, test.name); got != test.want {
			t.Errorf("%q %q: %t", test.pattern, test.name, got)
		}
	}
	pair := PairPattern{"Make*", "Unmake*"}
	if !pair.matches("MakeHotel", "UnmakeHotel") || pair.matches("MakeHotel", "UnmakeCar") {
		t.Error("the text for which * stands must be the same in both names")
	}
}

func TestOrdinaryErrorsAreToldByName(t *testing.T) {
	ordinary := []string{"UserNotFound", "DynamoDB.ConditionalCheckFailedException", "FeatureNotEnabledException", "S3.NoSuchKeyException", "AlreadyRunning", "resource_not_found"}
	failures := []string{"States.ALL", "States.TaskFailed", "Lambda.ServiceException", "CardDeclined", "NotAuthorized", ""}
	for _, name := range ordinary {
		if !IsOrdinaryError(name) {
			t.Errorf("%q is no failure", name)
		}
	}
	for _, name := range failures {
		if IsOrdinaryError(name) {
			t.Errorf("%q is a failure", name)
		}
	}
}

func TestCatchesFollowsTheRulesOfTheService(t *testing.T) {
	for _, test := range []struct {
		names, error string
		want         bool
	}{
		{"States.ALL", "X", true}, {"States.ALL", "States.Runtime", false}, {"States.ALL", "States.DataLimitExceeded", false},
		{"States.TaskFailed", "X", true}, {"States.TaskFailed", "States.Timeout", false}, {"X", "X", true}, {"x", "X", false},
	} {
		if got := Catches([]string{test.names}, test.error); got != test.want {
			t.Errorf("%s catches %s: %t", test.names, test.error, got)
		}
	}
	if diff := cmp.Diff(true, Uncatchable("States.Runtime")); diff != "" {
		t.Error(diff)
	}
}
