package graph

// The words that names of states and APIs are made of. They are data: a name
// says nothing certain, so what rests on these tables alone is a guess, and
// findings say so.

// undoVerbs lists, for each verb that does something, the verbs that undo it.
var undoVerbs = map[string][]string{
	"book":       {"cancel", "release"},
	"reserve":    {"cancel", "release", "free"},
	"hold":       {"release", "cancel"},
	"confirm":    {"cancel"},
	"create":     {"delete", "remove", "cancel", "terminate", "destroy", "reject", "drop"},
	"make":       {"cancel", "delete", "remove", "refund"},
	"place":      {"cancel", "remove"},
	"submit":     {"cancel", "withdraw"},
	"schedule":   {"cancel", "unschedule"},
	"issue":      {"cancel", "revoke", "void"},
	"open":       {"close", "cancel"},
	"approve":    {"reject", "revoke", "cancel"},
	"accept":     {"reject", "cancel"},
	"charge":     {"refund", "credit", "cancel", "void"},
	"process":    {"refund", "credit", "cancel", "void"},
	"take":       {"refund", "void", "release", "return"},
	"execute":    {"refund", "cancel"},
	"collect":    {"refund", "credit", "return"},
	"capture":    {"refund", "void", "release"},
	"authorize":  {"void", "revoke", "cancel"},
	"pay":        {"refund", "credit", "cancel"},
	"debit":      {"credit", "refund"},
	"withdraw":   {"deposit", "credit", "refund"},
	"buy":        {"refund", "return", "cancel"},
	"purchase":   {"refund", "return", "cancel"},
	"order":      {"cancel"},
	"acquire":    {"release"},
	"lock":       {"unlock", "release", "delete"},
	"run":        {"terminate", "stop", "cancel", "kill"},
	"launch":     {"terminate", "stop", "cancel", "destroy"},
	"start":      {"stop", "terminate", "cancel", "kill"},
	"enable":     {"disable"},
	"activate":   {"deactivate"},
	"attach":     {"detach"},
	"associate":  {"disassociate"},
	"assign":     {"unassign", "release"},
	"bind":       {"unbind"},
	"connect":    {"disconnect"},
	"mount":      {"unmount"},
	"add":        {"remove", "delete"},
	"insert":     {"delete", "remove", "cancel"},
	"put":        {"delete", "remove", "cancel"},
	"write":      {"delete", "remove", "cancel"},
	"save":       {"delete", "remove", "cancel"},
	"store":      {"delete", "remove", "cancel"},
	"upload":     {"delete", "remove"},
	"copy":       {"delete", "remove"},
	"import":     {"delete", "remove"},
	"export":     {"delete"},
	"restore":    {"delete", "terminate", "remove"},
	"clone":      {"delete", "terminate", "remove"},
	"allocate":   {"release", "deallocate", "free"},
	"provision":  {"deprovision", "terminate", "destroy", "delete", "release"},
	"deploy":     {"undeploy", "destroy", "delete"},
	"install":    {"uninstall"},
	"grant":      {"revoke"},
	"register":   {"deregister", "unregister", "delete", "remove"},
	"enroll":     {"unenroll", "withdraw", "remove"},
	"subscribe":  {"unsubscribe"},
	"suspend":    {"resume"},
	"block":      {"unblock"},
	"ship":       {"return", "cancel", "recall"},
	"deliver":    {"return", "recall"},
	"publish":    {"unpublish", "retract", "withdraw", "delete", "remove"},
	"scaleup":    {"scaledown"},
	"scaleout":   {"scalein"},
	"scaledown":  {"scaleup"},
	"scalein":    {"scaleout"},
	"pause":      {"resume", "unpause"},
	"promote":    {"demote"},
	"demote":     {"promote"},
	"migrate":    {"migrateback"},
	"commit":     {"abort"},
	"push":       {"delete", "remove", "withdraw"},
	"initiate":   {"cancel", "abort", "terminate", "void", "refund"},
	"insure":     {"cancel", "terminate"},
	"invite":     {"uninvite", "revoke", "remove"},
	"rent":       {"cancel", "return", "release"},
	"lease":      {"release", "cancel", "return", "terminate"},
	"claim":      {"release", "unclaim"},
	"freeze":     {"unfreeze"},
	"quarantine": {"release", "unquarantine"},
	"isolate":    {"release", "deisolate"},
	"switch":     {"switchback"},
	"failover":   {"failback"},
	"redeem":     {"refund", "return", "credit"},
	"earn":       {"deduct", "revoke"},
	"upgrade":    {"downgrade"},
	"link":       {"unlink"},
	"tag":        {"untag"},
	"dispatch":   {"recall", "cancel", "return"},
	"update":     nil, // these only a general undo takes back
	"set":        {"unset", "reset"},
	"modify":     nil,
	"change":     nil,
	"apply":      nil,
	"transfer":   {"return"},
	"move":       nil,
	"increase":   {"decrease"},
	"decrease":   {"increase"},
	"decrement":  {"increment"},
	"increment":  {"decrement"},
	"deduct":     {"credit", "refund", "add", "return"},
	"dispense":   nil,
}

// generalUndoVerbs undo whatever their name speaks of.
var generalUndoVerbs = []string{"cleanup", "rollback", "undo", "revert", "compensate", "reverse", "teardown"}

