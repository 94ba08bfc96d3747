// Package page owns the page that shows the API's OpenAPI document: Swagger UI 5.35.0 (swagger-ui-dist, Apache-2.0), kept
// compressed in assets, and a small form for the key and the token to ask with. It must not know: the document.
package page
