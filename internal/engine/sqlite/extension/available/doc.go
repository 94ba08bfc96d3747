// Package available lists the extensions of the embedded engine.
package available
