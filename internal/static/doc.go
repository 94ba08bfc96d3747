// Package static owns the project's public folder on the web: safe paths, content types, validators. It knows nothing
// of the APIs.
package static
