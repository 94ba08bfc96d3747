// Package judge holds the SQL parser against PostgreSQL's own: the same statements accepted, the same refused with the
// same words, and what is printed from our tree means to PostgreSQL what the original meant. It is a module of its own
// because PostgreSQL's parser comes as a library the product must not depend on.
package judge
