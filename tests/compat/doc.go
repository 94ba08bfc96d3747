// Package compat runs published client libraries, unmodified, against the binary on both engines.
package compat
