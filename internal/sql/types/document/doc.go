// Package document owns PostgreSQL's text search over documents: cutting a text into tokens, the dictionaries (simple and
// Snowball's stemmers with their stop words), tsvectors and tsqueries made of texts, matching and ranking.
//
// stopwords.txt holds the Snowball project's stop words (BSD licence), one language on a line.
//
// It must not know storage, SQL or the catalog: a configuration comes by its name.
package document
