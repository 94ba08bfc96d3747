// Package regex owns PostgreSQL's regular expressions: advanced, extended and basic ones with their options, embedded options,
// look-around, back references and PostgreSQL's rules of which match is taken: the leftmost, of these the longest or the
// shortest as the whole expression prefers, and inside of it the parts in their order as each prefers.
//
// A pattern becomes a tree (parse.go). Every node of the tree that must be told apart has its own automaton (program.go), run
// as a deterministic one that is built as it is needed (dfa.go): looking for a match takes time in proportion to the text, and
// dividing it among groups a polynomial of it. Only back references can take longer; they run under a limit of steps (exec.go).
//
// It must not know SQL's functions, nor storage.
package regex
