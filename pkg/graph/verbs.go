package graph

// The words that names of states and APIs are made of. They are data: a name
// says nothing certain, so what rests on these tables alone is a guess, and
// findings say so.

// undoVerbs lists, for each verb that does something, the verbs that undo it.
var undoVerbs = map[string][]string{
	"book":      {"cancel", "release"},
	"reserve":   {"cancel", "release", "free"},
	"hold":      {"release", "cancel"},
	"confirm":   {"cancel"},
	"create":    {"delete", "remove", "cancel", "terminate", "destroy", "reject", "drop"},
	"make":      {"cancel", "delete", "remove", "refund"},
	"place":     {"cancel", "remove"},
	"submit":    {"cancel", "withdraw"},
	"schedule":  {"cancel", "unschedule"},
	"issue":     {"cancel", "revoke"},
	"open":      {"close", "cancel"},
	"approve":   {"reject", "revoke", "cancel"},
	"accept":    {"reject", "cancel"},
	"charge":    {"refund", "credit", "cancel", "void"},
	"process":   {"refund", "credit", "cancel", "void"},
	"collect":   {"refund", "credit", "return"},
	"capture":   {"refund", "void", "release"},
	"authorize": {"void", "revoke", "cancel"},
	"pay":       {"refund", "credit", "cancel"},
	"debit":     {"credit", "refund"},
	"withdraw":  {"deposit", "credit", "refund"},
	"buy":       {"refund", "return", "cancel"},
	"purchase":  {"refund", "return", "cancel"},
	"order":     {"cancel"},
	"acquire":   {"release"},
	"lock":      {"unlock", "release"},
	"run":       {"terminate", "stop", "cancel", "kill"},
	"launch":    {"terminate", "stop", "cancel", "destroy"},
	"start":     {"stop", "terminate", "cancel", "kill"},
	"enable":    {"disable"},
	"activate":  {"deactivate"},
	"attach":    {"detach"},
	"associate": {"disassociate"},
	"assign":    {"unassign", "release"},
	"connect":   {"disconnect"},
	"mount":     {"unmount"},
	"add":       {"remove", "delete"},
	"insert":    {"delete", "remove"},
	"put":       {"delete", "remove"},
	"write":     {"delete", "remove"},
	"save":      {"delete", "remove"},
	"store":     {"delete", "remove"},
	"upload":    {"delete", "remove"},
	"copy":      {"delete", "remove"},
	"import":    {"delete", "remove"},
	"export":    {"delete"},
	"restore":   {"delete", "terminate", "remove"},
	"clone":     {"delete", "terminate", "remove"},
	"allocate":  {"release", "deallocate", "free"},
	"provision": {"deprovision", "terminate", "destroy", "delete", "release"},
	"deploy":    {"undeploy", "destroy", "delete"},
	"install":   {"uninstall"},
	"grant":     {"revoke"},
	"register":  {"deregister", "unregister", "delete"},
	"subscribe": {"unsubscribe"},
	"suspend":   {"resume"},
	"block":     {"unblock"},
	"ship":      {"return", "cancel", "recall"},
	"update":    nil, // these only a general undo takes back
	"set":       {"unset", "reset"},
	"modify":    nil,
	"change":    nil,
	"apply":     nil,
	"transfer":  {"return"},
	"move":      nil,
	"increase":  {"decrease"},
	"decrease":  {"increase"},
	"decrement": {"increment"},
	"increment": {"decrement"},
	"deduct":    {"credit", "refund", "add", "return"},
	"dispense":  nil,
}

// generalUndoVerbs undo whatever their name speaks of.
var generalUndoVerbs = []string{"cleanup", "rollback", "undo", "revert", "compensate", "reverse", "teardown"}

// destructiveVerbs change something outside too, but nothing brings back what
// they removed: a workflow cannot be asked to undo them.
var destructiveVerbs = []string{
	"delete", "remove", "terminate", "destroy", "drop", "purge", "stop", "kill", "close", "disable", "detach",
	"release", "cancel", "reject", "revoke", "refund", "credit", "void", "deregister", "unsubscribe", "archive", "clean", "clear",
}

// holdingVerbs make something that is to be given back when the work is done.
var holdingVerbs = []string{
	"acquire", "lock", "create", "start", "open", "launch", "run", "provision", "allocate", "reserve", "hold", "mount", "connect",
}

// overwritingVerbs change what stays there.
var overwritingVerbs = []string{"update", "modify", "set", "change", "tag", "merge", "mark", "apply", "increment", "decrement"}

// keptNouns and copyingVerbs name what is made so that nothing is lost.
var (
	keptNouns    = []string{"snapshot", "backup"}
	copyingVerbs = []string{"create", "copy", "take", "make", "save"}
)

// readVerbs begin the names of tasks and APIs that leave the world as it is.
var readVerbs = []string{
	"get", "list", "describe", "query", "scan", "head", "search", "batchget", "select", "validate", "check",
	"fetch", "read", "find", "lookup", "verify", "is", "has", "count", "calculate", "compute", "wait", "poll",
	"estimate", "evaluate", "compare", "parse", "format", "transform", "filter", "aggregate", "analyze",
	"detect", "classify", "test", "filterlog", "lookupevents", "simulate", "preview", "inspect", "monitor",
	"extract", "determine", "decide", "summarize", "load", "download", "retrieve", "view", "translate", "transactget",
}

// notifyVerbs begin the names of tasks that tell somebody something.
var notifyVerbs = []string{"notify", "send", "sending", "publish", "emit", "log", "alert", "email", "announce", "inform", "report", "page"}

// notifyNouns mark such tasks wherever they stand in a name.
var notifyNouns = []string{"notification", "notifier", "alert", "email", "sms"}

// verbForms are other forms of the verbs above. The second group are nouns,
// and count as verbs at the end of a name only: "HotelBooking" is no booking of a hotel
// in "CancelHotelBooking".
var verbForms = map[string]string{
	"canceled": "cancel", "cancelled": "cancel", "deleting": "delete", "creating": "create", "reserving": "reserve",
	"charging": "charge", "releasing": "release", "refunding": "refund", "updating": "update", "removing": "remove",
	"authorise": "authorize", "analyse": "analyze", "unreserve": "release",
}

var verbNouns = map[string]string{
	"booking": "book", "reservation": "reserve", "creation": "create", "deletion": "delete", "cancellation": "cancel",
	"cancelation": "cancel", "termination": "terminate", "allocation": "allocate", "registration": "register",
	"rollback": "rollback", "reversal": "reverse", "compensation": "compensate", "removal": "remove", "update": "update",
}

// nounLikeVerbs are nouns as well, so that a verb at the end of the name counts
// for more.
var nounLikeVerbs = []string{"order", "process", "charge", "book", "lock", "block", "hold", "place", "issue", "store", "copy", "run", "transfer"}

// genericNouns say nothing about what is done or undone: they come from the
// verb ("reservation") or name the machinery.
var genericNouns = []string{
	"reservation", "booking", "request", "resource", "operation", "cancellation", "confirmation", "item",
	"a", "an", "the", "to", "for", "of", "in", "on", "from", "by", "and", "with", "new", "all", "any", "if", "it", "up",
	"state", "task", "step", "lambda", "function", "fn", "api", "call", "invoke", "execute", "sns", "sqs", "dynamodb", "ddb", "s3",
	"aws", "sdk", "then", "do", "existing", "old", "previous", "try",
}

// failureNouns may stand beside a general undo that speaks of nothing else:
// "CleanUpOnError".
var failureNouns = []string{"error", "failure", "fail", "failed", "everything", "saga", "transaction", "change"}
