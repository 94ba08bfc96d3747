// Package pipeline is the way of a REST request, in order: identify, parse, plan, guard, engine, respond. Start reading
// here.
//
// It must not know: what the stages do. It keeps plans by the requests' shape, for as long as the catalog and the
// settings stay the same.
package pipeline
