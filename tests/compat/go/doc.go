// Package compat runs the published Go client against a running server, its builders one by one.
package compat
