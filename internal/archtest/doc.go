// Package archtest holds the habits of this code base as tests: which package
// may import which, where third-party modules may be used, and what every file
// and function keeps to. It contains no code of its own.
package archtest
