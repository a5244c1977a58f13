package graph

import (
	"encoding/json"
	"strings"
	"testing"

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

// pairedBy returns the name of the state that is found to undo the action in a
// machine in which both stand where sagas have them.
func pairedBy(t *testing.T, action, undo string) bool {
	t.Helper()
	text, err := json.Marshal(map[string]any{"StartAt": action, "States": map[string]any{
		action: map[string]any{"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:do", "Next": "Work"},
		"Work": map[string]any{"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:work", "Next": "Done",
			"Catch": []any{map[string]any{"ErrorEquals": []string{"States.ALL"}, "Next": undo}}},
		undo:   map[string]any{"Type": "Task", "Resource": "arn:aws:lambda:eu-west-1:123456789012:function:back", "Next": "Lost"},
		"Done": map[string]any{"Type": "Succeed"}, "Lost": map[string]any{"Type": "Fail", "Error": "Lost"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	machine, _ := asl.ParseFile("x.json", text)
	analysis := Analyze(Build(machine), Options{})
	for _, pair := range analysis.Pairs.All {
		if pair.Action.Name() == action && pair.Undo.Name() == undo {
			return true
		}
	}
	return false
}

func TestStatesOfASagaArePairedByTheirNames(t *testing.T) {
	for _, test := range [][2]string{
		{"Step3_ProcessPayment", "Compensation_RefundPayment"}, {"01_Reserve", "02 Release"}, {"T1-Charge", "C1-Refund"},
		{"Step 1: Book Room", "Undo 1: Cancel Room"}, {"Create Order", "Fallback - Remove Order"}, {"ReserveNew", "CompensateReserve"},
		{"BookHotel", "CancelHotelAnyway"}, {"AcquireLock", "ReleaseLockOnError"}, {"reserve-seats", "release_seats"}, {"ReserveItem", "ReleaseItems"},
		{"ChargeCard", "RefundPayment"}, {"ProcessPayment", "RefundCustomer"}, {"Pay", "Refund"}, {"TakePayment", "VoidPayment"},
		{"ReserveStock", "ReleaseInventory"}, {"AllocateInventory", "ReleaseStock"}, {"HotelBooking", "CancelBooking"}, {"BookTable", "CancelReservationOfTable"},
		{"PublishArticle", "UnpublishArticle"}, {"ScaleUpCluster", "ScaleDownCluster"}, {"Scale Out Workers", "Scale In Workers"},
		{"PauseReplication", "ResumeReplication"}, {"PromoteReplica", "DemoteReplica"}, {"IssueCertificate", "RevokeCertificate"}, {"GrantAccess", "RevokeAccess"},
		{"LockAccount", "UnlockAccount"}, {"MountVolume", "UnmountVolume"}, {"RegisterDevice", "DeregisterDevice"}, {"SubscribeUser", "UnsubscribeUser"},
		{"UploadReport", "DeleteReport"}, {"InsureParcel", "CancelInsuranceOfParcel"}, {"InitiateTransfer", "AbortTransfer"}, {"EnrollStudent", "WithdrawStudent"},
		{"RentCar", "ReturnCar"}, {"RedeemVoucher", "ReturnVoucher"}, {"UpgradePlan", "DowngradePlan"}, {"InviteMember", "RevokeInviteOfMember"},
		{"FreezeFunds", "UnfreezeFunds"}, {"QuarantineHost", "ReleaseHost"}, {"MigrateSchema", "RollbackSchema"}, {"UpdateInventory", "Revert inventory"},
		{"DeployService", "RollbackDeployOfService"}, {"authorize_and_capture_payment", "void_payment"}, {"OrderCreate", "OrderReject"},
		{"InventoryReserve", "InventoryRelease"}, {"DebitAccount", "CreditAccount"}, {"DeductPoints", "AddPoints"}, {"StartJob", "StopJob"},
		{"Phase2_Provision_Tenant", "Rollback_Deprovision_Tenant"}, {"CreateShipment", "CancelShipment"}, {"ShipOrder", "RecallShipmentOfOrder"},
		{"Book Hotel", "Undo Book Hotel"}, {"BookFlight", "UndoBookFlight"}, {"hold.funds", "release.funds"}, {"PlaceOrder", "CancelOrder"},
	} {
		if !pairedBy(t, test[0], test[1]) {
			t.Errorf("%q is not undone by %q", test[0], test[1])
		}
	}
}

func TestNamesThatOnlyShareWordsAreNoPairs(t *testing.T) {
	for _, test := range [][2]string{
		{"BookHotel", "CancelFlight"}, {"FailOrder", "CancelOrder"}, {"OrderFailed", "CancelOrder"}, {"NotifyBooking", "CancelBooking"},
		{"GetOrder", "CancelOrder"}, {"CreateUser", "DeleteLogs"}, {"ReserveRoom", "RefundPayment"}, {"ChargeCard", "ReleaseStock"},
		{"ValidatePayment", "RefundPayment"}, {"BookHotel", "HotelFailed"}, {"ReserveStock", "NotifyStock"}, {"RecordPayment", "RefundPayment"},
		{"CustomerOrder", "CancelSubscription"}, {"PauseStream", "ResumeTable"},
	} {
		if pairedBy(t, test[0], test[1]) {
			t.Errorf("%q is taken to be undone by %q", test[0], test[1])
		}
	}
}

func TestAWordIsAVerbByItsPlace(t *testing.T) {
	for name, want := range map[string]string{
		"FailOrder": "unknown", "OrderFailed": "unknown", "MarkFailedAndRelease": "write", "ArchiveOrder": "write", "Order notification": "notification",
		"CustomerOrder": "unknown", "OrderCreate": "write", "ConfirmOrder": "unknown", "CollectResults": "unknown", "CollectPayment": "write",
		"ProcessImage": "unknown", "ProcessPayment": "write", "Step 4 - Send Mail": "notification", "02_GetUser": "none", "HandleBooking": "unknown",
	} {
		effect, _ := guessEffect(name)
		if got := EffectName(effect); got != want {
			t.Errorf("%q: %s, want %s", name, got, want)
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
