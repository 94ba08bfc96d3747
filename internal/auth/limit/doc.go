// Package limit owns rates: how often somebody may do something. It must not know who asks or what for.
package limit
