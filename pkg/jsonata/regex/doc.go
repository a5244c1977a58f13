// Package regex is the regular expressions of JSONata literals: the syntax and
// meaning of ECMAScript with the flags i and m, look-around and
// back-references included, which Go's own engine cannot offer. Matching
// backtracks, so every match runs on a budget of steps.
//
// Text is read by code points, as Java does; a JavaScript engine reads it by
// UTF-16 units, which differs for characters outside the basic plane only.
//
// # Why not a library
//
// The candidate is github.com/dlclark/regexp2 in its ECMAScript mode. Version
// 1.12.0 with ECMAScript and Unicode set, compared with this package on the
// patterns of this package's tests (Go 1.26, one machine, one run; Node.js
// decides what is right):
//
//   - Bounds. It can stop a match after a time, but not after a number of steps.
//     An expression would then fail on a busy machine and succeed on an idle one,
//     while the simulator promises the same events for the same input. Of six
//     catastrophic patterns it decided three at once, through optimizations that
//     this package lacks, and kept the three others, such as (a+)+$ on 40
//     characters, busy until the timeout (600 ms for one set to 500 ms). A budget
//     of 500,000 steps ends each of the six in 4 to 11 ms, and the steps come out
//     of the same budget as those of the expression around the pattern.
//   - Meaning. 6 of the 54 patterns in TestPatternsMatchAsInECMAScript answer
//     differently, and Node.js agrees with this package on all six: groups are not
//     reset in each round of a repetition (/(z)((a+)?(b+)?(c))*/ keeps "bbb" in its
//     fourth group), an empty round is kept (/(a*)*/), a dot matches U+2028, a
//     surrogate pair written as two escapes does not match its character, and the
//     invalid patterns /(?<=a)*/ and /(?x)/ compile.
//   - Compilation. 200,000 optional characters took it 180 ms and two million
//     nested groups 7 s; here both are refused in under 10 ms.
//   - Speed. It is the faster one on short texts: 1.8 µs against 4.8 µs for
//     /([A-Z]+)-(\d+)/ on 127 characters, 1.0 µs against 3.0 µs for an e-mail
//     address. It is the slower one on long texts, because it converts all of a
//     text to runes first: 30 µs against 0.9 µs for a word at the end of 9 kB,
//     760 µs against 450 µs for /[a-z]+\d/ on 4.5 kB without a match.
//   - Size. It adds 350 kB to a binary, this package 57 kB; its 8,300 lines
//     without tests face 1,300 here.
//
// The first two decide: a step limit and the meaning of ECMAScript would both
// need changes to the library itself.
package regex
