// Package rest owns the REST dialect as HTTP speaks it: the bytes of a request become a Request value, the results of
// a run become status, headers and body, and errors become the dialect's error answers.
//
// It must not know: the catalog, SQL, engines. Names in a Request are unresolved; that is the work of package plan.
package rest
