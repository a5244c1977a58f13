package spec

import "time"

// Quotas of executions. Source: Developer Guide, "Step Functions service
// quotas"; those of definitions stand with the fields.
const (
	MaxPayloadBytes       = 262_144    // input or output of a state, task or execution, as UTF-8
	MaxVariableBytes      = 262_144    // one variable, and all values of one Assign
	MaxAllVariablesBytes  = 10_485_760 // all variables of an execution
	MaxHistoryEvents      = 25_000     // Standard
	MaxErrorLength        = 256        // characters of an error name given to the API
	MaxCauseLength        = 32_768     // characters of a cause given to the API
	MaxTaskTokenLength    = 1024
	MaxIntrinsicDepth     = 10
	MaxInlineConcurrency  = 40
	MaxChildExecutions    = 10_000 // that run at once for a distributed Map
	MaxItemBytes          = 8_388_608
	MaxActivityWorkerName = 256
)

// Durations after which the service ends what still runs.
const (
	StandardDuration   = 365 * 24 * time.Hour
	ExpressDuration    = 5 * time.Minute
	HTTPTaskTimeout    = 60 * time.Second
	JSONataTimeout     = time.Second
	HistoryRetention   = 90 * 24 * time.Hour
	RedrivePeriod      = 14 * 24 * time.Hour
	DefaultTaskTimeout = 99_999_999 * time.Second
)
