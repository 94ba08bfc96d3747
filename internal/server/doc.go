// Package server owns the listener: time and size limits, request ids, cross-origin rules, the access log, the routes,
// and stopping cleanly. What answers on a route is handed to it; it knows nothing of databases or of the APIs' bodies,
// except the form of the errors it answers with itself.
package server
