// Package mock reads MockConfigFile.json, the format of AWS Step Functions
// Local, and answers the tasks of an execution with it.
//
// Beside the format as AWS documents it, a response may say more about how a
// task ends (TimedOut, Submitted, WorkerName, Duration, ...), and a mock may be
// a list of rules that match by input, item, branch or attempt. Everything that
// can be found wrong is found when the file is loaded.
package mock
