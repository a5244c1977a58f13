// Package jsonata reads and evaluates JSONata 2.0.6 expressions over
// [value.Value]. It compiles an expression once into a form with resolved
// variables and evaluates it any number of times, within limits that no
// expression escapes.
//
//	expression, err := jsonata.Compile(`$sum($order.items.(price * quantity))`, jsonata.Options{})
//	total, err := expression.Evaluate(value.Value{}, &jsonata.Environment{Variables: lookup})
//
// What an expression may call is its [Library]: [Standard] holds the functions
// of the language, [Extended] adds those that hosts of the language commonly
// add. The clock and the source of randomness come in with the [Environment];
// the package itself reads neither.
//
// Where the reference implementation hangs or fails with an internal error, the
// behaviour of its later releases is followed instead.
//
// The syntax tree is package ast, for tools that examine an expression without
// evaluating it; [Expression.References] answers the commonest questions.
package jsonata
