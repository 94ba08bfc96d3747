// Package textsearch owns the literal forms of PostgreSQL's tsvector and tsquery and tsvector's order. Making them of
// documents (dictionaries, stemming, ranking) is not here.
package textsearch
