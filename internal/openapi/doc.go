// Package openapi owns the API's description of itself, made of the catalog for the role that asks.
//
// It must not know: HTTP, requests, engines.
package openapi
