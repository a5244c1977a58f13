// Package simulate executes state machines as AWS Step Functions does: event
// for event, with the same data, causes and order, on a virtual clock.
//
// [Compile] turns a decoded machine into a [Program], once. [Program.Start]
// makes an [Execution] of it, which [Execution.Run] takes to its end. What an
// execution takes from outside comes in through [Options]: the clock's start,
// the seed, the answers of tasks (a [TaskHandler]), the objects of S3. Nothing
// sleeps and nothing runs in parallel: frames (one for every thread of control)
// take turns on an event queue, see scheduler.go.
//
// Package history has the events. Sub-packages: mock reads MockConfigFile.json,
// s3 reads and writes the objects of distributed Maps.
package simulate