// destructiveVerbs change something outside too, but nothing brings back what
// they removed: a workflow cannot be asked to undo them.
var destructiveVerbs = []string{
	"delete", "remove", "terminate", "destroy", "drop", "purge", "stop", "kill", "close", "disable", "detach",
	"release", "cancel", "reject", "revoke", "refund", "credit", "void", "deregister", "unsubscribe", "archive", "clean", "clear",
	"unpublish", "scalein", "scaledown", "demote", "abort", "retract",
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

// plainVerbs begin the names of tasks that work on the workflow's own data, or
// say how things stand.
var plainVerbs = []string{
	"fail", "mark", "handle", "record", "flag", "track", "prepare", "build", "assemble", "complete", "finish", "finalize", "resolve",
	"retry", "skip", "raise", "throw", "catch", "manage", "generate", "convert", "map", "enrich", "split", "join", "choose", "route", "begin", "end",
}

// softVerbs say too little to take their task for a write: confirming and
// collecting may be reading as well. With an undo on a failure path they count.
var softVerbs = []string{"confirm", "collect", "accept", "take", "execute", "claim", "link", "tag", "push", "switch", "process"}

// roleWords stand at the beginning of a name for the part that a state has.
var roleWords = []string{"step", "phase", "stage", "part", "no", "nr", "number", "compensation", "compensating", "compensator", "fallback", "saga", "tx", "action", "forward", "backward"}

// whenWords begin what tells when a state runs.
var whenWords = []string{"on", "after", "when", "upon", "because", "due", "in"}

// statusWords end the names of states that say how something ended.
var statusWords = []string{"failed", "succeeded", "completed", "done", "finished", "timedout", "failure", "success", "error", "rejected", "denied", "declined", "expired", "aborted"}

// verbForms are other forms of the verbs above. Those of verbNouns are nouns,
// and count as verbs at the end of a name only: "HotelBooking" is a booking of a
// hotel, but in "CancelHotelBooking" something else is done.
var verbForms = map[string]string{
	"canceled": "cancel", "cancelled": "cancel", "deleting": "delete", "creating": "create", "reserving": "reserve",
	"charging": "charge", "releasing": "release", "refunding": "refund", "updating": "update", "removing": "remove",
	"authorise": "authorize", "analyse": "analyze", "unreserve": "release", "enrol": "enroll",
}

var verbNouns = map[string]string{
	"booking": "book", "reservation": "reserve", "creation": "create", "deletion": "delete", "cancellation": "cancel",
	"cancelation": "cancel", "termination": "terminate", "allocation": "allocate", "registration": "register",
	"rollback": "rollback", "reversal": "reverse", "compensation": "compensate", "removal": "remove", "update": "update",
	"authorization": "authorize", "authorisation": "authorize", "subscription": "subscribe", "provisioning": "provision",
	"deployment": "deploy", "installation": "install", "activation": "activate", "enrollment": "enroll", "transfer": "transfer",
	"purchase": "purchase", "shipment": "ship", "shipping": "ship", "delivery": "deliver", "rental": "rent", "withdrawal": "withdraw",
	"refunding": "refund", "debiting": "debit", "crediting": "credit", "locking": "lock", "unlocking": "unlock",
}

// nounLikeVerbs are nouns as well, so that a verb at the end of the name counts
// for more.
var nounLikeVerbs = []string{
	"order", "process", "charge", "book", "lock", "block", "hold", "place", "issue", "store", "copy", "run", "transfer", "schedule",
	"archive", "ship", "rent", "lease", "claim", "link", "tag", "switch", "purchase", "import", "export", "release", "credit", "debit", "return",
}

// nounsAtEnd are nouns where they end a name, whatever they are at its beginning.
var nounsAtEnd = []string{
	"order", "book", "process", "place", "issue", "store", "copy", "run", "schedule", "archive", "ship", "lease", "claim", "link", "tag",
	"switch", "block", "record", "import", "export", "deposit",
}

// moneyNouns are what payments speak of: "ChargeCard" and "RefundPayment" are
// about the same money.
var moneyNouns = []string{
	"payment", "card", "charge", "credit", "money", "fund", "transaction", "account", "wallet", "invoice", "amount", "fee", "customer",
	"bill", "balance", "price", "deposit", "paypal", "stripe",
}

// payingVerbs move money, and refundingVerbs move it back.
var (
	payingVerbs    = []string{"charge", "pay", "debit", "capture", "authorize", "withdraw", "collect", "take", "execute", "process", "purchase", "buy", "initiate", "make", "deduct"}
	refundingVerbs = []string{"refund", "credit", "void", "deposit"}
)

// certainPayingVerbs say by themselves that money moves; the others need one of
// moneyNouns.
var certainPayingVerbs = []string{"charge", "pay", "debit", "withdraw"}

// stockNouns are what is on the shelf, by any name.
var stockNouns = []string{"stock", "inventory", "product", "good", "item", "warehouse", "supply"}

// reservingVerbs set something aside for somebody.
var reservingVerbs = []string{"reserve", "book", "hold", "allocate", "rent", "lease"}

// journalNouns name where things are written down so that they can be looked up.
var journalNouns = []string{"audit", "log", "history", "journal", "metric", "trail", "tracking", "statistic", "stat", "telemetry", "analytic"}

// genericNouns say nothing about what is done or undone: they come from the
// verb ("reservation"), name the machinery, or tell how often.
var genericNouns = []string{
	"reservation", "booking", "request", "resource", "operation", "cancellation", "confirmation", "registration", "creation", "deletion",
	"a", "an", "the", "to", "for", "of", "at", "from", "by", "and", "with", "new", "all", "any", "if", "it", "its", "up", "per",
	"state", "task", "step", "lambda", "function", "fn", "api", "call", "invoke", "execute", "sns", "sqs", "dynamodb", "ddb", "s3",
	"aws", "sdk", "then", "do", "existing", "old", "previous", "try",
	"anyway", "again", "retry", "now", "immediately", "manually", "once", "more", "second", "attempt", "also", "already", "back",
}

// failureNouns may stand beside a general undo that speaks of nothing else:
// "CleanUpOnError".
var failureNouns = []string{"error", "failure", "fail", "failed", "everything", "saga", "transaction", "change"}
