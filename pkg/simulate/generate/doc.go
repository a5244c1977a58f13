// Package generate makes data that a state machine runs on: an input and the
// results of its tasks, with which an execution goes the happy way, and more of
// them for every error that a Catcher names.
//
// It walks the machine from StartAt with values that nobody has chosen yet.
// Every path, wildcard, filter, JSONata expression, intrinsic function and
// Choice Rule on the way says something of the values it reads: that a member
// is there, that it is a number, that it is larger than 3. Where a Choice can
// go several ways, the walk takes the one that looks like success and goes back
// when what it asks for cannot be had. At the end the values are chosen and the
// machine is run on them; only a run that ends as it should counts.
package generate
