// Package history holds the events that an execution leaves behind, in the
// shape of the GetExecutionHistory API and of the log records of Express
// workflows. Events are kept compactly, with the values they carry, and turned
// into JSON only when somebody asks.
package history
