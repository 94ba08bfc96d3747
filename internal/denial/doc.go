// Package denial tells why row security or a missing right refused a request: which policy, which part of it, for which
// row. It evaluates policies as the role that was refused, over rows it is given, and changes nothing.
//
// It must not know: HTTP.
package denial
