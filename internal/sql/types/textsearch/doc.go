// Package textsearch owns PostgreSQL's text search: tsvector and tsquery with their literal forms, the parser that cuts a
// document into tokens, the configurations (simple and the languages with a Snowball stemmer), making vectors and queries of
// texts, matching, ranking and editing.
//
// stop holds the lists of stop words, one file a language: the Snowball project's (BSD licence), and PostgreSQL's of Nepali.
//
// It must not know storage, SQL or the catalog: a configuration comes by its name.
package textsearch
